/** What stands of aws-auth, what stood, and the roles of lost nodes into the content that a manifest should have. */
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Facts } from '../model/facts.ts';
import type { LostNodes } from '../model/recovery.ts';
import { arnKey, stripRolePath } from '../rules/arn.ts';
import type { Row } from '../rules/aws-auth-text.ts';
import { MASTERS } from '../rules/keyholders.ts';
import { isNodeIdentity } from '../rules/node-identity.ts';
import type { AwsAuthHistory } from './aws-auth-history.ts';
import { listNodeRows } from './lost-nodes.ts';
import type { AwsAuthContent } from './manifest.ts';
import { findSsoSuccessor } from './sso-successor.ts';

export interface ContentSources {
  readonly awsAuth: AwsAuthHistory;
  readonly nodes: LostNodes;
  readonly facts: Facts;
}

/** False where nothing is known of what it holds: writing it would take rows away that nobody has read. */
export function isContentKnown({ status, lastGood }: AwsAuthHistory): boolean {
  return status === 'good' || status === 'absent' || status === 'deleted' || (status === 'broken' && lastGood !== null);
}

/** What stands, and the rows of nodes: nobody else gets anything back, and a damaged section of others stays as it is. */
export function buildNodeContent({ awsAuth, nodes }: ContentSources): AwsAuthContent {
  const { current, lastGood, status } = awsAuth;
  const isDamaged = status === 'broken' || status === 'deleted';
  const earlier = isDamaged ? keepRows(lastGood?.content).filter(isNodeIdentity) : [];
  return assemble([...keepRows(current), ...toNodeRows(nodes), ...earlier], accountsOf(current));
}

/** The last good content with what was added since, and the rows of nodes. */
export function buildGoodContent({ awsAuth, nodes, facts }: ContentSources): AwsAuthContent {
  const { current, lastGood } = awsAuth;
  const rows = [...keepRows(current), ...keepRows(lastGood?.content), ...toNodeRows(nodes)];
  const accounts = [...new Set([...accountsOf(current), ...accountsOf(lastGood?.content ?? null)])];
  const content = assemble(
    rows.map((row) => followSuffix(row, facts)),
    accounts,
  );
  return { ...content, emptied: current?.lostSections ?? [] };
}

export function addRow(content: AwsAuthContent, row: Row): AwsAuthContent {
  const rest = content.rows.filter(({ arn }) => arnKey(arn) !== arnKey(row.arn));
  return { ...content, rows: [...rest, row] };
}

/** ARNs that the content puts into system:masters: back again, never newly. */
export function listMasters({ rows }: AwsAuthContent): readonly string[] {
  return rows.filter(({ groups }) => groups.includes(MASTERS)).map(({ arn }) => arn);
}

/** Rows that can be written again: what the authenticator drops, and sso patterns, cannot. */
function keepRows(content: AwsAuth | null | undefined): readonly Row[] {
  return (content?.rows ?? [])
    .filter(({ inertBecause }) => inertBecause === null || inertBecause === 'arn')
    .map(({ section, arn, username, groups }) => ({ section, arn, username, groups }));
}

function toNodeRows(nodes: LostNodes): readonly Row[] {
  return listNodeRows(nodes).map(({ arn, username, groups }) => ({
    section: 'mapRoles',
    arn: stripRolePath(arn) ?? arn,
    username,
    groups,
  }));
}

function accountsOf(content: AwsAuth | null): readonly string[] {
  return (content?.accounts ?? []).map(({ account }) => account);
}

/** The first row of an ARN stays: two would replace one another. */
function assemble(rows: readonly Row[], accounts: readonly string[]): AwsAuthContent {
  const byKey = new Map<string, Row>();
  for (const row of rows) if (!byKey.has(arnKey(row.arn))) byKey.set(arnKey(row.arn), row);
  return { rows: [...byKey.values()], accounts, emptied: [] };
}

/** The row of an Identity Center role that was made anew goes to the role that took its place. */
function followSuffix(row: Row, facts: Facts): Row {
  const successor = findSsoSuccessor(row.arn, facts);
  const isGone =
    successor !== null &&
    facts.mappings.every(({ principal, exists }) => arnKey(principal.arn) !== arnKey(row.arn) || exists === false);
  return successor === null || !isGone ? row : { ...row, arn: stripRolePath(successor.arn) ?? successor.arn };
}
