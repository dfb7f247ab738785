import { describe, expect, test } from 'vitest';
import { parseGuardDuty } from '../../shared/evidence/guardduty.ts';

const FILE = '111122223333/eu-central-1/guardduty.json';

function auditLogsOf(detector: object): boolean | null | undefined {
  const text = JSON.stringify({ Status: 'ENABLED', ...detector });
  return parseGuardDuty(text, FILE).detectors?.[0]?.readsAuditLogs;
}

describe('parseGuardDuty', () => {
  test('gives the detectors of a list', () => {
    const on = { Status: 'ENABLED', Features: [{ Name: 'EKS_AUDIT_LOGS', Status: 'ENABLED' }] };

    const { detectors, skips } = parseGuardDuty(JSON.stringify([on, { Status: 'DISABLED' }]), FILE);

    expect(detectors).toEqual([
      {
        isEnabled: true,
        readsAuditLogs: true,
        evidence: { source: 'guardduty', id: null, at: null, file: FILE, line: 1 },
      },
      {
        isEnabled: false,
        readsAuditLogs: null,
        evidence: { source: 'guardduty', id: null, at: null, file: FILE, line: 1 },
      },
    ]);
    expect(skips).toEqual([]);
  });

  test.each([
    ['the feature is on', { Features: [{ Name: 'EKS_AUDIT_LOGS', Status: 'ENABLED' }] }, true],
    ['the feature is off', { Features: [{ Name: 'EKS_AUDIT_LOGS', Status: 'DISABLED' }] }, false],
    ['an older answer has it on', { DataSources: { Kubernetes: { AuditLogs: { Status: 'ENABLED' } } } }, true],
    ['another feature is named alone', { Features: [{ Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }] }, null],
  ])('tells whether the audit logs are read: %s', (_name, detector, expected) => {
    expect(auditLogsOf(detector)).toBe(expected);
  });

  test('reads that a region has no detector', () => {
    expect(parseGuardDuty('[]', FILE)).toEqual({ detectors: [], skips: [] });
  });

  test.each(['', '{', '{}', 'null', '["ENABLED"]', '{"__proto__": {"Status": "ENABLED"}}'])(
    'takes no detectors from %j',
    (text) => {
      const { detectors, skips } = parseGuardDuty(text, FILE);

      expect(detectors).toBeNull();
      expect(skips).toHaveLength(1);
    },
  );
});
