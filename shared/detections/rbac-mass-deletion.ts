/** Many roles or bindings deleted at once. */
import type { Ref } from '../model/coverage.ts';
import type { Detection } from '../model/finding.ts';
import { isChange } from '../rules/access-events.ts';
import { isControlPlane, nameActor } from '../rules/actors.ts';
import { wordRequest } from '../rules/anonymous-requests.ts';
import { createBurstFinder } from '../rules/bursts.ts';

const MASS = { limit: 11, windowMs: 5 * 60_000 };

export const rbacMassDeletion: Detection = {
  id: 'rbac-mass-deletion',
  ref: 'RB-019',
  title: 'Roles or bindings were deleted in bulk',
  severity: 'high',
  needs: [['audit-log']],
  why: 'Without their bindings people and controllers stand outside at once, and those who delete them often keep a way in that is no binding: an access policy, or system:masters.',
  fix: 'Find out who still gets in, and write the objects back from the repository that made them; the audit events name each of them.',
  blindSpots:
    'More than ten deletions by one user within five minutes are needed, or one deletion of a whole collection. The removal of a large chart looks the same.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
  ],
  attack: ['T1531', 'T1485'],
  cis: [],
  recurs: true,
  correlate: (facts) => {
    const finder = createBurstFinder(MASS);
    const collections = new Map<string, { readonly words: string; readonly at: string | null; readonly ref: Ref }>();
    const actors = new Map<string, string>();
    return {
      add(record) {
        if (!isChange(record) || record.object?.apiGroup !== 'rbac.authorization.k8s.io') return;
        if (!record.verb.startsWith('delete') || isControlPlane(record, facts)) return;
        const { username } = record.user;
        actors.set(username, nameActor(record.actor));
        if (record.verb === 'delete') finder.add(username, record.at, record.evidence);
        else collections.set(username, { words: wordRequest(record), at: record.at, ref: record.evidence });
      },
      *matches() {
        for (const { key, count, lastAt, evidence } of finder.list()) {
          const actor = actors.get(key) ?? key;
          const summary = `${actor} deleted ${count} roles and bindings within a short time.`;
          yield { subject: `user:${key}`, summary, actor, at: lastAt, isPast: true, evidence };
        }
        for (const [key, { words, at, ref }] of collections) {
          const actor = actors.get(key) ?? key;
          const summary = `${actor} deleted a whole collection: ${words}.`;
          yield { subject: `user:${key}`, summary, actor, at, isPast: true, evidence: [ref] };
        }
      },
    };
  },
};
