/** Node roles and their mappings into the roles that nodes depend on and that the cluster knows no more. */
import type { Mapping } from '../model/access.ts';
import type { AwsAuthRow } from '../model/aws-auth.ts';
import type { Facts } from '../model/facts.ts';
import type { LostNodeRole, LostNodes, NodeEntryType } from '../model/recovery.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { isEksCall } from '../rules/eks-calls.ts';
import { isNodeIdentity, listNodeGroups, nodeEntryTypeOf, nodeUsernameOf } from '../rules/node-identity.ts';
import { compareTimes } from '../rules/time.ts';
import { type AwsAuthHistory, findRowLoss } from './aws-auth-history.ts';

/** A token lives this long, and is mapped anew each time that it is made. */
const TOKEN_MS = 15 * 60_000;

export function findLostNodes(facts: Facts, history: AwsAuthHistory): LostNodes {
  const unread = findUnread(facts, history);
  if (unread !== null) return { roles: [], lostAt: null, loginUntil: null, reason: unread };
  const mapped = new Set(facts.mappings.filter(isOpenNodeDoor).map(({ principal }) => principalKey(principal)));
  const roles = [...listDependents(facts, history)].filter(([key]) => !mapped.has(key)).map(([, role]) => role);
  if (roles.length === 0) {
    return { roles, lostAt: null, loginUntil: null, reason: 'every node role that was seen has its mapping' };
  }
  const lostAt = findLossTime(roles, facts, history);
  return {
    roles,
    lostAt,
    loginUntil: lostAt === null ? null : new Date(Date.parse(lostAt) + TOKEN_MS).toISOString().replace('.000Z', 'Z'),
    reason:
      lostAt === null
        ? 'no record shows when they were lost, so nodes may be cut off at any moment, or are already'
        : 'a token lives 15 minutes and no new one is taken; then nodes turn NotReady, and some five minutes later their pods are moved',
  };
}

/** Nodes are only lost where what maps them was read and does not. */
function findUnread({ cluster, coverage }: Facts, { status }: AwsAuthHistory): string | null {
  const { authenticationMode: mode } = cluster;
  if (mode === null) return 'the authentication mode was not read';
  const eks = coverage.find(({ source }) => source === 'eks-api');
  const entries = eks?.parts?.['access-entries'] ?? eks?.status;
  if (mode !== 'CONFIG_MAP' && entries !== 'complete') return 'the access entries were not read in whole';
  return mode !== 'API' && status === 'unknown' ? 'aws-auth was not read' : null;
}

function isOpenNodeDoor({ inert, entry, identity }: Mapping): boolean {
  if (inert !== null) return false;
  return entry === null ? isNodeIdentity(identity) : entry.type !== 'STANDARD' || isNodeIdentity(identity);
}

/** By the key of the role: node groups and Fargate, roles seen to log in as nodes, and rows of nodes that were lost. */
function listDependents(facts: Facts, history: AwsAuthHistory): ReadonlyMap<string, LostNodeRole> {
  const found = new Map<string, LostNodeRole>();
  const add = (role: LostNodeRole): void => {
    const key = arnKey(role.roleArn);
    if (!found.has(key)) found.set(key, role);
  };
  for (const { kind, name, roleArn, evidence } of facts.workloadRoles) {
    if (kind === 'node-group')
      add({ roleArn, entryType: windowsOf(roleArn, history), usedBy: `node group ${name}`, evidence: [evidence] });
    if (kind === 'fargate-profile')
      add({ roleArn, entryType: 'FARGATE_LINUX', usedBy: `Fargate profile ${name}`, evidence: [evidence] });
  }
  const isDamaged = history.status === 'broken' || history.status === 'deleted';
  for (const { arn, username, groups, evidence } of isDamaged ? history.lostRows : [])
    if (isNodeIdentity({ username, groups }))
      add({
        roleArn: arn,
        entryType: nodeEntryTypeOf({ username, groups }),
        usedBy: 'nodes, by its lost row',
        evidence: [evidence],
      });
  for (const { principalArn, username, groups, lastAt, evidence } of facts.usage) {
    if (principalArn === null || !isNodeIdentity({ username, groups })) continue;
    const usedBy = `${username}, last seen ${lastAt ?? 'at a time that is not known'}`;
    add({ roleArn: principalArn, entryType: windowsOf(principalArn, history), usedBy, evidence: [evidence] });
  }
  return found;
}

function windowsOf(roleArn: string, { lostRows }: AwsAuthHistory): NodeEntryType {
  const row = lostRows.find(({ arn }) => arnKey(arn) === arnKey(roleArn));
  return row === undefined ? 'EC2_LINUX' : nodeEntryTypeOf(row);
}

function findLossTime(roles: readonly LostNodeRole[], { records }: Facts, history: AwsAuthHistory): string | null {
  const keys = new Set(roles.map(({ roleArn }) => arnKey(roleArn)));
  const deletions = records.filter(
    (record) =>
      isEksCall(record, ['DeleteAccessEntry']) &&
      record.succeeded &&
      record.principalArn !== null &&
      keys.has(arnKey(record.principalArn)),
  );
  const losses = roles.map(({ roleArn }) => findRowLoss(history, roleArn)?.at ?? null);
  const times = [...deletions.map(({ at }) => at), ...losses].filter((at) => at !== null);
  return times.sort(compareTimes)[0] ?? null;
}

/** The rows that give lost roles their mapping back; a Fargate role needs groups and a username of its own. */
export function listNodeRows({ roles }: LostNodes): readonly Pick<AwsAuthRow, 'arn' | 'username' | 'groups'>[] {
  return roles.map(({ roleArn, entryType }) => ({
    arn: roleArn,
    username: nodeUsernameOf(entryType),
    groups: listNodeGroups(entryType),
  }));
}
