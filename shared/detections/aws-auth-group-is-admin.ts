/** A row of aws-auth in a group that a binding makes admin. */
import type { AwsAuthRow } from '../model/aws-auth.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { joinCorrelators, watchBindings } from '../rules/access-watch.ts';
import { watchAwsAuth } from '../rules/aws-auth-watch.ts';
import { listGroupMembers } from '../rules/group-members.ts';
import { type AdminWay, listAdminGroups, listAdminWays, MASTERS, wordAdminWay } from '../rules/keyholders.ts';
import { deleteIdentityMapping, showBinding } from '../rules/remedies.ts';

export const awsAuthGroupIsAdmin: Detection = {
  id: 'aws-auth-group-is-admin',
  ref: 'AA-005',
  title: 'Mapping into a group that is bound to an admin role',
  severity: 'critical',
  needs: [
    ['aws-auth', 'rbac'],
    ['audit-log', 'rbac'],
  ],
  why: 'The group has an innocent name, and a binding elsewhere makes it as good as system:masters for every principal that is mapped into it.',
  fix: 'Take the group off the row, or bind the group to a role that allows what its members need.',
  blindSpots:
    'The group is weighed by the bindings that stand today. Without a read of RBAC nothing is known of groups other than system:masters.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  ],
  attack: ['T1098.006'],
  cis: ['4.1.1'],
  saysOnlyIsAdmin: true,
  *detect(facts) {
    for (const { row, inert } of facts.mappings)
      if (row !== null && inert === null) yield* judge(row, listWays(row, facts), facts);
  },
  correlate: (facts) =>
    joinCorrelators(
      watchAwsAuth(facts, function* ({ rows }) {
        if (facts !== null) for (const row of rows) yield* judge(row, listWays(row, facts), facts);
      }),
      // The group may be bound long after the row was written.
      watchBindings(facts, function* (binding, fresh) {
        if (facts === null) return;
        for (const way of listAdminGroups(binding, fresh))
          for (const { row } of listGroupMembers(facts.mappings, way.name))
            if (row !== null) yield* judge(row, [way], facts);
      }),
    ),
};

/** The groups of nodes pass by what is bound to them, not by their names. */
function listWays({ groups }: AwsAuthRow, facts: Facts): readonly AdminWay[] {
  return groups.filter((group) => group !== MASTERS).flatMap((group) => listAdminWays(facts, 'Group', group));
}

function* judge({ arn, evidence }: AwsAuthRow, ways: readonly AdminWay[], { cluster }: Facts): Iterable<Match> {
  const [first] = ways;
  if (first === undefined) return;
  yield {
    subject: `aws-auth:${arn}`,
    summary: `aws-auth maps ${arn} into group ${first.name}, which ${wordAdminWay(first)}.`,
    commands: [showBinding(first.binding), ...deleteIdentityMapping(cluster, arn)],
    evidence: [evidence, ...ways.map(({ binding }) => binding.evidence)],
  };
}
