/** IAM principals that hold nothing in a cluster but can grant it to themselves. */
import type { ShadowAdmin, ShadowAdmins } from '../model/access.ts';
import type { Cluster } from '../model/eks.ts';
import type { AccountEvidence } from '../model/evidence.ts';
import type { PolicyDocument, Statement } from '../model/iam.ts';
import type { Principal } from '../model/principal.ts';
import { principalKey } from '../rules/arn.ts';
import { listStatementsFor } from '../rules/iam-weighing.ts';
import { once } from '../rules/once.ts';
import { listTakeovers, TAKEOVER_ACTIONS } from './admin-takeovers.ts';
import { type AccountIndex, type IamEntity, indexIam } from './iam-index.ts';
import { CLUSTER_ACTIONS, listClusterWays, type SelfGrant } from './self-grants.ts';

/** Only principals of the cluster's own account: EKS and IAM take no calls across accounts. */
export function resolveShadowAdmins(
  cluster: Cluster,
  accounts: readonly AccountEvidence[],
  listAdmins: () => readonly Principal[],
): ShadowAdmins {
  const index = indexIam(accounts);
  const account = index.ofAccount(cluster.account);
  if (account === null) return { administrators: [], others: [] };
  const { administrators, suspects } = sortEntities(account);
  // Who is admin already takes the grading of every holder, and a question about administrators alone needs none.
  const others = once(() => {
    const keys = new Set(listAdmins().map(principalKey));
    const admins = account.entities.filter(({ principal }) => keys.has(principalKey(principal)));
    return suspects
      .filter((suspect) => !keys.has(principalKey(suspect.principal)))
      .map((suspect) =>
        describe(suspect, [
          ...listClusterWays(suspect, { cluster, ...index }),
          ...listTakeovers(suspect, admins, index),
        ]),
      )
      .filter(({ ways }) => ways.length > 0);
  });
  return {
    administrators: administrators.map(({ principal }) => principal),
    get others() {
      return others();
    },
  };
}

/** Where policies were not read every way is unknown: one row then says as much as ten. */
function describe({ principal, evidence }: IamEntity, open: readonly SelfGrant[]): ShadowAdmin {
  const told = open.filter(({ answer }) => answer.decision !== 'unknown');
  const ways = told.length > 0 ? told : open.slice(0, 1);
  return {
    principal,
    ways: ways.map(({ action, answer: { decision, condition }, targets }) => ({
      action,
      certainty: decision === 'no' ? 'unknown' : decision,
      condition,
      ...(targets === undefined ? {} : { targets }),
    })),
    evidence: [evidence],
  };
}

interface Sorted {
  readonly administrators: readonly IamEntity[];
  /** Whose policies speak of any action that matters. */
  readonly suspects: readonly IamEntity[];
}

const sorted = new WeakMap<AccountIndex, Sorted>();

/** Once for an account, however many clusters it has. */
function sortEntities(account: AccountIndex): Sorted {
  const known = sorted.get(account);
  if (known !== undefined) return known;
  const administrators = account.entities.filter(isAdministrator);
  const others = new Set(account.entities);
  for (const administrator of administrators) others.delete(administrator);
  const result = { administrators, suspects: [...others].filter(isSuspect) };
  sorted.set(account, result);
  return result;
}

/** A deny in its own policies is no obstacle to whoever may change them. */
function isAdministrator({ policies, boundary }: IamEntity): boolean {
  if (boundary === 'unread' || (boundary !== null && !allowsEverything(boundary))) return false;
  return policies.some(allowsEverything);
}

function allowsEverything({ statements }: PolicyDocument): boolean {
  return statements.some(
    ({ effect, actions, resources, conditions }: Statement) =>
      effect === 'Allow' &&
      (actions ?? []).some((action) => action === '*' || action === '*:*') &&
      (resources ?? []).includes('*') &&
      Object.keys(conditions).length === 0,
  );
}

const ACTIONS: readonly string[] = [...CLUSTER_ACTIONS, ...TAKEOVER_ACTIONS];

function isSuspect({ policies, unreadPolicies }: IamEntity): boolean {
  if (unreadPolicies.length > 0) return true;
  return policies.some((policy) =>
    ACTIONS.some((action) => listStatementsFor(policy, action).some(({ effect }) => effect === 'Allow')),
  );
}
