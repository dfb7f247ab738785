import { describe, expect, it } from 'vitest';
import { openBucket } from '../../shared/aws/bucket.ts';
import { describeObjectStore } from '../contracts/object-store.ts';
import { describeSnapshotStore } from '../contracts/snapshot-store.ts';
import { openLiveAws } from '../support/live-aws.ts';

async function openOne() {
  const { access } = await openLiveAws({ buckets: ['reports'] });
  return openBucket(access, 'reports');
}

describeObjectStore('a bucket', openOne);
describeSnapshotStore('a bucket', openOne);

describe('openBucket', () => {
  it('gives back what was written, and null where nothing lies', async () => {
    const { access } = await openLiveAws({ buckets: ['reports'] });
    const store = openBucket(access, 'reports');

    await store.write('runs/one/a.json', '{"a":1}');
    await store.write('runs/one/b.gz', Buffer.from([1, 2, 3]));

    expect(Buffer.from((await store.read('runs/one/a.json')) ?? []).toString()).toBe('{"a":1}');
    expect([...((await store.read('runs/one/b.gz')) ?? [])]).toEqual([1, 2, 3]);
    expect(await store.read('runs/one/c.json')).toBeNull();
  });

  it('lists keys over pages, in order', async () => {
    const { access } = await openLiveAws({ buckets: ['reports'], pageSizes: { default: 2 } });
    const store = openBucket(access, 'reports');
    for (const name of ['e', 'c', 'a', 'd', 'b']) await store.write(`runs/one/${name}`, '');
    await store.write('runs/two/a', '');

    expect(await store.list('runs/one/')).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => `runs/one/${name}`));
    expect(await store.list('runs/three/')).toEqual([]);
  });

  it('says of a failed call which it was, and on what', async () => {
    const { access } = await openLiveAws({ buckets: ['reports'], caller: { deny: ['s3:*'] } });
    const store = openBucket(access, 'reports');

    await expect(store.read('a.json')).rejects.toMatchObject({
      code: 'read-failed',
      message: 's3:GetObject on s3://reports/a.json: denied (with an explicit deny in an identity-based policy)',
    });
    await expect(store.write('a.json', '')).rejects.toMatchObject({ code: 'write-failed' });
    await expect(store.list('a')).rejects.toMatchObject({ code: 'read-failed' });
  });

  it('takes a bucket that is not there for a failure, not for an object that is not', async () => {
    const { access } = await openLiveAws();

    await expect(openBucket(access, 'reports').read('a.json')).rejects.toMatchObject({
      code: 'read-failed',
      message: 's3:GetObject on s3://reports/a.json: it is not there',
    });
  });
});
