/** The first step of a nightly run: the accounts, regions and clusters that there are, and what lies with each account. */
import { mapBounded } from '../bounded.ts';
import { KeyholderError } from '../errors.ts';
import type { Scope } from '../model/evidence.ts';
import type { ClusterPlace, EvidenceRecorder, EvidenceSink, LiveSources, ObjectStore, Progress } from '../ports.ts';
import {
  type AuditPlan,
  type PlannedAccount,
  partKey,
  planKey,
  type RegionUnit,
  UNKNOWN_ACCOUNTS,
  unitKey,
  unitListKey,
  writeRunDocument,
} from './audit-run.ts';
import { listClusterPlaces } from './collect-live-region.ts';
import { attemptAccount, describeThrown, isDenied } from './live-attempt.ts';
import { describeListed, describeUnread } from './live-scope.ts';
import { watchMentions } from './watch-mentions.ts';

const ACCOUNTS_AT_ONCE = 20;
const REGIONS_AT_ONCE = 4;
const WRITES_AT_ONCE = 16;
const HOUR_MS = 3_600_000;
/** A run may start later than the one of the night before. */
const WINDOW_MS = 26 * HOUR_MS;

/** Of more clusters, the machine makes an execution of its own for each region. */
const MOST_IN_ONE_MAP = 2_000;

export interface PlanRequest {
  readonly run: string;
  readonly now: string;
  readonly regions: readonly string[];
  /** To look at these again, beside the nightly run; null: all that there are. */
  readonly only: readonly ClusterPlace[] | null;
}

/** `gap`: why there may be more of them. */
export interface AccountList {
  readonly accounts: readonly string[];
  readonly gap: Pick<Scope, 'status' | 'reason' | 'mend'> | null;
}

type AccountSources = Pick<LiveSources, 'readCaller' | 'listClusters' | 'readAccount'>;

export interface PlanPorts {
  readonly store: ObjectStore;
  readonly recorder: EvidenceRecorder;
  readonly listAccounts: () => Promise<AccountList>;
  readonly open: (account: string) => AccountSources;
  readonly signal: AbortSignal;
  readonly progress: Progress;
  /** Texts that go into the evidence as they are. */
  readonly copies: readonly { readonly file: 'state.json' | 'keyholder.yml'; readonly text: string }[];
}

/** What the machine goes on with: keys, and how many clusters there are. */
export interface Planned {
  readonly run: string;
  /** Where the list of units lies. */
  readonly list: string;
  /** Each with the keys of its units. */
  readonly accounts: readonly { readonly units: readonly string[] }[];
  readonly clusters: number;
  /** Not of a few clusters: there is a report to publish. */
  readonly isWhole: boolean;
}

/** What the organisation declares: who may administer, which risks it accepts. */
export async function readDeclared(store: ObjectStore): Promise<PlanPorts['copies']> {
  const bytes = await store.read('config/keyholder.yml');
  return bytes === null ? [] : [{ file: 'keyholder.yml', text: new TextDecoder().decode(bytes) }];
}

export async function planAudit(request: PlanRequest, ports: PlanPorts): Promise<Planned> {
  const { run, now } = request;
  const { store, recorder } = ports;
  for (const { file, text } of ports.copies) await recorder.write(file, text);
  const { only } = request;
  const { accounts, gap } = only === null ? await ports.listAccounts() : listConcerned(only);
  const window = { from: renderTime(Date.parse(now) - WINDOW_MS), to: now };
  const planned = await mapBounded(accounts, ACCOUNTS_AT_ONCE, (account) =>
    planAccount(account, { request, ports, accounts: new Set(accounts) }),
  );
  const units = planned.flatMap((one) => one.units);
  const plan: AuditPlan = {
    run,
    now,
    window,
    accounts: planned.map(({ planned: account }) => account),
    units,
    isRefresh: only !== null,
  };
  if (gap !== null) await writePart(store, partKey(run, UNKNOWN_ACCOUNTS), [{ ...ALL_PLACES, ...gap }]);
  await mapBounded(units, WRITES_AT_ONCE, (unit) =>
    writeRunDocument(store, unitKey(run, unit), { kind: 'unit', value: unit }),
  );
  await writeRunDocument(store, planKey(run), { kind: 'plan', value: plan });
  const keys = planned.map((one) => listKeys(run, one.units)).filter((list) => list.length > 0);
  const list = unitListKey(run);
  await store.write(list, JSON.stringify(keys.flat()));
  const clusters = units.reduce((sum, unit) => sum + unit.clusters.length, 0);
  // A larger list does not fit between two states: the machine reads it for itself then.
  const inMap = clusters > MOST_IN_ONE_MAP ? [] : keys;
  return { run, list, accounts: inMap.map((of) => ({ units: of })), clusters, isWhole: only === null };
}

/** A region without a cluster has nothing to collect. */
function listKeys(run: string, units: readonly RegionUnit[]): readonly string[] {
  return units.filter(({ clusters }) => clusters.length > 0).map((unit) => unitKey(run, unit));
}

function listConcerned(only: readonly ClusterPlace[]): AccountList {
  return { accounts: [...new Set(only.map(({ account }) => account))].sort(), gap: null };
}

