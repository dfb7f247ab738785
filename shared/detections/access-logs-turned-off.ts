/** A call that switched the audit or the authenticator log off. */
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { findPlace, isEksCall } from '../rules/eks-calls.ts';
import { fieldIn, textsIn } from '../rules/loose-values.ts';
import { turnOnAccessLogs } from '../rules/remedies.ts';

const ACCESS_LOGS: ReadonlySet<string> = new Set(['audit', 'authenticator']);

export const accessLogsTurnedOff: Detection = {
  id: 'access-logs-turned-off',
  ref: 'EV-002',
  title: 'Audit or authenticator log was turned off',
  severity: 'high',
  needs: [['cloudtrail']],
  why: 'Whoever wants to leave no trace begins here, and whoever wanted to save money has taken away the only record of who got in: from that moment on nobody can tell.',
  fix: 'Turn both log types on again, and treat the time in between as unseen: compare access before and after it.',
  blindSpots:
    'The call was accepted; whether the update succeeded shows in describe-cluster. Logs that are still written and can no longer be kept or read are told by log-group-tampered.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html'],
  attack: ['T1562.008'],
  cis: ['2.1.1'],
  recurs: true,
  *observe(record, facts) {
    if (!isEksCall(record, ['UpdateClusterConfig']) || !record.succeeded) return;
    const setups = fieldIn(record.request.logging, 'clusterLogging');
    const off = (Array.isArray(setups) ? setups : [])
      .filter((setup) => fieldIn(setup, 'enabled') === false)
      .flatMap((setup) => textsIn(setup, 'types'))
      .filter((type) => ACCESS_LOGS.has(type));
    if (off.length === 0) return;
    const actor = nameActor(record.actor);
    const place = findPlace(record, facts);
    yield {
      subject: 'cluster',
      summary: `${actor} turned off the ${[...new Set(off)].join(' and the ')} log of ${record.clusterName ?? 'a cluster'}.`,
      commands: place === null ? [] : [turnOnAccessLogs(place)],
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};
