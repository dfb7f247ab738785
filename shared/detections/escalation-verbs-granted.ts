/** A role that names one of the rights by which its holder can get others. */
import type { ResolvedRole } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { watchRoles } from '../rules/access-watch.ts';
import { editRole, listBindingsOf, showRole } from '../rules/rbac-remedies.ts';
import { roleSubject, wordRole } from '../rules/subject-names.ts';
import { listEscalations } from '../rules/wide-rules.ts';

export const escalationVerbsGranted: Detection = {
  id: 'escalation-verbs-granted',
  ref: 'RB-006',
  title: 'Role with a right to get more rights',
  severity: 'high',
  needs: [['rbac'], ['audit-log']],
  why: 'Kubernetes lets nobody give away what they do not hold, and these rights are the exceptions: with them a narrow role becomes any role, any user or any service account.',
  fix: 'Take the right out of the role, or limit it to the targets that are needed by resourceNames.',
  blindSpots:
    'Rights by a bare * are told by wildcard-role. Ways to more rights that need no such verb, as creating pods, show in the level of the holder.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping',
    'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
  ],
  attack: ['T1098.006', 'T1134'],
  cis: ['4.1.8', '4.1.12'],
  *detect({ roles }) {
    for (const role of roles) yield* judge(role);
  },
  correlate: (facts) => watchRoles(facts, judge),
};

function* judge(role: ResolvedRole): Iterable<Match> {
  if (role.isDefault) return;
  const found = listEscalations(role.effectiveRules);
  // A right over named targets is worth what they are worth, and the level has weighed that.
  const isHarmless = role.level === 'limited' && found.every(({ names }) => names.length > 0);
  if (found.length === 0 || isHarmless) return;
  const words = [
    ...new Set(
      found.map(({ words, names }) => (names.length === 0 ? words : `${words} for ${names.slice(0, 3).join(', ')}`)),
    ),
  ];
  yield {
    subject: roleSubject(role),
    summary: `${wordRole(role)} grants the right to ${words.join(' and to ')}.`,
    commands: [showRole(role), listBindingsOf(role), editRole(role)],
    at: role.createdAt,
    evidence: [role.evidence],
  };
}
