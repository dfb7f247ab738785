import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { openBytes, openObjectEvidence } from '../../shared/offline/object-evidence.ts';
import { openObjectRecorder } from '../../shared/offline/object-recorder.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { ESTATE, ESTATE_NOW } from '../support/estate.ts';
import { type MemoryObjects, openMemoryObjects } from '../support/memory-objects.ts';

const PREFIX = 'runs/one/evidence/';

async function storeEstate(): Promise<MemoryObjects> {
  const store = openMemoryObjects();
  const recorder = openObjectRecorder(store, PREFIX);
  for (const entry of readdirSync(ESTATE, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const file = path.slice(ESTATE.length).replace(/^\//, '');
    if (entry.isFile()) await recorder.write(file.replace(/\.gz$/, ''), readFileSync(path, 'utf8'));
  }
  return store;
}

/** References name the file as it lies. */
function nameUnpacked(clusters: unknown): unknown {
  return JSON.parse(JSON.stringify(clusters).replaceAll('.gz', ''));
}

describe('openObjectEvidence', () => {
  it('gives the report that the same folder gives on disk', async () => {
    const store = await storeEstate();

    const stored = auditEvidence(await collectEvidence(openObjectEvidence(store, PREFIX)), ESTATE_NOW);
    const onDisk = auditEvidence(await collectEvidence(openEvidenceFolder(ESTATE)), ESTATE_NOW);

    expect(stored.clusters.map(({ arn }) => arn)).toEqual(onDisk.clusters.map(({ arn }) => arn));
    expect(nameUnpacked(stored.clusters)).toEqual(nameUnpacked(onDisk.clusters));
    expect(stored.scope).toEqual(onDisk.scope);
  });

  it('reads only the places it is given', async () => {
    const store = await storeEstate();
    const payments = { account: '111122223333', region: 'eu-central-1', name: 'payments' };
    const places = { accounts: ['111122223333'], regions: [], clusters: [payments], problems: [], strangers: [] };

    const evidence = await collectEvidence(openObjectEvidence(store, PREFIX, places));

    expect(evidence.clusters.map(({ cluster }) => cluster.name)).toEqual(['payments']);
  });

  it('tells places of which nothing was read, and names what belongs nowhere', async () => {
    const store = openMemoryObjects();
    await openObjectRecorder(store, PREFIX).addPlace('111122223333/eu-central-1/payments');
    await store.write(`${PREFIX}notes.txt`, 'x');
    await store.write(`${PREFIX}111122223333/notes.txt`, 'x');

    const places = await openObjectEvidence(store, PREFIX).places();

    expect(places).toEqual({
      accounts: ['111122223333'],
      regions: [{ account: '111122223333', region: 'eu-central-1' }],
      clusters: [{ account: '111122223333', region: 'eu-central-1', name: 'payments' }],
      problems: [],
      strangers: ['111122223333/notes.txt', 'notes.txt'],
    });
  });

  it('takes a file that nobody packed, and says which is missing', async () => {
    const store = openMemoryObjects();
    await store.write(`${PREFIX}111122223333/iam.json`, '{}');
    const readers = openObjectEvidence(store, PREFIX);

    const raw = await readers.readAccount('111122223333', 'iam');

    expect(raw.status === 'read' && raw.files.map(({ file }) => file)).toEqual(['111122223333/iam.json']);
    expect(await readers.readAccount('111122223333', 'cloudtrail')).toEqual({
      status: 'unavailable',
      reason: 'cloudtrail/ is not in the folder',
    });
    expect(await readers.readRegion('111122223333', 'eu-central-1', 'trails')).toEqual({
      status: 'unavailable',
      reason: 'trails.json is not in the folder',
    });
  });

  it('says of a file of the trail that went away since it was listed that it was not read', async () => {
    const store = openMemoryObjects();
    const key = `${PREFIX}111122223333/cloudtrail/a.json`;
    await store.write(key, '{"Records":[]}');
    const gone = { list: store.list, read: async () => null };

    const raw = await openObjectEvidence(gone, PREFIX).readAccount('111122223333', 'cloudtrail');
    const [file] = raw.status === 'read' ? raw.files : [];

    await expect(file?.read()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'read-failed',
      message: '111122223333/cloudtrail/a.json: expected a file, got none since it was listed',
    });
  });
});

describe('openBytes', () => {
  it('knows the hash of what was stored once it was read to its end', async () => {
    const file = openBytes('a.json', Buffer.from('{}'));

    const before = file.sha256();
    for await (const _ of file.read());

    expect(before).toBeNull();
    expect(file.sha256()).toBe('44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });
});
