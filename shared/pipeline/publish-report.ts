/** The last step of a nightly run: what every unit left, and what none left, into one report, its files and a digest. */
import { mapBounded } from '../bounded.ts';
import { EMPTY_CONFIG, resolveConfig } from '../evidence/config.ts';
import { parseManifest } from '../evidence/manifest.ts';
import type { Publisher } from '../message-port.ts';
import type { PathHealth } from '../model/alert-path.ts';
import type { Config } from '../model/config.ts';
import type { EvidenceFile, Scope } from '../model/evidence.ts';
import type { Renewal } from '../model/renewal.ts';
import type { ClusterPlace, FindingStore, Readers, ReportSink, TopDocument } from '../ports.ts';
import { type ReportLink, renderDigest } from '../reports/digest.ts';
import { composeReport } from './audit.ts';
import { auditOneCluster, type ClusterPorts } from './audit-one-cluster.ts';
import {
  type AuditPlan,
  type ClusterAudit,
  clusterKey,
  findRunDocument,
  planKey,
  readRunDocument,
} from './audit-run.ts';
import { renderManifest } from './live-manifest.ts';
import { readNightChanges } from './night-changes.ts';
import { type CanaryPorts, type HealthQuestion, readPathHealth } from './path-health.ts';
import { readText } from './read-text.ts';
import { type RenewPorts, renewFindings } from './renew-findings.ts';
import { gatherParts, type PlaceParts, stateScope } from './run-parts.ts';
import { listScope } from './scope.ts';
import { FORMATS_FOR_PEOPLE, writeReports } from './tell.ts';
import { writePages } from './tell-html.ts';

export interface PublishPorts extends Omit<ClusterPorts, 'open' | 'findings'> {
  readonly reports: ReportSink;
  /** null where nobody can be given one. */
  readonly link: (path: string) => Promise<ReportLink | null>;
  /** null: nobody is told. */
  readonly publisher: Publisher | null;
  /** Where it is remembered what came by the way of alerts; null: none are expected. */
  readonly canaries: CanaryPorts | null;
  /** Where findings are remembered; null: nowhere. */
  readonly rows: Pick<FindingStore, 'list'> | null;
  /** null: nothing is given to Security Hub. */
  readonly renewal: RenewPorts | null;
}

export interface Published {
  readonly reports: readonly string[];
  readonly clusters: number;
  readonly notAudited: number;
  readonly path: PathHealth;
  readonly renewal: Renewal | null;
}

const READS_AT_ONCE = 64;
/** The layout of a picture takes a while: of more clusters, the other formats have to do. */
const MOST_DRAWN = 200;
const MOST_BYTES = 64 * 1024 * 1024;

export async function publishReport({ run }: { readonly run: string }, ports: PublishPorts): Promise<Published> {
  const plan = await readRunDocument(ports.store, planKey(run), 'plan');
  const audits = await mapBounded(listPlaces(plan), READS_AT_ONCE, (place) => readAudit(run, place, ports));
  const { report, config } = await joinRun({ run, plan, audits }, ports);
  const paths = [...(await writeReports(report, FORMATS_FOR_PEOPLE, ports.reports))];
  const isDrawn = audits.length <= MOST_DRAWN && !ports.signal.aborted;
  if (isDrawn) paths.unshift(await writePages(report, ports.reports));
  const [first] = paths;
  const link = first === undefined ? null : await ports.link(first);
  const path = await readPathHealth(askOf(plan, config), ports.canaries);
  const renewal = await renewFindings({ report, plan, signal: ports.signal }, ports.renewal);
  const changes = await readNightChanges(report, ports.rows);
  await ports.publisher?.publish(renderDigest(report, link, { path, renewal, changes }));
  return { reports: paths, clusters: audits.length, notAudited: report.summary.notAudited, path, renewal };
}

function askOf({ accounts, units, now }: AuditPlan, { breakGlass }: Config): HealthQuestion {
  const places = units.filter(({ clusters }) => clusters.length > 0);
  return { places, accounts: accounts.map(({ account }) => account), breakGlass, now };
}