const ALL_PLACES = { account: UNKNOWN_ACCOUNTS, region: 'all', clusters: 0 } as const;

async function writePart(store: ObjectStore, key: string, scope: readonly Scope[]): Promise<void> {
  const value = { scope, coverage: [], queries: [], mends: [], caller: null };
  await writeRunDocument(store, key, { kind: 'part', value });
}

interface AccountTask {
  readonly request: PlanRequest;
  readonly ports: PlanPorts;
  readonly accounts: ReadonlySet<string>;
}

interface AccountOutcome {
  readonly planned: PlannedAccount;
  readonly units: readonly RegionUnit[];
}

async function planAccount(account: string, { request, ports, accounts }: AccountTask): Promise<AccountOutcome> {
  const { store, recorder, signal, progress } = ports;
  const { run, only } = request;
  const regions = only === null ? request.regions : listRegions(account, only);
  progress.step(account);
  const sources = ports.open(account);
  try {
    const caller = await sources.readCaller();
    const directory = { isThere: false };
    const watched = watchMentions(watchDirectory(recorder, directory), accounts);
    const [ofAccount, listed] = await Promise.all([
      attemptAccount(sources, account, { sink: watched.sink, signal, progress }),
      mapBounded(regions, REGIONS_AT_ONCE, (region) => listRegion({ account, region, sources, only }, ports)),
    ]);
    const value = { ...ofAccount, scope: listed.map(({ scope }) => scope), caller };
    await writeRunDocument(store, partKey(run, account), { kind: 'part', value });
    const mentions = watched.listMentioned().filter((other) => other !== account);
    const units = listed.flatMap(({ unit }) => (unit === null ? [] : [unit]));
    return { planned: { account, mentions, isDirectory: directory.isThere }, units: chooseIamUnit(units) };
  } catch (error) {
    if (error instanceof KeyholderError && error.code === 'write-failed') throw error;
    await writeClosed(store, { run, account, regions, error });
    return { planned: { account, mentions: [], isDirectory: false }, units: [] };
  }
}

/** An account that lets us in nowhere does not stop the others, and stands in the scope of each region asked for. */
async function writeClosed(
  store: ObjectStore,
  closed: {
    readonly run: string;
    readonly account: string;
    readonly regions: readonly string[];
    readonly error: unknown;
  },
): Promise<void> {
  const { run, account, regions, error } = closed;
  const mend =
    'deploy resources/member-account.yml to the account, with the home account and external id of this stack';
  const unread = { reason: describeThrown(error), isDenied: isDenied(error), mend };
  const scope = regions.map((region) => describeUnread({ account, region }, unread));
  await writePart(store, partKey(run, account), scope);
}

/** Identity Center and the list of accounts lie with one account, and are about all. */
function watchDirectory(recorder: EvidenceRecorder, directory: { isThere: boolean }): EvidenceSink {
  return {
    write: (file, text) => {
      const isList = file.endsWith('/organization.json') && typeof text === 'string' && text.includes('"Accounts"');
      directory.isThere ||= isList || file.endsWith('/identity-center.json');
      return recorder.write(file, text);
    },
  };
}

function listRegions(account: string, only: readonly ClusterPlace[]): readonly string[] {
  return [...new Set(only.filter((place) => place.account === account).map(({ region }) => region))].sort();
}

interface ListTask {
  readonly account: string;
  readonly region: string;
  readonly sources: AccountSources;
  readonly only: PlanRequest['only'];
}

async function listRegion(
  { account, region, sources, only }: ListTask,
  { recorder, signal }: PlanPorts,
): Promise<{ readonly scope: Scope; readonly unit: RegionUnit | null }> {
  const listed = await listClusterPlaces({ account, sources }, region, { cluster: null, signal });
  if ('scope' in listed) return { scope: listed.scope, unit: null };
  const { strange } = listed;
  const isAsked = ({ name }: ClusterPlace): boolean =>
    only === null || only.some((place) => place.account === account && place.region === region && place.name === name);
  const places = listed.places.filter(isAsked);
  await mapBounded(places, WRITES_AT_ONCE, ({ name }) => recorder.addPlace(`${account}/${region}/${name}`));
  const clusters = places.map(({ name }) => name);
  const left = listed.places.length - places.length;
  const unasked = left === 0 ? null : `${left} of ${listed.places.length} clusters were not asked for`;
  const scope = describeListed({ account, region }, { clusters: clusters.length, strange, unasked });
  return { scope, unit: { account, region, clusters, readsIamTrail: false } };
}

const IAM_REGION = /^(?:us-east-1|cn-north-1|us-gov-west-1)$/;

/** Where it is the region of IAM itself, both share one pace. */
function chooseIamUnit(units: readonly RegionUnit[]): readonly RegionUnit[] {
  const withClusters = units.filter(({ clusters }) => clusters.length > 0);
  const chosen = withClusters.find(({ region }) => IAM_REGION.test(region)) ?? withClusters[0];
  return units.map((unit) => (unit === chosen ? { ...unit, readsIamTrail: true } : unit));
}

function renderTime(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
