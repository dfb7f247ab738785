/** One row of aws-auth into what becomes of it: an entry, a policy, nothing, or the reason why it blocks. */
import type { Mapping } from '../model/access.ts';
import type { AwsAuthRow } from '../model/aws-auth.ts';
import type { DropReason, PlannedBinding, PlannedEntry, RowDecision } from '../model/migration.ts';
import { principalKey } from '../rules/arn.ts';
import { isWrittenFor, stsArnOf } from '../rules/login-doors.ts';
import { isNodeIdentity, nodeEntryTypeOf } from '../rules/node-identity.ts';
import { planNames, type Refusal } from './entry-names.ts';
import type { Situation } from './question.ts';
import { findRefusal } from './refusals.ts';

export interface Decided {
  readonly decision: RowDecision;
  /** null for what is no row. */
  readonly mapping: Mapping | null;
  readonly bindings: readonly PlannedBinding[];
}

export function decideRow(mapping: Mapping, row: AwsAuthRow, situation: Situation): Decided {
  const drop = findDrop(mapping, row, situation);
  if (drop !== null) return settle(mapping, row, drop);
  const refusal = findRefusal(mapping, situation) ?? findDifference(mapping, row, situation);
  if (refusal !== null) return block(mapping, row, refusal);
  return isNodeIdentity(mapping.identity)
    ? decideNode(mapping, row, situation)
    : decideStandard(mapping, row, situation);
}

/** What the row itself says, whatever is decided. */
export function describeRow({ section, arn, position, username, groups, evidence }: AwsAuthRow) {
  return { section, arn, line: position.line, username, groups, evidence: [evidence] };
}

type Outcome = Partial<RowDecision> &
  Pick<RowDecision, 'decision' | 'because'> & { readonly bindings?: readonly PlannedBinding[] };

function settle(mapping: Mapping, row: AwsAuthRow, { bindings = [], ...outcome }: Outcome): Decided {
  const bare = { reason: null, advice: null, commands: [], entry: null };
  return { decision: { ...describeRow(row), ...bare, ...outcome }, mapping, bindings };
}

function block(mapping: Mapping, row: AwsAuthRow, { reason, because, advice, commands = [] }: Refusal): Decided {
  return settle(mapping, row, { decision: 'blocked', reason, because, advice, commands });
}

function dropped(reason: DropReason, because: string, advice: string | null = null): Outcome {
  return { decision: 'dropped', reason, because, advice };
}

/** Rows that let nobody in today. */
function findDrop(mapping: Mapping, row: AwsAuthRow, situation: Situation): Outcome | null {
  const { inert, identity, principal } = mapping;
  const key = principalKey(principal);
  if (inert === 'mode') return dropped('mode', 'The cluster is in mode API, which does not read it.');
  if (row.inertBecause === 'duplicate') {
    return dropped('duplicate', 'A later row with the same ARN counts instead: only the last does.');
  }
  if (row.inertBecause === 'sso') {
    return dropped(
      'sso-row',
      'EKS is not known to read rows of sso, so it lets nobody in.',
      'Make an entry for the role that Identity Center made.',
    );
  }
  if (isUnmatched(mapping, row)) {
    if (situation.grantsUnmatched && isGrantable(mapping, situation)) return null;
    const advice = 'Take it out. Whoever should have had this access gets it newly with --grant-unmatched.';
    return dropped(
      'never-matches',
      'No caller ever matched its ARN, so to move it would grant access that nobody has today.',
      advice,
    );
  }
  if (inert === 'overridden-by-entry') {
    const entry = situation.entryOf(key)?.entry ?? null;
    if (isNodeIdentity(identity) && entry !== null && entry.type !== 'STANDARD') {
      return { decision: 'left-to-eks', because: `An access entry of type ${entry.type} stands, and counts instead.` };
    }
    return dropped('overridden-by-entry', 'An access entry of the same principal counts instead, and keeps doing so.');
  }
  if (
    situation.creator !== null &&
    key === principalKey(situation.creator.principal) &&
    situation.facts.creator.confidence === 'proven'
  ) {
    return dropped(
      'creator',
      'Its principal created the cluster and is admin by that; EKS makes an entry for it at the switch.',
    );
  }
  return null;
}

