/** GuardDuty does not read the Kubernetes audit logs of a region in which clusters run. */
import type { Detection } from '../model/finding.ts';
import { pointAtRegion } from '../rules/region-answers.ts';
import { shellLine } from '../rules/shell.ts';

export const guarddutyEksOff: Detection = {
  id: 'guardduty-eks-off',
  ref: 'EV-011',
  title: 'GuardDuty does not watch the clusters of a region',
  severity: 'medium',
  scope: 'region',
  needs: [['guardduty']],
  why: 'GuardDuty reads the audit logs of EKS by a way of its own, which nobody with rights in the cluster can turn off: it still sees who came in when the logs of the cluster are off.',
  fix: 'Turn EKS audit log monitoring on for the detector of the region, or for all accounts in the account that administers GuardDuty.',
  blindSpots:
    'Findings that were archived or suppressed are not looked at, nor whether anybody reads them. A detector whose answer does not speak of the feature is taken to have it off.',
  references: ['https://docs.aws.amazon.com/guardduty/latest/ug/kubernetes-protection.html'],
  attack: ['T1562.008'],
  cis: [],
  *detect({ cluster, region }) {
    const detectors = region?.detectors ?? null;
    if (detectors === null) return;
    if (detectors.some(({ isEnabled, readsAuditLogs }) => isEnabled && readsAuditLogs === true)) return;
    const isOn = detectors.some(({ isEnabled }) => isEnabled);
    const what = isOn ? 'does not read the audit logs of EKS' : 'is off';
    yield {
      subject: `region:${cluster.account}/${cluster.region}`,
      summary: `GuardDuty ${what} in ${cluster.region} of account ${cluster.account}.`,
      commands: [shellLine('aws', 'guardduty', 'list-detectors', '--region', cluster.region)],
      evidence:
        detectors.length === 0 ? [pointAtRegion('guardduty', cluster)] : detectors.map(({ evidence }) => evidence),
    };
  },
};
