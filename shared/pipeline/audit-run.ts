/** A nightly run into the keys and documents under which one function leaves what the next one needs. */
import { KeyholderError } from '../errors.ts';
import { fieldIn } from '../evidence/json-fields.ts';
import { parseJson } from '../evidence/parse-json.ts';
import type { Window } from '../model/coverage.ts';
import type { EvidenceFile } from '../model/evidence.ts';
import type { ClusterPlace, LiveCaller, LiveRead, ObjectStore } from '../ports.ts';
import type { JudgedCluster } from './audit-clusters.ts';
import type { LiveResult } from './live-manifest.ts';

/** Of one account and region: what the machine audits together. */
export const CLUSTERS_AT_ONCE = 5;

/** Stands for accounts of which not even the number is known. */
export const UNKNOWN_ACCOUNTS = 'organization';

const RUN_SCHEMA = 'keyholder.run/v1';

/** What the run is about; made once, read by all. */
export interface AuditPlan {
  readonly run: string;
  readonly now: string;
  readonly window: Window;
  readonly accounts: readonly PlannedAccount[];
  readonly units: readonly RegionUnit[];
  /** Of clusters that were asked to be read again, beside the nightly run. */
  readonly isRefresh?: boolean;
}

export interface PlannedAccount {
  readonly account: string;
  /** Accounts of the run that its IAM names: who is behind a role may be found there. */
  readonly mentions: readonly string[];
  /** It holds people or accounts of the whole organisation. */
  readonly isDirectory: boolean;
}

/** One region of one account: what is started together, and shares its rates. */
export interface RegionUnit {
  readonly account: string;
  readonly region: string;
  readonly clusters: readonly string[];
  /** IAM records the calls of the whole account in one region: one unit reads them. */
  readonly readsIamTrail: boolean;
}

/** What the read of an account, a region or a cluster came to. */
export interface RunPart extends LiveResult {
  readonly caller: LiveCaller | null;
}

/** What one cluster came to. */
export interface ClusterAudit extends JudgedCluster {
  readonly files: readonly EvidenceFile[];
}

/** How far a region came before it was left to its queries. */
export interface RegionProgress {
  readonly queries: Readonly<Record<string, string>>;
  /** Not asked again. */
  readonly reads: readonly LiveRead[] | null;
}

interface RunDocuments {
  readonly plan: AuditPlan;
  readonly unit: RegionUnit;
  readonly part: RunPart;
  readonly audit: ClusterAudit;
  readonly progress: RegionProgress;
}

export function planKey(run: string): string {
  return `runs/${run}/plan.json`;
}

/** Ends with a slash: what lies behind it is an evidence folder. */
export function evidencePrefix(run: string): string {
  return `runs/${run}/evidence/`;
}

export function unitKey(run: string, { account, region }: Pick<RegionUnit, 'account' | 'region'>): string {
  return `runs/${run}/units/${account}/${region}.json`;
}

/** The keys of the units that have clusters, as a list of JSON. */
export function unitListKey(run: string): string {
  return `runs/${run}/units.json`;
}

/** `place` is an account, an account and region, or a cluster. */
export function partKey(run: string, ...place: readonly string[]): string {
  return `runs/${run}/parts/${place.join('/')}.json`;
}

export function progressKey(run: string, { account, region }: Pick<RegionUnit, 'account' | 'region'>): string {
  return `runs/${run}/queries/${account}/${region}.json`;
}

export function clusterKey(run: string, { account, region, name }: ClusterPlace): string {
  return `runs/${run}/clusters/${account}/${region}/${name}.json`;
}

const RUN = '[A-Za-z0-9_-]{1,80}';
const PLACE = '(\\d{12})/([a-z0-9-]{1,40})';
const UNIT_KEY = new RegExp(`^runs/(${RUN})/units/${PLACE}\\.json$`);
const CLUSTER_KEY = new RegExp(`^runs/(${RUN})/clusters/${PLACE}/([0-9A-Za-z][0-9A-Za-z_-]{0,99})\\.json$`);

export function parseUnitKey(key: string): { readonly run: string; readonly account: string; readonly region: string } {
  const [, run, account, region] = UNIT_KEY.exec(key) ?? [];
  if (run !== undefined && account !== undefined && region !== undefined) return { run, account, region };
  throw new KeyholderError('usage', `expected the key of a region of a run, got ${JSON.stringify(key.slice(0, 200))}`);
}

export function parseClusterKey(key: string): { readonly run: string; readonly place: ClusterPlace } {
  const [, run, account, region, name] = CLUSTER_KEY.exec(key) ?? [];
  if (run !== undefined && account !== undefined && region !== undefined && name !== undefined) {
    return { run, place: { account, region, name } };
  }
  throw new KeyholderError('usage', `expected the key of a cluster of a run, got ${JSON.stringify(key.slice(0, 200))}`);
}

/** As Step Functions names executions: anything else would be a path of its own. */
export function isRunName(name: string): boolean {
  return new RegExp(`^${RUN}$`).test(name);
}

export async function writeRunDocument<Kind extends keyof RunDocuments>(
  store: ObjectStore,
  key: string,
  { kind, value }: { readonly kind: Kind; readonly value: RunDocuments[Kind] },
): Promise<void> {
  await store.write(key, JSON.stringify({ schema: RUN_SCHEMA, kind, value }));
}

/** null where nothing was left: whoever had to leave it did not end. */
export async function findRunDocument<Kind extends keyof RunDocuments>(
  store: ObjectStore,
  key: string,
  kind: Kind,
): Promise<RunDocuments[Kind] | null> {
  const bytes = await store.read(key);
  if (bytes === null) return null;
  const document = parseJson(new TextDecoder().decode(bytes));
  if (isOfKind(document, kind)) return document.value;
  throw new KeyholderError('unreadable-input', `expected a ${kind} of a run at ${key}, got something else`);
}

export async function readRunDocument<Kind extends keyof RunDocuments>(
  store: ObjectStore,
  key: string,
  kind: Kind,
): Promise<RunDocuments[Kind]> {
  const found = await findRunDocument(store, key, kind);
  if (found === null) throw new KeyholderError('read-failed', `expected a ${kind} of a run at ${key}, got nothing`);
  return found;
}

/** Nobody but these functions writes there, so the kind stands for the rest. */
function isOfKind<Kind extends keyof RunDocuments>(
  document: unknown,
  kind: Kind,
): document is { readonly value: RunDocuments[Kind] } {
  return fieldIn(document, 'schema') === RUN_SCHEMA && fieldIn(document, 'kind') === kind;
}
