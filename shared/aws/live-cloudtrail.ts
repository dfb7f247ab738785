/** What CloudTrail still knows of some clusters of one region: its event history, and with a bucket the trail's files. */
import type { ClusterPlace, LiveRead, LogTask } from '../ports.ts';
import type { AwsAccess } from './access.ts';
import { type HistoryRead, historyWindow, readEventHistory } from './cloudtrail.ts';
import { CLUSTER_EVENTS, IAM_EVENTS } from './cloudtrail-events.ts';
import type { EksRead } from './eks.ts';
import { coverWindow, openNotes, type ReadNotes } from './live-read.ts';
import { readTrailFiles, type TrailRead } from './trail-bucket.ts';
import { parseTrailBucket } from './trail-keys.ts';
import { listMoments, type TrailMoment } from './trail-moments.ts';

export interface TrailedCluster {
  readonly place: ClusterPlace;
  /** null where EKS said nothing of it. */
  readonly eks: EksRead | null;
  /** Whoever made it was proven by an earlier run: nothing is asked about that. */
  readonly isCreatorKnown: boolean;
}

export interface RegionTrail {
  readonly account: string;
  readonly region: string;
  readonly clusters: readonly TrailedCluster[];
  /** As the caller wrote it; null: only the event history is asked. */
  readonly trailBucket: string | null;
}

export async function readRegionTrail(access: AwsAccess, trail: RegionTrail, task: LogTask): Promise<LiveRead> {
  const { account, region, clusters } = trail;
  const notes = openNotes({ account, region, cluster: null });
  const areKnown = clusters.every(({ isCreatorKnown }) => isCreatorKnown);
  const calls = listAsked(CLUSTER_EVENTS, task);
  const eventNames = calls.filter((name) => name !== 'CreateCluster' || !areKnown);
  const history = await readEventHistory(access, { account, region, eventNames }, task);
  const files = await readOlder(access, trail, { history, notes, task });
  const failures = [...history.failures, ...files.failures];
  const { remarks } = files;
  addRow(notes, { ...history, failures, gaps: [...history.gaps, ...files.gaps], remarks }, calls);
  return notes.toLiveRead();
}

/** Only what the event history no longer has; that is another call's to read. */
export async function readOlderTrail(access: AwsAccess, trail: RegionTrail, task: LogTask): Promise<LiveRead> {
  const notes = openNotes({ account: trail.account, region: trail.region, cluster: null });
  const window = historyWindow(task);
  const files = await readOlder(access, trail, { history: { window }, notes, task });
  if (files.failures.length + files.gaps.length + files.remarks.length > 0)
    addRow(notes, { ...files, window, inPart: true }, listAsked(CLUSTER_EVENTS, task));
  return notes.toLiveRead();
}

/** Of the whole account: IAM has one region for all. */
export async function readIamTrail(
  access: AwsAccess,
  { account, region }: { readonly account: string; readonly region: string },
  task: LogTask,
): Promise<LiveRead> {
  const notes = openNotes({ account, region, cluster: null });
  const eventNames = listAsked(IAM_EVENTS, task);
  addRow(notes, await readEventHistory(access, { account, region, eventNames }, task), eventNames);
  return notes.toLiveRead();
}

function listAsked(names: readonly string[], { calls }: LogTask): readonly string[] {
  return calls === undefined ? names : names.filter((name) => calls.includes(name));
}

const UNDATED = 'EKS did not date everything of cluster';
const NOTHING_OLDER: Pick<TrailRead, 'failures' | 'gaps' | 'remarks'> = { failures: [], gaps: [], remarks: [] };

async function readOlder(
  access: AwsAccess,
  { account, region, clusters, trailBucket }: RegionTrail,
  {
    history,
    notes,
    task,
  }: { readonly history: Pick<HistoryRead, 'window'>; readonly notes: ReadNotes; readonly task: LogTask },
): Promise<Pick<TrailRead, 'failures' | 'gaps' | 'remarks'>> {
  if (trailBucket === null) return NOTHING_OLDER;
  const bucket = parseTrailBucket(trailBucket);
  if (bucket === null)
    return { ...NOTHING_OLDER, gaps: [{ reason: 'the name of the trail bucket is none that S3 takes', isCut: false }] };
  const isOlder = ({ atMs, eventNames }: TrailMoment): boolean =>
    atMs < Date.parse(history.window.from) && listAsked(eventNames, task).length > 0;
  const moments = clusters.flatMap(({ place, eks, isCreatorKnown }) =>
    eks === null ? [] : listMoments(place, eks, isCreatorKnown).filter(isOlder),
  );
  const gaps = clusters.flatMap(({ place, eks }) =>
    eks === null || eks.cluster === null || eks.entries === null
      ? [{ reason: `${UNDATED} ${place.name}: the trail's files were searched for the rest alone`, isCut: false }]
      : [],
  );
  if (moments.length === 0) return { ...NOTHING_OLDER, gaps };
  const read = await readTrailFiles(access, { bucket, place: { account, region }, moments }, task);
  const where = `s3://${bucket.bucket}/${bucket.root}/${account}/CloudTrail/${region}`;
  notes.addQuery(`${where}: ${read.files} files, ${read.bytes} bytes, around ${moments.length} moments`);
  return { ...read, gaps: [...gaps, ...read.gaps] };
}

/** `calls` were asked for, or are known from an earlier run. */
function addRow(
  notes: ReadNotes,
  read: HistoryRead & Partial<Pick<TrailRead, 'remarks'>>,
  calls: readonly string[],
): void {
  notes.addMends(read.failures);
  notes.addRow({ ...coverWindow('cloudtrail', read.window, read), calls });
}
