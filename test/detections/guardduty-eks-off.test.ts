import { guarddutyEksOff } from '../../shared/detections/guardduty-eks-off.ts';
import type { Facts } from '../../shared/model/facts.ts';
import type { Detector } from '../../shared/model/region.ts';
import { coverage, coverageBut, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';

const SUBJECT = 'region:111122223333/eu-central-1';

function detector(more: Partial<Detector> = {}): Detector {
  return { isEnabled: true, readsAuditLogs: true, evidence: ref('guardduty'), ...more };
}

function withDetectors(...detectors: readonly Detector[]): Partial<Facts> {
  const place = { account: '111122223333', region: 'eu-central-1' };
  return { region: { ...place, trails: null, detectors, coverage: [] } };
}

describeDetection(guarddutyEksOff, {
  fires: [
    { name: 'the region has no detector', facts: withDetectors(), subjects: [SUBJECT], says: 'GuardDuty is off in' },
    {
      name: 'the detector is suspended',
      facts: withDetectors(detector({ isEnabled: false })),
      subjects: [SUBJECT],
      says: 'GuardDuty is off in',
    },
    {
      name: 'the feature is off',
      facts: withDetectors(detector({ readsAuditLogs: false })),
      subjects: [SUBJECT],
      says: 'does not read the audit logs of EKS',
    },
    {
      name: 'the answer does not speak of the feature',
      facts: withDetectors(detector({ readsAuditLogs: null })),
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'the detector reads the audit logs', facts: withDetectors(detector()) },
    { name: 'GuardDuty was not read', facts: {} },
  ],
  cannotTell: [
    {
      name: 'GuardDuty was denied',
      coverage: coverageBut(coverage('guardduty', 'denied')),
      missing: ['guardduty'],
    },
  ],
});
