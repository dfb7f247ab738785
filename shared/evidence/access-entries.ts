/** access-entries.json into access entries with their policies. */
import type { Parsed } from '../model/coverage.ts';
import type { AccessEntry, AccessScope, AssociatedPolicy } from '../model/eks.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { defaultUsername } from '../rules/entry-usernames.ts';
import { isoTime } from '../rules/time.ts';
import { type ClusterText, eksRef, type Item, listDescribed, type OutputShape } from './cluster-text.ts';
import { fieldIn, itemsIn, textIn, textMapIn, textsIn } from './json-fields.ts';
import type { SkipTally } from './skip-tally.ts';

const SHAPE: OutputShape = {
  one: 'accessEntry',
  many: ['accessEntries'],
  command: 'aws eks describe-access-entry',
};

/** EKS refuses policies on entries of these types, so that theirs need not be listed. */
const TYPES_WITHOUT_POLICIES = new Set(['FARGATE_LINUX', 'EC2_LINUX', 'EC2_WINDOWS', 'HYBRID_LINUX', 'HYPERPOD_LINUX']);

export function parseAccessEntries(source: ClusterText): Parsed<AccessEntry> {
  const { items, skips } = listDescribed(source, SHAPE);
  const entries = new Map<string, AccessEntry>();
  for (const item of items) {
    const arn = textIn(item.value, 'principalArn');
    if (arn === null) skips.add('an access entry without principalArn', item.value, item);
    else if (entries.has(arn)) skips.add('a second access entry of one principal', item.value, item);
    else entries.set(arn, parseEntry(source, { item, arn, skips }));
  }
  return { records: [...entries.values()], skips: skips.list() };
}

interface FoundEntry {
  readonly item: Item;
  readonly arn: string;
  readonly skips: SkipTally;
}

function parseEntry(source: ClusterText, { item, arn, skips }: FoundEntry): AccessEntry {
  const principal = parsePrincipal(arn);
  const type = textIn(item.value, 'type') ?? 'STANDARD';
  const createdAt = isoTime(fieldIn(item.value, 'createdAt'));
  const policies = itemsIn(item.value, 'associatedAccessPolicies');
  if (policies === null && !TYPES_WITHOUT_POLICIES.has(type)) {
    skips.add('no associatedAccessPolicies beside the entry: its policies were not read', item.value, item);
  }
  return {
    principal,
    type,
    username: textIn(item.value, 'username') ?? defaultUsername(principal),
    groups: textsIn(item.value, 'kubernetesGroups'),
    policies: (policies ?? []).flatMap((policy) => parsePolicy(policy, item, skips)),
    createdAt,
    modifiedAt: isoTime(fieldIn(item.value, 'modifiedAt')),
    tags: textMapIn(item.value, 'tags'),
    evidence: eksRef(source, item.line, { id: arn, at: createdAt }),
  };
}

function parsePolicy(value: unknown, item: Item, skips: SkipTally): readonly AssociatedPolicy[] {
  const policyArn = textIn(value, 'policyArn');
  if (policyArn === null) {
    skips.add('an associated policy without policyArn', value, item);
    return [];
  }
  const scope = parseAccessScope(fieldIn(value, 'accessScope'));
  if (scope === null) skips.add('an access scope that was not understood, taken as the whole cluster', value, item);
  return [
    {
      policyArn,
      name: policyArn.slice(policyArn.lastIndexOf('/') + 1),
      scope: scope ?? { type: 'cluster' },
      associatedAt: isoTime(fieldIn(value, 'associatedAt')),
      modifiedAt: isoTime(fieldIn(value, 'modifiedAt')),
    },
  ];
}

/** null for a scope that is not understood. */
export function parseAccessScope(value: unknown): AccessScope | null {
  const type = textIn(value, 'type');
  if (type === 'cluster') return { type };
  return type === 'namespace' && itemsIn(value, 'namespaces') !== null
    ? { type, namespaces: textsIn(value, 'namespaces') }
    : null;
}
