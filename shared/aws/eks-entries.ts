/** The access entries of a cluster, each with its associated policies, in as few calls as that takes. */
import {
  type AccessEntry,
  type AssociatedAccessPolicy,
  DescribeAccessEntryCommand,
  ListAccessEntriesCommand,
  ListAccessPoliciesCommand,
  ListAssociatedAccessPoliciesCommand,
} from '@aws-sdk/client-eks';
import { mapBounded } from '../bounded.ts';
import { askAws, type Listed, listPages } from './call.ts';
import { askOf, CALLS_AT_ONCE, type EksPlace, type ReadPart } from './eks-place.ts';

/** As access-entries.json holds it. */
export type EntryWithPolicies = AccessEntry & { readonly associatedAccessPolicies?: readonly AssociatedAccessPolicy[] };

/** EKS refuses policies on entries of these types. */
const TYPES_WITHOUT_POLICIES = new Set(['FARGATE_LINUX', 'EC2_LINUX', 'EC2_WINDOWS', 'HYBRID_LINUX', 'HYPERPOD_LINUX']);
/**
 * From so many entries on it is asked policy by policy who holds it: some 30 calls, and then one for each holder, in
 * place of one for each entry. Where most entries get their rights by groups, that saves nearly half of all calls.
 */
const ASK_BY_POLICY_FROM = 60;

export async function readAccessEntries(eks: EksPlace): Promise<ReadPart<EntryWithPolicies>> {
  const listed = await listEntryArns(eks);
  if (listed.items === null) return { items: null, failures: listed.failure === null ? [] : [listed.failure] };
  const described = await mapBounded(listed.items, CALLS_AT_ONCE, (arn) => describeEntry(eks, arn));
  const entries = described.flatMap(({ items }) => items ?? []);
  const holders = await findHolders(eks, entries);
  const read = await mapBounded(entries, CALLS_AT_ONCE, (entry) => addPolicies(eks, entry, holders));
  const failures = [listed.failure, ...[...described, ...read].flatMap((part) => part.failures)];
  return { items: read.flatMap(({ items }) => items ?? []), failures: failures.filter((failure) => failure !== null) };
}

function listEntryArns(eks: EksPlace, associatedPolicyArn?: string): Promise<Listed<string>> {
  const { client, place, signal } = eks;
  const filter = associatedPolicyArn === undefined ? {} : { associatedPolicyArn };
  return listPages(
    {
      asked: askOf(eks, 'ListAccessEntries'),
      ask: (nextToken) =>
        client.send(new ListAccessEntriesCommand({ clusterName: place.name, nextToken, ...filter }), {
          abortSignal: signal,
        }),
      tokenOf: (page) => page.nextToken,
    },
    (page) => page.accessEntries,
  );
}

async function describeEntry(eks: EksPlace, principalArn: string): Promise<ReadPart<AccessEntry>> {
  const { client, place, signal } = eks;
  const command = new DescribeAccessEntryCommand({ clusterName: place.name, principalArn });
  const asked = askOf(eks, 'DescribeAccessEntry', 'access-entry');
  const { value, failure } = await askAws(asked, () => client.send(command, { abortSignal: signal }));
  // Deleted since it was listed: it is no entry any more.
  if (failure?.kind === 'missing') return { items: [], failures: [] };
  if (failure !== null) return { items: null, failures: [failure] };
  return { items: value.accessEntry === undefined ? [] : [value.accessEntry], failures: [] };
}

/** null: nobody knows, so that every entry has to be asked. */
async function findHolders(eks: EksPlace, entries: readonly AccessEntry[]): Promise<ReadonlySet<string> | null> {
  if (entries.filter(canHoldPolicies).length < ASK_BY_POLICY_FROM) return null;
  const policies = await listPages(
    {
      asked: { ...askOf(eks, 'ListAccessPolicies'), resource: '*' },
      ask: (nextToken) => eks.client.send(new ListAccessPoliciesCommand({ nextToken }), { abortSignal: eks.signal }),
      tokenOf: (page) => page.nextToken,
    },
    (page) => page.accessPolicies,
  );
  if (policies.items === null || policies.failure !== null) return null;
  const arns = policies.items.flatMap(({ arn }) => arn ?? []);
  const held = await mapBounded(arns, CALLS_AT_ONCE, (arn) => listEntryArns(eks, arn));
  // An answer that is missing would pass for a policy that nobody holds.
  if (held.some(({ items, failure }) => items === null || failure !== null)) return null;
  return new Set(held.flatMap(({ items }) => items ?? []));
}

async function addPolicies(
  eks: EksPlace,
  entry: AccessEntry,
  holders: ReadonlySet<string> | null,
): Promise<ReadPart<EntryWithPolicies>> {
  const principalArn = entry.principalArn ?? '';
  const hasNone = !canHoldPolicies(entry) || (holders !== null && !holders.has(principalArn));
  if (hasNone) return { items: [{ ...entry, associatedAccessPolicies: [] }], failures: [] };
  const { client, place, signal } = eks;
  const { items, failure } = await listPages(
    {
      asked: askOf(eks, 'ListAssociatedAccessPolicies', 'access-entry'),
      ask: (nextToken) =>
        client.send(new ListAssociatedAccessPoliciesCommand({ clusterName: place.name, principalArn, nextToken }), {
          abortSignal: signal,
        }),
      tokenOf: (page) => page.nextToken,
    },
    (page) => page.associatedAccessPolicies,
  );
  if (failure?.kind === 'missing') return { items: [], failures: [] };
  const policies = items === null ? {} : { associatedAccessPolicies: items };
  return { items: [{ ...entry, ...policies }], failures: failure === null ? [] : [failure] };
}

function canHoldPolicies({ type }: AccessEntry): boolean {
  return !TYPES_WITHOUT_POLICIES.has(type ?? 'STANDARD');
}
