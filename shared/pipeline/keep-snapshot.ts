/** The evidence that an audit of one cluster rested on into a snapshot: a folder of its own, which later events start from. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { RememberedSnapshot } from '../model/remembered.ts';
import {
  ACCOUNT_DOCUMENTS,
  CLUSTER_DOCUMENTS,
  type ClusterPlace,
  type FindingStore,
  type ObjectStore,
  type Raw,
  REGION_DOCUMENTS,
  type Readers,
  TOP_DOCUMENTS,
} from '../ports.ts';
import { keepRow, readRow } from './remembered-row.ts';

export interface SnapshotPorts {
  readonly store: FindingStore;
  readonly objects: ObjectStore;
}

export interface SnapshotSource {
  readonly clusterArn: string;
  readonly place: ClusterPlace;
  /** ISO: up to when the evidence reaches. */
  readonly at: string;
  readonly readers: Readers;
  /** Other accounts whose IAM decides who is admin, too. */
  readonly accounts?: readonly string[];
}

interface PackedFile {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** The pointer is written last: whoever follows it finds a snapshot that is whole. The same evidence writes nothing again. */
export async function keepSnapshot(
  { store, objects }: SnapshotPorts,
  source: SnapshotSource,
): Promise<RememberedSnapshot> {
  const { clusterArn, place, at } = source;
  const files = await packFiles(source);
  const version = hashFiles(files);
  const key = `snapshots/${place.account}/${place.region}/${place.name}/${version}/`;
  const snapshot: RememberedSnapshot = { key, version, at };
  const row = { partition: clusterArn, key: 'snapshot', kind: 'snapshot' } as const;
  const before = await readRow(store, row);
  if (before !== null && isLater(before.at, at)) return before;
  if (before?.version !== version) {
    for (const { file, bytes } of files) await objects.write(`${key}${file}.gz`, bytes);
  }
  const change = (stored: RememberedSnapshot | null) => (stored !== null && isLater(stored.at, at) ? null : snapshot);
  await keepRow(store, { ...row, change });
  return snapshot;
}

function isLater(a: string, b: string): boolean {
  return Date.parse(a) > Date.parse(b);
}

async function packFiles({ place, readers, accounts = [] }: SnapshotSource): Promise<readonly PackedFile[]> {
  const { account, region } = place;
  const raws: Raw[] = [];
  for (const document of TOP_DOCUMENTS) raws.push(await readers.readTop(document));
  for (const document of ACCOUNT_DOCUMENTS) raws.push(await readers.readAccount(account, document));
  for (const other of accounts) if (other !== account) raws.push(await readers.readAccount(other, 'iam'));
  for (const document of REGION_DOCUMENTS) raws.push(await readers.readRegion(account, region, document));
  for (const document of CLUSTER_DOCUMENTS) raws.push(await readers.readCluster(place, document));
  const packed = new Map<string, PackedFile>();
  for (const raw of raws) {
    if (raw.status !== 'read') continue;
    for (const file of raw.files) {
      const bytes = await readWhole(file.read());
      const name = file.file.replace(/\.gz$/, '');
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      packed.set(name, { file: name, sha256, bytes: gzipSync(bytes) });
    }
  }
  return [...packed.values()].sort((a, b) => (a.file < b.file ? -1 : 1));
}

async function readWhole(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

function hashFiles(files: readonly PackedFile[]): string {
  const content = JSON.stringify(files.map(({ file, sha256 }) => [file, sha256]));
  return createHash('sha256').update(content).digest('hex').slice(0, 32);
}
