/** One ARN under two unique ids in the log: the principal was deleted and created again. */

import type { Usage } from '../model/evidence.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { arnKey } from '../rules/arn.ts';
import { compareTimes } from '../rules/time.ts';

interface Sighting {
  readonly arn: string;
  readonly id: string;
  readonly at: string | null;
  readonly evidence: Usage['evidence'];
}

export const principalRecreated: Detection = {
  id: 'principal-recreated',
  ref: 'AU-004',
  title: 'Known ARN under a new unique id',
  severity: 'high',
  needs: [['authenticator-log']],
  why: 'aws-auth and the hidden creator are matched by name: whoever created the principal again under a mapped name took over its access, with or without the right to do so.',
  fix: 'Look up CreateRole or CreateUser in CloudTrail and ask who did it. A planned repair needs no more; for anything else take the mapping out, then end the sessions.',
  blindSpots:
    'Only principals that logged in under both ids within the log are seen: access-entry-dead and creator-gone compare with IAM.',
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html'],
  attack: ['T1078.004', 'T1136.003'],
  cis: [],
  correlate: (facts) => {
    const byKey = new Map<string, Map<string, Sighting>>();
    const see = (sighting: Sighting | null): void => {
      if (sighting === null) return;
      const ids = byKey.get(arnKey(sighting.arn)) ?? new Map<string, Sighting>();
      byKey.set(arnKey(sighting.arn), ids);
      const known = ids.get(sighting.id);
      if (known === undefined || compareTimes(sighting.at, known.at) < 0) ids.set(sighting.id, sighting);
    };
    for (const use of facts?.usage ?? []) see(fromUsage(use));
    return {
      add: (record) => see(fromLogin(record)),
      matches: () => [...byKey.values()].flatMap((ids) => (ids.size > 1 ? [tell([...ids.values()])] : [])),
    };
  },
};

/** Root and federated users have no such id. */
const UNIQUE_ID = /^(?:AROA|AIDA)/;

function fromUsage({ source, principalArn, uniqueId, firstAt, evidence }: Usage): Sighting | null {
  if (source !== 'authenticator-log' || principalArn === null || uniqueId === null) return null;
  return UNIQUE_ID.test(uniqueId) ? { arn: principalArn, id: uniqueId, at: firstAt, evidence } : null;
}

function fromLogin(record: EvidenceRecord): Sighting | null {
  if (record.source !== 'authenticator-log' || record.kind !== 'granted') return null;
  const { arn, uniqueId, firstAt, at, evidence } = record;
  if (arn === null || uniqueId === null || !UNIQUE_ID.test(uniqueId)) return null;
  return { arn, id: uniqueId, at: firstAt ?? at, evidence };
}

function tell(sightings: readonly Sighting[]): Match {
  const inOrder = [...sightings].sort((a, b) => compareTimes(a.at, b.at));
  const last = inOrder.at(-1);
  const before = inOrder.at(-2);
  const arn = last?.arn ?? '';
  return {
    subject: `iam:${arn}`,
    summary: `${arn} logs in as ${last?.id}, first seen at ${last?.at ?? 'an unknown time'}; before it was ${before?.id}: the principal was deleted and created again.`,
    at: last?.at ?? null,
    isPast: true,
    evidence: inOrder.map(({ evidence }) => evidence),
  };
}
