/** One ARN under two unique ids in the log: the principal was deleted and created again. */

import type { Detection, Match } from '../model/finding.ts';
import { type IdSighting, watchIds } from '../rules/id-sightings.ts';

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
  recurs: true,
  correlate: (facts) => {
    const watch = watchIds(facts?.usage ?? []);
    return { add: watch.add, matches: () => watch.changed().map(tell) };
  },
};

function tell(inOrder: readonly IdSighting[]): Match {
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
