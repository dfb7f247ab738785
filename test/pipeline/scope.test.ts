import { describe, expect, test } from 'vitest';
import { EMPTY_MANIFEST } from '../../shared/evidence/manifest.ts';
import { listScope } from '../../shared/pipeline/scope.ts';
import type { Places } from '../../shared/ports.ts';

const places: Places = {
  accounts: ['111122223333'],
  regions: [{ account: '111122223333', region: 'eu-central-1' }],
  clusters: [],
  problems: [],
  strangers: [],
};
const stated = {
  account: '111122223333',
  region: 'eu-central-1',
  status: 'audited',
  clusters: 0,
  reason: null,
  mend: null,
} as const;

describe('listScope', () => {
  test('calls a region audited when nothing of it is missing', () => {
    expect(listScope(places, EMPTY_MANIFEST, []).map(({ status }) => status)).toEqual(['audited']);
  });

  test('keeps a place that the manifest says was denied', () => {
    const denied = {
      ...stated,
      region: 'us-east-1',
      status: 'denied',
      reason: 'AccessDenied on eks:ListClusters',
    } as const;

    const scope = listScope(places, { ...EMPTY_MANIFEST, scope: [denied] }, []);

    expect(scope.map(({ region, status }) => [region, status])).toEqual([
      ['eu-central-1', 'audited'],
      ['us-east-1', 'denied'],
    ]);
  });

  test('names clusters that the manifest counts and no folder holds', () => {
    const [row] = listScope(places, { ...EMPTY_MANIFEST, scope: [{ ...stated, clusters: 2 }] }, []);

    expect([row?.status, row?.reason]).toEqual(['partial', '2 of 2 clusters have no folder']);
  });

  test('keeps what the manifest says of a region that was audited', () => {
    const reason = 'only cluster payments was asked for';
    const [row] = listScope(places, { ...EMPTY_MANIFEST, scope: [{ ...stated, reason }] }, []);

    expect([row?.status, row?.reason]).toEqual(['audited', reason]);
  });

  test('turns a folder that could not be listed into an unavailable place', () => {
    const problems = [{ file: '111122223333/us-east-1', reason: 'permission denied' }];

    expect(listScope({ ...places, problems }, EMPTY_MANIFEST, []).at(-1)).toMatchObject({
      region: 'us-east-1',
      status: 'unavailable',
      reason: '111122223333/us-east-1: permission denied',
    });
  });
});