/** Where nothing else is, or will be, made for the principal. */
function isGrantable(mapping: Mapping, situation: Situation): boolean {
  const key = principalKey(mapping.principal);
  const { facts, entryOf, rowsOf } = situation;
  const last = facts.mappings.findLast(
    (each) => each.row !== null && principalKey(each.principal) === key && isUnmatched(each, each.row),
  );
  return (
    last === mapping && entryOf(key) === null && rowsOf(key).length === 0 && findRefusal(mapping, situation) === null
  );
}

/** By the form of the ARN, or because IAM shows the principal under another path. */
export function isUnmatched(mapping: Mapping, row: AwsAuthRow): boolean {
  return row.inertBecause === 'arn' || (row.matches && !isWrittenFor(mapping, stsArnOf(mapping)));
}

/** A round before has shown that the move would change what the principal can do. */
function findDifference(
  mapping: Mapping,
  row: AwsAuthRow,
  { differing, allowsDifferences }: Situation,
): Refusal | null {
  const differences = differing.get(principalKey(mapping.principal));
  if (differences === undefined || allowsDifferences || isUnmatched(mapping, row)) return null;
  const told = differences.slice(0, 3).map(({ change, text }) => `${change} ${text}`);
  return {
    reason: 'access-differs',
    because: `Its principal could do something else afterwards: ${told.join('; ')}.`,
    advice: 'Change the bindings so that nothing differs, or accept it with --allow-differences.',
  };
}

function decideNode(mapping: Mapping, row: AwsAuthRow, situation: Situation): Decided {
  const type = nodeEntryTypeOf(mapping.identity);
  const managed = situation.managedBy(principalKey(mapping.principal));
  const entry: PlannedEntry = { principalArn: mapping.principal.arn, type, username: null, groups: [], policies: [] };
  if (managed !== null) {
    const what = managed.kind === 'node-group' ? `node group ${managed.name}` : `Fargate profile ${managed.name}`;
    const because = `It belongs to ${what}: EKS keeps the mapping of its own nodes, and the last step sees that there is an entry.`;
    return settle(mapping, row, { decision: 'left-to-eks', because, entry });
  }
  return settle(mapping, row, {
    decision: 'node-entry',
    because: `It becomes an access entry of type ${type}.`,
    entry,
  });
}

function decideStandard(mapping: Mapping, row: AwsAuthRow, situation: Situation): Decided {
  const names = planNames(mapping, situation);
  if ('reason' in names) return block(mapping, row, names);
  const { username, groups, policies, bindings } = names;
  const entry: PlannedEntry = { principalArn: mapping.principal.arn, type: 'STANDARD', username, groups, policies };
  const decision = policies.length > 0 ? 'policy' : 'entry';
  return settle(mapping, row, { decision, because: wordEntry(entry, bindings), entry, bindings });
}

function wordEntry({ username, groups, policies }: PlannedEntry, bindings: readonly PlannedBinding[]): string {
  const names = bindings.map(({ standsFor }) => `${standsFor.kind === 'Group' ? 'group' : 'user'} ${standsFor.name}`);
  const parts = [
    policies.length === 0
      ? null
      : policies
          .map(({ name, scope }) => (scope.type === 'cluster' ? name : `${name} in ${scope.namespaces.join(', ')}`))
          .join(' and '),
    groups.length === 0 ? null : `${groups.length === 1 ? 'group' : 'groups'} ${groups.join(', ')}`,
    username === null ? 'the username that EKS writes' : `username ${username}`,
  ].filter((part) => part !== null);
  const bound =
    names.length === 0 ? '' : ` New bindings stand for ${[...new Set(names)].join(', ')}, which entries cannot carry.`;
  return `It becomes an access entry with ${parts.join(', ')}.${bound}`;
}
