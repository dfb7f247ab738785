/** A trail's files around known moments into the records that tell who made a cluster or gave a grant, of any age. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import type { LiveTask } from '../ports.ts';
import { type AwsAccess, type ClientConfig, createClient } from './access.ts';
import { type Answer, askAws, askPages } from './call.ts';
import { renderOutput } from './cli-json.ts';
import { CLUSTER_EVENTS } from './cloudtrail-events.ts';
import type { Asked, Failure } from './failure.ts';
import type { Gap } from './live-read.ts';
import { type KeyRange, listKeyRanges, parseTrailKey, type TrailBucket, type TrailPlace } from './trail-keys.ts';
import { isRecordOf, nameMoment, type TrailMoment } from './trail-moments.ts';

export interface TrailRead {
  readonly files: number;
  /** As stored, compressed. */
  readonly bytes: number;
  readonly failures: readonly Failure[];
  readonly gaps: readonly Gap[];
  /** What takes nothing away from the window. */
  readonly remarks: readonly string[];
}

/** A bucket answers in its own region alone, which its name does not tell. */
class AnyRegionS3 extends S3Client {
  constructor(config: ClientConfig) {
    super({ ...config, followRegionRedirects: true });
  }
}

const MOST_FILES = 2_000;
const MOST_BYTES = 1024 ** 3;
/** One file, unpacked: CloudTrail's are of some megabytes. */
const MOST_UNPACKED_BYTES = 512 * 1024 ** 2;
const WANTED: ReadonlySet<unknown> = new Set(CLUSTER_EVENTS);
const unpack = promisify(gunzip);

export interface TrailSearch {
  readonly bucket: TrailBucket;
  readonly place: TrailPlace;
  readonly moments: readonly TrailMoment[];
}

/** Reads on in a range until every moment of it has its record; one without a record costs the whole range. */
export async function readTrailFiles(access: AwsAccess, search: TrailSearch, task: LiveTask): Promise<TrailRead> {
  const reading: Reading = {
    client: createClient(access, AnyRegionS3, search.place.region),
    search,
    task,
    open: new Set(search.moments),
    partition: access.partition,
    files: 0,
    bytes: 0,
    failures: [],
    gaps: [],
    isOver: false,
  };
  const atMs = search.moments.map((moment) => moment.atMs);
  for (const range of listKeyRanges(search.bucket, search.place, atMs)) {
    await readRange(reading, range);
    if (reading.isOver) break;
  }
  const open = [...reading.open];
  return { ...reading, remarks: open.length === 0 || reading.failures.length > 0 ? [] : [describeMissing(open)] };
}

const MOST_NAMED = 3;

/** EKS dates them, and they are older than the window that is covered: who it was stays open, and no more than that. */
function describeMissing(open: readonly TrailMoment[]): string {
  const named = open.slice(0, MOST_NAMED).map(nameMoment);
  const more = open.length > MOST_NAMED ? ` and ${open.length - MOST_NAMED} more` : '';
  return `the trail's files show no record of ${named.join(', ')}${more}`;
}

interface Reading {
  readonly client: S3Client;
  readonly search: TrailSearch;
  readonly task: LiveTask;
  readonly partition: string;
  /** Moments without their record. */
  readonly open: Set<TrailMoment>;
  files: number;
  bytes: number;
  readonly failures: Failure[];
  readonly gaps: Gap[];
  /** Nothing more is to be had, or wanted. */
  isOver: boolean;
}

async function readRange(reading: Reading, range: KeyRange): Promise<void> {
  const { client, search, task } = reading;
  const { bucket: Bucket } = search.bucket;
  const pages = askPages({
    asked: askOf(reading, 's3:ListBucket', Bucket),
    ask: (ContinuationToken) => {
      const { prefix: Prefix, startAfter: StartAfter } = range;
      const command = new ListObjectsV2Command({ Bucket, Prefix, StartAfter, ContinuationToken });
      return client.send(command, { abortSignal: task.signal });
    },
    tokenOf: (page) => page.NextContinuationToken,
  });
  for await (const { value, failure } of pages) {
    if (failure !== null) {
      reading.failures.push(failure);
      reading.isOver = true;
      return;
    }
    for (const { Key: key = '' } of value.Contents ?? []) {
      const named = parseTrailKey(key);
      if (named === null) continue;
      if (named.minute > range.lastMinute || !hasOpen(reading, range) || isSpent(reading)) return;
      await readTrailFile(reading, key, named.file);
    }
  }
}

function hasOpen({ open }: Reading, { fromMs, toMs }: KeyRange): boolean {
  return [...open].some(({ atMs }) => atMs >= fromMs && atMs <= toMs);
}

function isSpent(reading: Reading): boolean {
  if (reading.isOver || (reading.files < MOST_FILES && reading.bytes < MOST_BYTES)) return reading.isOver;
  reading.isOver = true;
  const reason = `the trail's files were left after ${reading.files} of them (${reading.bytes} bytes)`;
  reading.gaps.push({ reason, isCut: true });
  return true;
}

async function readTrailFile(reading: Reading, key: string, file: string): Promise<void> {
  const { client, search, task } = reading;
  const asked = askOf(reading, 's3:GetObject', `${search.bucket.bucket}/${search.bucket.root}/*`);
  const read = (): Promise<Answer<Uint8Array>> =>
    askAws(asked, async () => {
      const command = new GetObjectCommand({ Bucket: search.bucket.bucket, Key: key });
      const { Body } = await client.send(command, { abortSignal: task.signal });
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    });
  const first = await read();
  // The SDK repeats a call that got no answer, and not one whose body breaks off.
  const { value, failure } = first.failure?.kind === 'network' ? await read() : first;
  if (failure !== null) {
    reading.failures.push(failure);
    reading.isOver ||= failure.kind !== 'broken' && failure.kind !== 'missing';
    return;
  }
  reading.files += 1;
  reading.bytes += value.length;
  const records = await parseRecords(value);
  if (records === null) {
    reading.gaps.push({ reason: `a file of the trail could not be read: ${file}`, isCut: false });
    return;
  }
  for (const moment of reading.open) {
    if (records.some((record) => isRecordOf(moment, record))) reading.open.delete(moment);
  }
  // The rest of the file is the account's other business, and is not copied.
  const kept = records.filter((record) => WANTED.has((record as { eventName?: unknown } | null)?.eventName));
  if (kept.length === 0) return;
  await task.sink.write(`${search.place.account}/cloudtrail/${file}`, renderOutput({ Records: kept }));
}

/** null when the bytes are no file of a trail. */
async function parseRecords(bytes: Uint8Array): Promise<readonly unknown[] | null> {
  try {
    const text = (await unpack(bytes, { maxOutputLength: MOST_UNPACKED_BYTES })).toString('utf8');
    const { Records } = JSON.parse(text) as { Records?: unknown };
    return Array.isArray(Records) ? Records : null;
  } catch {
    return null;
  }
}

function askOf({ partition, search }: Reading, action: string, path: string): Asked {
  return { action, resource: `arn:${partition}:s3:::${path}`, on: `bucket ${search.bucket.bucket}` };
}
