import { S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { createAwsAccess } from '../../shared/aws/access.ts';
import { fillFromCollector } from '../../shared/aws/collected-evidence.ts';
import type { StatedCoverage } from '../../shared/model/coverage.ts';

const PLACE = { account: '111122223333', region: 'eu-central-1', name: 'payments' };
const FOLDER = '111122223333/eu-central-1/payments';
const NOW = '2026-11-21T03:00:00Z';

const silent = (source: 'rbac' | 'aws-auth'): StatedCoverage => ({
  source,
  account: PLACE.account,
  region: PLACE.region,
  cluster: PLACE.name,
  part: null,
  status: 'unavailable',
  window: null,
  reason: 'no answer within 10 s',
});

type Stored = Readonly<Record<string, { readonly text: string; readonly at: string } | 'denied'>>;

/** A bucket in place of the S3 client that the access would make. */
async function fill(stored: Stored, coverage: readonly StatedCoverage[] = [silent('rbac'), silent('aws-auth')]) {
  const access = createAwsAccess({
    region: 'eu-central-1',
    version: '0',
    credentials: async () => ({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' }),
  });
  const asked: string[] = [];
  const client = new S3Client(access.configOf('eu-central-1'));
  client.send = async ({ input }: { input: { Key: string } }) => {
    asked.push(input.Key);
    const object = stored[input.Key];
    if (object === 'denied')
      throw Object.assign(new Error('no'), { name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
    if (object === undefined)
      throw Object.assign(new Error('none'), { name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    return { Body: { transformToString: async () => object.text }, LastModified: new Date(object.at) };
  };
  access.clients.set(S3Client, new Map([['eu-central-1', client]]));
  const files = new Map<string, string>();
  const mends = [{ reason: 'no answer', mend: 'run from a network that reaches the endpoint' }];
  const read = await fillFromCollector(
    access,
    { bucket: 'evidence', place: PLACE, now: NOW, read: { coverage, queries: [], mends } },
    {
      sink: { write: async (file, text) => void files.set(file, typeof text === 'string' ? text : '') },
      signal: new AbortController().signal,
      progress: { step: () => {}, end: () => {} },
    },
  );
  return { files, asked, mends: read.mends, told: read.coverage.map(({ status, reason }) => `${status}: ${reason}`) };
}

describe('fillFromCollector', () => {
  it('takes what is younger than 26 hours, and says how old it is', async () => {
    const { files, told, mends } = await fill({
      [`in-cluster/${FOLDER}/rbac.json`]: { text: '{"items": []}', at: '2026-11-20T22:00:00Z' },
      [`in-cluster/${FOLDER}/aws-auth.yaml`]: { text: 'data: {}', at: '2026-11-20T01:30:00Z' },
    });

    expect([...files]).toEqual([
      [`${FOLDER}/rbac.json`, '{"items": []}'],
      [`${FOLDER}/aws-auth.yaml`, 'data: {}'],
    ]);
    expect(told).toEqual([
      'complete: as the in-cluster collector read it 5 hours before this run',
      'complete: as the in-cluster collector read it 26 hours before this run',
    ]);
    expect(mends).toEqual([]);
  });

  it('leaves out what is older, and what is not there', async () => {
    const { files, told, mends } = await fill({
      [`in-cluster/${FOLDER}/rbac.json`]: { text: '{}', at: '2026-11-19T23:00:00Z' },
    });

    expect(files.size).toBe(0);
    expect(told).toEqual([
      'unavailable: no answer within 10 s; the in-cluster collector wrote rbac.json last 28 hours before this run: too old',
      `unavailable: no answer within 10 s; of the collector: s3:GetObject on in-cluster/${FOLDER}: it is not there`,
    ]);
    expect(mends).toHaveLength(1);
  });

  it('says what would let it read what the bucket denies', async () => {
    const { told, mends } = await fill({ [`in-cluster/${FOLDER}/rbac.json`]: 'denied' }, [silent('rbac')]);

    expect(told).toEqual([
      `unavailable: no answer within 10 s; of the collector: s3:GetObject on in-cluster/${FOLDER}: denied (AccessDenied)`,
    ]);
    expect(mends.map(({ mend }) => mend)).toEqual([
      'run from a network that reaches the endpoint',
      '{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::evidence/in-cluster/*"}',
    ]);
  });

  it('asks for nothing that the API server itself gave', async () => {
    expect((await fill({}, [])).asked).toEqual([]);
    expect((await fill({}, [silent('aws-auth')])).asked).toEqual([`in-cluster/${FOLDER}/aws-auth.yaml`]);
  });
});
