/** Ways to gain admin by what Kubernetes is told where something stood already: somebody joins it, or comes back into it. */
import { alertEstate, clusterRole, clusterRoleBinding, EVERYTHING, PODS } from './alert-estate.ts';
import { type BusEvent, type WriteGiven, write } from './cloudtrail-events.ts';
import type { WayToAdmin } from './ways-to-admin.ts';

const at = (minute: number): string => `2026-11-21T08:${String(minute).padStart(2, '0')}:00Z`;
const ADMINS = clusterRole('cluster-admin', EVERYTHING);
const TEAM = 'binding:ClusterRoleBinding/-/team';

type Subjects = Parameters<typeof clusterRoleBinding>[2];

const binds = (verb: WriteGiven['verb'], minute: number, role: string, subjects: Subjects): BusEvent => {
  const body = clusterRoleBinding('team', role, subjects);
  return write({ verb, at: at(minute), resource: 'clusterrolebindings', name: 'team', body });
};
const deletes = (resource: string, name: string): BusEvent => write({ verb: 'delete', at: at(0), resource, name });

const ALICE = [['User', 'alice']] as const;
/** Whoever makes the writes of `write`. */
const CALLER = 'arn:aws:sts::111122223333:assumed-role/deployer/alice';

export const WAYS_OF_RBAC: readonly WayToAdmin[] = [
  {
    name: 'a caller that adds itself to a binding',
    before: alertEstate({ rbac: [ADMINS, clusterRoleBinding('team', 'cluster-admin', ALICE)] }),
    // The first of them leaves it as it was.
    events: [
      binds('patch', 0, 'cluster-admin', ALICE),
      binds('patch', 1, 'cluster-admin', [...ALICE, ['User', CALLER]]),
    ],
    found: [
      ['admin-cluster-role-binding', TEAM, 'patch clusterrolebindings'],
      ['self-granted-admin', 'iam:arn:aws:iam::111122223333:role/deployer', 'patch clusterrolebindings'],
    ],
  },
  {
    name: 'a subject added to a binding that makes admins already',
    before: alertEstate({ rbac: [ADMINS, clusterRoleBinding('team', 'cluster-admin', ALICE)] }),
    events: [
      binds('patch', 0, 'cluster-admin', ALICE),
      binds('patch', 1, 'cluster-admin', [...ALICE, ['User', 'mallory']]),
    ],
    found: [['admin-cluster-role-binding', TEAM, 'patch clusterrolebindings']],
  },
  {
    name: 'a binding deleted, then created to another role',
    before: alertEstate({ rbac: [ADMINS, clusterRole('pods', PODS), clusterRoleBinding('team', 'pods', ALICE)] }),
    events: [deletes('clusterrolebindings', 'team'), binds('create', 1, 'cluster-admin', ALICE)],
    found: [['admin-cluster-role-binding', TEAM, 'create clusterrolebindings']],
  },
  {
    name: 'a role deleted under a binding, then created wider',
    before: alertEstate({ rbac: [clusterRole('pods', PODS), clusterRoleBinding('team', 'pods', ALICE)] }),
    events: [
      deletes('clusterroles', 'pods'),
      write({
        verb: 'create',
        at: at(1),
        resource: 'clusterroles',
        name: 'pods',
        body: clusterRole('pods', EVERYTHING),
      }),
    ],
    found: [
      ['admin-cluster-role-binding', TEAM, 'create clusterroles'],
      ['wildcard-role', 'role:ClusterRole/-/pods', 'create clusterroles'],
    ],
  },
];