/** In the order of an evidence folder. */
function listPlaces({ units }: AuditPlan): readonly ClusterPlace[] {
  const places = units.flatMap(({ account, region, clusters }) => clusters.map((name) => ({ account, region, name })));
  const keyOf = ({ account, region, name }: ClusterPlace): string => `${account} ${region} ${name}`;
  return places.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** A cluster of which nothing was left is in the report all the same: that nothing is known of it. */
async function readAudit(run: string, place: ClusterPlace, ports: PublishPorts): Promise<ClusterAudit> {
  const key = clusterKey(run, place);
  const found = await findRunDocument(ports.store, key, 'audit');
  if (found !== null) return found;
  const failure = { reason: 'the function that was to audit it left nothing' };
  const noSources = (): never => {
    throw new Error('expected no live read of a cluster that was given up, got one');
  };
  await auditOneCluster({ cluster: key, failure }, { ...ports, open: noSources });
  return readRunDocument(ports.store, key, 'audit');
}

interface AuditedRun {
  readonly run: string;
  readonly plan: AuditPlan;
  readonly audits: readonly ClusterAudit[];
}

async function joinRun({ run, plan, audits }: AuditedRun, ports: PublishPorts) {
  const { now, window, units } = plan;
  const parts = await gatherParts({ run, plan }, ports.store);
  const stated = stateScope(parts);
  const manifest = await leaveManifest({ plan, parts, stated }, ports);
  const regions = units.map(({ account, region }) => ({ account, region }));
  const read = audits.map(({ report }) => ({ cluster: report, coverage: report.coverage }));
  const readers = ports.openEvidence({ accounts: [], regions, clusters: [], problems: [], strangers: [] });
  const declared = await readTop(readers, 'config');
  const config = declared === null ? EMPTY_CONFIG : resolveConfig(declared.text, declared.file.file);
  const files = new Map(
    [...audits.flatMap((audit) => audit.files), ...manifest.files].map((file) => [file.file, file]),
  );
  const frame = {
    window,
    scope: listScope({ regions, problems: [] }, { scope: stated }, read),
    config,
    files: [...files.values()].sort((a, b) => (a.file < b.file ? -1 : 1)),
    strangers: [],
    caller: manifest.caller,
    queries: manifest.queries,
  };
  return { report: composeReport(frame, audits, now), config };
}

interface StatedRun {
  readonly plan: AuditPlan;
  readonly parts: readonly PlaceParts[];
  readonly stated: readonly Scope[];
}

/** The run's evidence is a whole folder then: whoever audits it gets the report of this run. */
async function leaveManifest({ plan, parts, stated }: StatedRun, ports: PublishPorts) {
  const all = parts.flatMap((one) => one.parts);
  const callers = all.flatMap(({ caller }) => (caller === null ? [] : [caller]));
  const results = [
    { scope: stated, coverage: [], queries: [], mends: [] },
    ...all.map((part) => ({ ...part, scope: [] })),
  ];
  const text = renderManifest({ now: plan.now, window: plan.window, callers, results });
  await ports.sink.write('manifest.json', text);
  const none = { accounts: [], regions: [], clusters: [], problems: [], strangers: [] };
  const left = await readTop(ports.openEvidence(none), 'manifest');
  const files: readonly EvidenceFile[] = left === null ? [] : [left.file];
  const { manifest } = parseManifest(text, 'manifest.json');
  return { caller: manifest.caller, queries: manifest.queries, files };
}

async function readTop(
  readers: Readers,
  document: TopDocument,
): Promise<{ readonly text: string; readonly file: EvidenceFile } | null> {
  const raw = await readers.readTop(document);
  const [file] = raw.status === 'read' ? raw.files : [];
  if (file === undefined) return null;
  const { text } = await readText(file, MOST_BYTES);
  return { text, file: { file: file.file, sha256: file.sha256() ?? '' } };
}
