/** Many refused requests without credentials from one address. */
import type { Detection } from '../model/finding.ts';
import { isAnonymousCaller, isHealthProbe, isRefusedUnseen } from '../rules/anonymous-requests.ts';
import { createBurstFinder } from '../rules/bursts.ts';
import { showEndpoint } from '../rules/cluster-remedies.ts';

const PROBING = { limit: 10, windowMs: 5 * 60_000 };

export const anonymousProbing: Detection = {
  id: 'anonymous-probing',
  ref: 'AN-008',
  title: 'Somebody tries what is open without credentials',
  severity: 'low',
  needs: [['audit-log']],
  why: 'Scanners look for API servers that answer strangers. The requests were refused, but they show that the endpoint is found, and what is opened by mistake tomorrow will be found as well.',
  fix: 'Narrow the networks of the public endpoint to those that need it, or turn it off.',
  blindSpots:
    'Ten refusals from one address within five minutes are needed: a patient or spread search stays below. A client with an expired token looks the same from Kubernetes 1.32 on, and behind one address may be many.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html'],
  attack: ['T1595', 'T1613'],
  cis: [],
  correlate: (facts) => {
    const finder = createBurstFinder(PROBING);
    return {
      add(record) {
        if (record.source !== 'audit-log' || (record.code !== 401 && record.code !== 403)) return;
        if ((!isAnonymousCaller(record) && !isRefusedUnseen(record)) || isHealthProbe(record)) return;
        finder.add(record.actor.sourceIp ?? 'an address that is not recorded', record.at, record.evidence);
      },
      *matches() {
        const bursts = [...finder.list()].sort((a, b) => b.count - a.count);
        const [first] = bursts;
        if (first === undefined) return;
        const others = bursts.length > 1 ? `, and from ${bursts.length - 1} more` : '';
        yield {
          subject: 'user:system:anonymous',
          summary: `Requests without accepted credentials were refused ${first.count} times from ${first.key}${others}.`,
          commands: facts === null ? [] : [showEndpoint(facts.cluster)],
          at: first.lastAt,
          isPast: true,
          evidence: bursts.flatMap(({ evidence }) => evidence.slice(0, 2)),
        };
      },
    };
  },
};
