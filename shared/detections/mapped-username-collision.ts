/** A row of aws-auth under the name of a privileged or reserved user. */
import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { listAdminWays, wordAdminWay } from '../rules/keyholders.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';
import { BACK_UP_AWS_AUTH, EDIT_AWS_AUTH } from '../rules/remedies.ts';

export const mappedUsernameCollision: Detection = {
  id: 'mapped-username-collision',
  ref: 'AA-016',
  title: 'Mapped username of a privileged user',
  severity: 'high',
  needs: [['aws-auth', 'rbac']],
  why: 'RBAC and the audit log know a user by name: under a reserved or bound name the principal has rights that were meant for another, and what it does is put down to that other.',
  fix: 'Give the row a username that says who it is, such as the name of the role.',
  blindSpots:
    'Usernames with templates are compared as they are written; those that the caller chooses are told by caller-controlled-identity.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://kubernetes.io/docs/reference/access-authn-authz/rbac/',
  ],
  attack: ['T1078.004', 'T1036'],
  cis: [],
  *detect(facts) {
    for (const mapping of facts.mappings) {
      const { row, inert, evidence } = mapping;
      const why = row === null || inert !== null ? null : explain(mapping, facts);
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

function explain({ identity }: Mapping, facts: Facts): string | null {
  const { username } = identity;
  if (username === 'kubernetes-admin') return 'the name under which the creator of a cluster works';
  // By groups and name together: a row that only borrows the name of a node is no node.
  if (isNodeIdentity(identity)) return null;
  if (username.startsWith('system:')) return 'a name that Kubernetes keeps for itself';
  if (username.startsWith('eks:')) return 'a name that EKS keeps for itself';
  const [way] = listAdminWays(facts, 'User', username);
  return way === undefined ? null : `which ${wordAdminWay(way)}`;
}
