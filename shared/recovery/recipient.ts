/** Callers, declared break-glass principals and administrators into the one who gets the temporary grant. */
import type { Facts } from '../model/facts.ts';
import type { Principal } from '../model/principal.ts';
import { arnKey, parsePrincipal, principalKey } from '../rules/arn.ts';
import { findIamEntity } from '../rules/iam-roles.ts';
import { shellLine } from '../rules/shell.ts';
import type { Door } from './admin-doors.ts';
import type { Caller } from './caller.ts';
import { useCluster, type Word } from './commands.ts';
import { enterAs, isCaller } from './enter.ts';

export interface Recipient {
  /** null when it is whoever runs the commands. */
  readonly principal: Principal | null;
  /** What the commands name it by. */
  readonly word: Word;
  /** Commands that find the ARN out, where the evidence does not hold it. */
  readonly lookup: readonly string[];
  /** Commands by which kubectl acts as it. */
  readonly enter: readonly string[];
  /** True where whoever runs the commands has to become it first. */
  readonly isOther: boolean;
  readonly why: string;
}

const VARIABLE: Word = { expand: '"$PRINCIPAL_ARN"' };

/** The role behind the credentials at hand, with its path, which a session's ARN does not show. */
const FIND_OWN_ROLE =
  'PRINCIPAL_ARN=$(aws iam get-role --role-name "$(aws sts get-caller-identity --query Arn --output text | cut -d/ -f2)" --query Role.Arn --output text)';

export interface Candidates {
  readonly facts: Facts;
  readonly caller: Caller;
  readonly doors: readonly Door[];
}

export function resolveRecipient({ facts, caller, doors }: Candidates): Recipient {
  for (const [principal, why] of listCandidates({ facts, caller, doors })) {
    if (!canHoldGrant(principal, facts)) continue;
    return makeRecipient(principal, why, { facts, caller });
  }
  const enter = [useCluster(facts.cluster, null)];
  const why = 'whoever runs the commands';
  return { principal: null, word: VARIABLE, lookup: [FIND_OWN_ROLE], enter, isOther: false, why };
}

function* listCandidates({ facts, caller, doors }: Candidates): Iterable<readonly [Principal, string]> {
  const { config, cluster } = facts;
  if (caller.principal !== null) yield [caller.principal, 'the caller'];
  const isHere = (clusters: readonly string[]): boolean =>
    clusters.length === 0 || clusters.includes(cluster.name) || clusters.includes(cluster.arn);
  for (const { principal, clusters } of config.breakGlass)
    if (isHere(clusters)) yield [parsePrincipal(principal), 'declared for break-glass in keyholder.yml'];
  for (const { principal, clusters } of config.approvedAdmins)
    if (isHere(clusters)) yield [parsePrincipal(principal), 'approved as admin in keyholder.yml'];
  for (const { principal, mapping } of doors)
    if (principal !== null && mapping?.exists === true) yield [principal, 'an admin of the cluster by intent'];
  // Asked for last: to find administrators, every policy of the account is weighed.
  for (const principal of facts.shadowAdmins.administrators) yield [principal, 'an administrator of the account'];
}

/** EKS takes entries of roles and users alone, of none that AWS owns, and policies on entries of type STANDARD alone. */
function canHoldGrant(principal: Principal, { accounts, entries, cluster }: Facts): boolean {
  if (principal.type !== 'role' && principal.type !== 'user') return false;
  const entity = findIamEntity(accounts, principal);
  const path = entity?.principal.path ?? principal.path;
  if (path.startsWith('/aws-service-role/') || principal.name.startsWith('AWSServiceRoleFor')) return false;
  const home = accounts.find(({ account }) => account === principal.account);
  const isGone =
    entity === null &&
    home?.iam != null &&
    home.coverage.every(({ source, status }) => source !== 'iam' || status === 'complete');
  if (isGone || (principal.type === 'user' && principal.account !== cluster.account)) return false;
  const key = principalKey(principal);
  return entries.every((entry) => entry.type === 'STANDARD' || principalKey(entry.principal) !== key);
}

function makeRecipient(principal: Principal, why: string, { facts, caller }: Omit<Candidates, 'doors'>): Recipient {
  const entity = findIamEntity(facts.accounts, principal);
  const known =
    entity?.principal ?? facts.entries.find((e) => arnKey(e.principal.arn) === principalKey(principal))?.principal;
  const isOther = !isCaller(caller, principal);
  // A role's ARN without its path, as sessions show it, names no role for EKS.
  const isCertain = known !== undefined || principal.type !== 'role' || (isOther && principal.path !== '/');
  const arn = known?.arn ?? principal.arn;
  const word: Word = isCertain ? arn : VARIABLE;
  const query = ['--query', 'Role.Arn', '--output', 'text'];
  const lookup = `PRINCIPAL_ARN=$(${shellLine('aws', 'iam', 'get-role', '--role-name', principal.name, ...query)})`;
  return {
    principal: { ...principal, arn },
    word,
    lookup: isCertain ? [] : [lookup],
    enter: enterAs(facts.cluster, { ...principal, arn }, { caller, word }),
    isOther,
    why,
  };
}
