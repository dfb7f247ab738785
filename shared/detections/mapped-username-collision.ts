/** A row of aws-auth under the name of a privileged or reserved user. */
import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { listAdminWays, wordAdminWay } from '../rules/keyholders.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';
import { BACK_UP_AWS_AUTH, EDIT_AWS_AUTH } from '../rules/remedies.ts';
import { isCallerControlled, listRendered } from '../rules/usernames.ts';

export const mappedUsernameCollision: Detection = {
  id: 'mapped-username-collision',
  ref: 'AA-016',
  title: 'Mapped username of a privileged user',
  severity: 'high',
  needs: [['aws-auth', 'rbac']],
  why: 'RBAC and the audit log know a user by name: under a reserved or bound name the principal has rights that were meant for another, and what it does is put down to that other.',
  fix: 'Give the row a username that says who it is, such as the name of the role.',
  blindSpots:
    'Of a username that the caller completes, what it can come out as is compared with the users that bindings make admin, and with no others: caller-controlled-identity tells of names that the caller chooses as a whole.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  ],
  attack: ['T1078.004', 'T1036'],
  cis: [],
  *detect(facts) {
    const rendered = matchAdmins(facts);
    for (const mapping of facts.mappings) {
      const { row, inert, evidence } = mapping;
      const why = row === null || inert !== null ? null : explain(mapping, { facts, rendered });
      if (row === null || why === null) continue;
      yield {
        subject: `aws-auth:${row.arn}`,
        summary: `${row.arn} logs in as ${row.username}, ${why}.`,
        commands: [BACK_UP_AWS_AUTH, EDIT_AWS_AUTH],
        evidence,
      };
    }
  },
};

/** Of each username that the caller completes: the users bound as admins that it can come out as. */
function matchAdmins(facts: Facts): ReadonlyMap<string, readonly string[]> {
  const open = facts.mappings.flatMap(({ row, identity: { username } }) =>
    row !== null && isCallerControlled(username) ? [username] : [],
  );
  if (open.length === 0) return new Map();
  const bound = [...facts.bindingsBySubject.keys()].flatMap((key) => (key.startsWith('User/') ? [key.slice(5)] : []));
  const admins = bound.filter((name) => listAdminWays(facts, 'User', name).length > 0);
  return new Map(open.map((template) => [template, listRendered([template], admins)]));
}

function explain(
  { identity }: Mapping,
  { facts, rendered }: { readonly facts: Facts; readonly rendered: ReadonlyMap<string, readonly string[]> },
): string | null {
  const { username } = identity;
  if (username === 'kubernetes-admin') return 'the name under which the creator of a cluster works';
  // By groups and name together: a row that only borrows the name of a node is no node.
  if (isNodeIdentity(identity)) return null;
  if (username.startsWith('system:')) return 'a name that Kubernetes keeps for itself';
  if (username.startsWith('eks:')) return 'a name that EKS keeps for itself';
  const [chosen] = rendered.get(username) ?? [];
  const [way] = listAdminWays(facts, 'User', chosen ?? username);
  if (way === undefined) return null;
  const words = `which ${wordAdminWay(way)}`;
  return chosen === undefined ? words : `which the caller can make come out as ${chosen}, ${words}`;
}
