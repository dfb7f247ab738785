/** An access entry whose username belongs to somebody else already, or is left to the caller. */
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { findWrittenEntry } from '../rules/eks-calls.ts';
import { defaultUsername, openNameFaults } from '../rules/entry-usernames.ts';
import { setEntryUsername } from '../rules/remedies.ts';

export const accessEntryUsernameCollision: Detection = {
  id: 'access-entry-username-collision',
  ref: 'AE-005',
  title: 'Access entry with a username that is bound already, or that the caller chooses',
  severity: 'high',
  needs: [
    ['eks-api/access-entries', 'rbac'],
    ['cloudtrail', 'rbac'],
  ],
  why: 'RBAC knows a user by name alone: a principal that logs in under a name which bindings already mention takes over what they grant, and a name made of the session name is whatever the caller types.',
  fix: 'Give the entry its default username, which begins with the ARN of the principal, and bind that one, or a group.',
  blindSpots:
    'A binding made for this very username on purpose looks the same as one that it takes over: read who wrote which first. Without a read of RBAC only names that the caller chooses are seen.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html'],
  attack: ['T1078.004'],
  cis: ['4.1.1'],
  *detect({ cluster, mappings, bindingsBySubject }) {
    const working = mappings.flatMap(({ entry, inert }) => (entry !== null && inert === null ? [entry] : []));
    const findFault = openNameFaults(working, bindingsBySubject);
    for (const entry of working) {
      const fault = findFault(entry);
      if (fault === null) continue;
      const { arn } = entry.principal;
      yield {
        subject: `iam:${arn}`,
        summary: `${arn} can log in as somebody else: ${fault.words}.`,
        commands: [setEntryUsername(cluster, arn, defaultUsername(entry.principal))],
        at: entry.modifiedAt,
        evidence: [entry.evidence, ...fault.evidence],
      };
    }
  },
  *observe(record, facts) {
    const written = findWrittenEntry(record);
    if (written === null) return;
    const { event, principalArn, groups, username } = written;
    const names = { principal: parsePrincipal(principalArn), groups, username: username ?? '' };
    const fault = openNameFaults([names], facts?.bindingsBySubject ?? null)(names);
    if (fault === null) return;
    yield {
      subject: `iam:${principalArn}`,
      summary: `${nameActor(event.actor)} wrote the access entry of ${principalArn} so that it can log in as somebody else: ${fault.words}.`,
      actor: nameActor(event.actor),
      evidence: [event.evidence, ...fault.evidence],
    };
  },
};
