import { describe, expect, test } from 'vitest';
import type { AccountEvidence } from '../../shared/model/evidence.ts';
import { collectAccount, joinAccount } from '../../shared/pipeline/collect-account.ts';
import { coverage } from '../support/coverage.ts';
import { clusterEvidence } from '../support/evidence.ts';
import { accountEvidence } from '../support/facts.ts';
import { type MemoryFiles, memoryReaders } from '../support/memory-readers.ts';
import { cloudTrailEvent } from '../support/records.ts';
import { smallEstate } from '../support/small-estate.ts';

const ACCOUNT = '111122223333';

function collect(files: MemoryFiles, brokenOff: readonly string[] = []): Promise<AccountEvidence> {
  return collectAccount({
    account: ACCOUNT,
    readers: memoryReaders(files, brokenOff),
    journal: { files: [], progress: { step: () => undefined, end: () => undefined } },
    windowOf: () => ({ from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z' }),
  });
}

const iamOf = (account: string): string => String(smallEstate()['111122223333/iam.json']).replaceAll(ACCOUNT, account);

describe('collectAccount', () => {
  test('does not take the IAM of another account for that of this one', async () => {
    const { iam, coverage: rows } = await collect({ [`${ACCOUNT}/iam.json`]: iamOf('444455556666') });

    expect(iam).toBeNull();
    expect(rows.find(({ source }) => source === 'iam')).toMatchObject({
      status: 'unavailable',
      reason: '111122223333/iam.json: it describes account 444455556666',
    });
  });

  test('gives nothing of an IAM file that breaks off, and says so', async () => {
    const file = `${ACCOUNT}/iam.json`;

    const { iam, coverage: rows } = await collect({ [file]: iamOf(ACCOUNT) }, [file]);

    expect(iam).toBeNull();
    expect(rows.find(({ source }) => source === 'iam')).toMatchObject({
      status: 'unavailable',
      reason: '111122223333/iam.json: expected the whole file, got its beginning',
    });
  });

  test('reads every CloudTrail file of the account as one source', async () => {
    const { coverage: rows } = await collect({
      [`${ACCOUNT}/cloudtrail/2026/a.json`]: '{"Records": []}',
      [`${ACCOUNT}/cloudtrail/2026/b.json`]: 'no record at all\n',
    });

    expect(rows[0]).toMatchObject({ source: 'cloudtrail', status: 'partial', read: 0, skipped: 1 });
  });

  test('says of each source that lies nowhere why it is not there', async () => {
    const { coverage: rows } = await collect({});

    expect(rows.map(({ source, status, reason }) => [source, status, reason])).toEqual([
      ['cloudtrail', 'unavailable', '111122223333/cloudtrail/ is not there'],
      ['iam', 'unavailable', '111122223333/iam.json is not there'],
      ['identity-center', 'unavailable', '111122223333/identity-center.json is not there'],
      ['organizations', 'unavailable', '111122223333/organization.json is not there'],
    ]);
  });
});

describe('joinAccount', () => {
  test('gives a cluster the records of its name and region, and the coverage of its account', () => {
    const account = accountEvidence({
      coverage: [coverage('iam', 'denied')],
      cloudTrail: [
        cloudTrailEvent({ eventId: 'own' }),
        cloudTrailEvent({ eventId: 'elsewhere', region: 'us-east-1' }),
        cloudTrailEvent({ eventId: 'of another account', account: '444455556666' }),
        cloudTrailEvent({ eventId: 'unplaced', account: null, region: null }),
        cloudTrailEvent({ eventId: 'other', clusterName: 'orders' }),
        cloudTrailEvent({ eventId: 'none', clusterName: null }),
      ],
    });

    const joined = joinAccount(clusterEvidence({ coverage: [], cloudTrail: [] }), account);

    expect(joined.cloudTrail.map(({ eventId }) => eventId)).toEqual(['own', 'unplaced']);
    expect(joined.coverage).toEqual([coverage('iam', 'denied')]);
  });

  test('leaves a cluster as it is where nothing is known of its account', () => {
    const evidence = clusterEvidence();

    expect(joinAccount(evidence, undefined)).toBe(evidence);
  });
});
