/** A report and an earlier one into the report with a mark on every holder: new, raised, lowered, same; and what is gone. */
import { type Access, type Holder, LEVELS, type People } from '../model/access.ts';
import type { Coverage } from '../model/coverage.ts';
import type { Scope } from '../model/evidence.ts';
import type { ClusterReport, Report } from '../model/report.ts';
import type { EarlierReport, GoneHolder, ReviewChange } from '../model/review.ts';
import { arnKey } from '../rules/arn.ts';

export function compareReports(report: Report, earlier: EarlierReport): Report {
  const before = new Map(earlier.clusters.map((cluster) => [cluster.arn, cluster]));
  const clusters = report.clusters.map((cluster) => markCluster(cluster, before.get(cluster.arn)));
  return { ...report, clusters, comparison: { earlierAt: earlier.generatedAt, gone: listGone(report, earlier) } };
}

type EarlierClusterRows = EarlierReport['clusters'][number];
type EarlierRow = EarlierClusterRows['holders'][number];

function markCluster(cluster: ClusterReport, earlier: EarlierClusterRows | undefined): ClusterReport {
  const isSame = earlier !== undefined && isSameLife(cluster, earlier);
  const known = new Map(isSame ? earlier.holders.map((row) => [keyOf(row.holder), row]) : []);
  const more = isSame || earlier === undefined ? doubtNew(earlier) : null;
  const doubts = { more, less: doubtGone(cluster.coverage) };
  const marked = new Map(
    cluster.access.map((row) => [row, { ...row, change: markHolder(row, known.get(keyOf(row.holder)), doubts) }]),
  );
  const mark = (row: Access): Access => marked.get(row) ?? row;
  return { ...cluster, access: cluster.access.map(mark), keyholders: cluster.keyholders.map(mark) };
}

/** A cluster that was made again under its name holds nothing of the one before. */
function isSameLife({ createdAt }: ClusterReport, earlier: EarlierClusterRows): boolean {
  return createdAt === null || earlier.createdAt === null || Date.parse(createdAt) === Date.parse(earlier.createdAt);
}

function doubtNew(earlier: EarlierClusterRows | undefined): string | null {
  if (earlier === undefined) return 'the earlier report does not have the cluster';
  return earlier.unread.length === 0 ? null : `the earlier report had not read ${earlier.unread.join(', ')} in whole`;
}

/** What may be wrong with a mark that says there is more than before, or less. */
interface Doubts {
  readonly more: string | null;
  readonly less: string | null;
}

function markHolder({ level, people }: Access, before: EarlierRow | undefined, doubts: Doubts): ReviewChange {
  const names = people.list.map(({ name }) => name);
  if (before === undefined) return { kind: 'new', before: null, doubt: doubts.more, newPeople: names, gonePeople: [] };
  const step = LEVELS.indexOf(level) - LEVELS.indexOf(before.level);
  const stepDoubt = step === 0 ? null : step > 0 ? doubts.more : doubts.less;
  // Where people could not be read, an empty list says nothing about them.
  const areKnown = before.arePeopleKnown && people.status !== 'not-readable';
  return {
    kind: step > 0 ? 'raised' : step < 0 ? 'lowered' : 'same',
    before: before.level,
    doubt: stepDoubt ?? (areKnown ? null : 'the people behind it could not be read, then or now'),
    ...(areKnown ? comparePeople(people, before) : { newPeople: [], gonePeople: [] }),
  };
}

function comparePeople({ list }: People, before: EarlierRow): Pick<ReviewChange, 'newPeople' | 'gonePeople'> {
  const known = new Set(before.people.map(personKey));
  const now = new Set(list.map(personKey));
  return {
    newPeople: list.filter((person) => !known.has(personKey(person))).map(({ name }) => name),
    gonePeople: before.people.filter((person) => !now.has(personKey(person))),
  };
}

function listGone({ clusters, scope, provenance }: Report, earlier: EarlierReport): readonly GoneHolder[] {
  const now = new Map(clusters.map((cluster) => [cluster.arn, cluster]));
  return earlier.clusters.flatMap((before) => {
    const { arn, name, account, region, holders } = before;
    const current = now.get(arn);
    const isSame = current !== undefined && isSameLife(current, before);
    const standing = new Set(isSame ? current.access.map(({ holder }) => keyOf(holder)) : []);
    const place = scope.find((row) => row.account === account && row.region === region);
    const doubt =
      current === undefined ? doubtCluster(place, provenance.caller) : isSame ? doubtGone(current.coverage) : null;
    return holders
      .filter(({ holder }) => !standing.has(keyOf(holder)))
      .map(({ holder, principalArn, level, people }) => {
        return { holder, principalArn, level, people, cluster: { arn, name, account, region }, doubt };
      });
  });
}

/** A cluster is gone where all were listed: a folder that somebody filled by hand lists none, and one may be asked for by name. */
function doubtCluster(place: Scope | undefined, caller: string | null): string | null {
  if (place === undefined) return 'its account and region were not asked for';
  if (place.status !== 'audited') return `its account and region were ${place.status}`;
  return caller === null ? 'nothing shows that all clusters of its region were listed' : place.reason;
}

const DOORS = new Set<string>(['eks-api', 'aws-auth', 'rbac']);

/** A door that was not read may still let it in. */
function doubtGone(coverage: readonly Coverage[]): string | null {
  const unread = coverage.filter(({ source, status, parts }) => {
    const entries = parts?.['access-entries'] ?? 'complete';
    return DOORS.has(source) && (status !== 'complete' || entries !== 'complete');
  });
  return unread.length === 0 ? null : `not read in whole: ${unread.map(({ source }) => source).join(', ')}`;
}

/** Whether IAM was read decides whether an ARN carries its path: it is the same principal. */
function keyOf({ kind, name }: Holder): string {
  return `${kind} ${kind === 'iam' ? arnKey(name) : name}`;
}

function personKey({ kind, name }: { readonly kind: string; readonly name: string }): string {
  return `${kind} ${name}`;
}
