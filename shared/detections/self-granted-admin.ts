/** A caller who made itself admin. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { joinCorrelators } from '../rules/access-watch.ts';
import { nameActor } from '../rules/actors.ts';
import { isBreakGlass } from '../rules/declared.ts';
import { findOwnEntryGrant, watchOwnBindings, watchOwnRows } from '../rules/own-grants.ts';

export const selfGrantedAdmin: Detection = {
  id: 'self-granted-admin',
  ref: 'AE-007',
  title: 'Caller who made itself admin',
  severity: 'critical',
  needs: [['cloudtrail', 'audit-log', 'rbac']],
  why: 'Nobody else had a part in it: this is how stolen credentials with a few EKS or RBAC rights become cluster-admin, and how a person goes round a review.',
  fix: 'Ask the caller, through another channel than the session. If nobody stands behind it, take the grant away, then end the sessions of the principal: a token lasts up to fifteen minutes, role sessions for hours.',
  blindSpots:
    'Two principals that grant each other, or one person behind two roles, are not seen as one. A row or subject that was there before the records begin is not held against whoever wrote the object last. Declared break-glass principals are left out.',
  references: [
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/logging-using-cloudtrail.html',
  ],
  attack: ['T1098.006', 'T1078.004'],
  cis: ['4.1.1'],
  recurs: true,
  *observe(record, facts) {
    const grant = findOwnEntryGrant(record, facts);
    if (grant === null || record.source !== 'cloudtrail') return;
    const actor = nameActor(record.actor);
    yield* unlessDeclared({ ...tell(actor, grant), evidence: [record.evidence] }, actor, facts);
  },
  correlate: (facts) => {
    const found = joinCorrelators(
      watchOwnRows(facts, (arn, groups) => tell(arn, `a row of aws-auth in ${groups}`)),
      watchOwnBindings(facts, ({ actor, user, at, evidence }, binding) => ({
        ...tell(actor.principalArn ?? user.username, binding, actor.principalArn === null ? 'user' : 'iam'),
        at,
        evidence: [evidence],
      })),
    );
    return {
      add: found.add,
      matches: () => [...found.matches()].flatMap((match) => [...unlessDeclared(match, match.actor ?? '', facts)]),
    };
  },
};

function tell(actor: string, grant: string, kind: 'iam' | 'user' = 'iam'): Match {
  return {
    subject: `${kind}:${actor}`,
    summary: `${actor} made itself admin through ${grant}.`,
    actor,
    isPast: true,
    evidence: [],
  };
}

/** What an emergency principal does is told by the detections of break-glass. */
function* unlessDeclared(match: Match, actor: string, facts: Facts | null): Iterable<Match> {
  if (facts === null || !isBreakGlass(actor, facts)) yield match;
}
