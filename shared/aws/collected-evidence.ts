/** What the in-cluster collector wrote to the evidence bucket, in place of an API server that cannot be reached from here. */
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Source, StatedCoverage } from '../model/coverage.ts';
import type { ClusterPlace, LiveRead, LiveTask } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { askAws } from './call.ts';
import { openNotes, type ReadNotes } from './live-read.ts';

/** It runs every night: a little more than a day is one run that came late, and more is one that did not come. */
const MOST_HOURS = 26;
const HOUR_MS = 3_600_000;
const FILES: ReadonlyMap<Source, string> = new Map([
  ['rbac', 'rbac.json'],
  ['aws-auth', 'aws-auth.yaml'],
]);

export interface Collected {
  readonly bucket: string;
  readonly place: ClusterPlace;
  /** ISO. */
  readonly now: string;
  /** What the API server itself gave. */
  readonly read: LiveRead;
}

/** Only what the API server did not give in whole is taken from the bucket. */
export async function fillFromCollector(access: AwsAccess, collected: Collected, task: LiveTask): Promise<LiveRead> {
  const notes = openNotes({ ...collected.place, cluster: collected.place.name });
  const coverage: StatedCoverage[] = [];
  for (const row of collected.read.coverage) {
    coverage.push(await replaceRow(access, { ...collected, row, addMends: notes.addMends }, task));
  }
  const isWhole = coverage.every(({ status }) => status === 'complete');
  const { mends } = notes.toLiveRead();
  return { ...collected.read, coverage, mends: isWhole ? [] : [...collected.read.mends, ...mends] };
}

interface Replaced extends Collected {
  readonly row: StatedCoverage;
  readonly addMends: ReadNotes['addMends'];
}

async function replaceRow(
  access: AwsAccess,
  { bucket, place, now, row, addMends }: Replaced,
  { sink, signal }: LiveTask,
): Promise<StatedCoverage> {
  const name = FILES.get(row.source);
  if (name === undefined || row.status === 'complete') return row;
  const folder = `${place.account}/${place.region}/${place.name}`;
  const Key = `in-cluster/${folder}/${name}`;
  const client = createClient(access, S3Client, access.region);
  const resource = `arn:${access.partition}:s3:::${bucket}/in-cluster/*`;
  const { value, failure } = await askAws(
    { action: 's3:GetObject', resource, on: `in-cluster/${folder}` },
    async () => {
      const { Body, LastModified } = await client.send(new GetObjectCommand({ Bucket: bucket, Key }), {
        abortSignal: signal,
      });
      return { text: (await Body?.transformToString()) ?? '', at: LastModified ?? null };
    },
  );
  if (failure !== null) {
    addMends([failure]);
    return { ...row, reason: `${row.reason ?? ''}; of the collector: ${failure.reason}` };
  }
  const hours = value.at === null ? Number.POSITIVE_INFINITY : (Date.parse(now) - value.at.getTime()) / HOUR_MS;
  const age = `${Math.max(0, Math.round(hours))} hours before this run`;
  if (hours > MOST_HOURS) {
    return { ...row, reason: `${row.reason ?? ''}; the in-cluster collector wrote ${name} last ${age}: too old` };
  }
  await sink.write(`${folder}/${name}`, value.text);
  return { ...row, status: 'complete', reason: `as the in-cluster collector read it ${age}` };
}
