import { describe, expect, test } from 'vitest';
import { EMPTY_MANIFEST, type Manifest } from '../../shared/evidence/manifest.ts';
import type { StatedCoverage } from '../../shared/model/coverage.ts';
import { applyStated, findStatedWindow } from '../../shared/pipeline/stated-coverage.ts';
import { coverage, eksCoverage } from '../support/coverage.ts';

const place = { account: '111122223333', region: 'eu-central-1', name: 'payments' };
const window = { from: '2026-08-23T00:00:00Z', to: '2026-11-21T00:00:00Z' };

function manifest(more: Partial<StatedCoverage>): Manifest {
  const row: StatedCoverage = {
    source: 'audit-log',
    account: null,
    region: null,
    cluster: null,
    part: null,
    status: 'complete',
    window: null,
    reason: null,
    ...more,
  };
  return { ...EMPTY_MANIFEST, window, coverage: [row] };
}

describe('findStatedWindow', () => {
  test('prefers the window of the source over that of the folder', () => {
    const own = { from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z' };

    expect(findStatedWindow(manifest({ window: own }), place, 'audit-log')).toEqual(own);
    expect(findStatedWindow(manifest({ window: own }), place, 'cloudtrail')).toEqual(window);
  });

  test('ignores what is stated of another cluster', () => {
    const own = { from: '2026-11-01T00:00:00Z', to: '2026-11-21T00:00:00Z' };

    expect(findStatedWindow(manifest({ window: own, cluster: 'billing' }), place, 'audit-log')).toEqual(window);
  });

  test('knows no window where there is no manifest', () => {
    expect(findStatedWindow(EMPTY_MANIFEST, place, 'audit-log')).toBeNull();
  });
});

describe('applyStated', () => {
  test('marks a source as cut, and puts together the calls of its regions', () => {
    const rows = [
      { region: 'eu-central-1', calls: ['CreateCluster'] },
      { region: 'us-east-1', calls: ['CreateRole'], status: 'partial', reason: 'out of time', isCut: true },
    ] as const;
    const stated = rows.flatMap((row) => manifest({ source: 'cloudtrail', ...row }).coverage);
    const account = { account: '111122223333', region: null, name: null };

    const [row] = applyStated({ ...EMPTY_MANIFEST, coverage: stated }, account, [coverage('cloudtrail')]);

    expect(row).toMatchObject({ status: 'partial', isCut: true, calls: ['CreateCluster', 'CreateRole'] });
  });

  test('keeps every remark on a source that was read in whole', () => {
    const remark = (reason: string) => manifest({ reason }).coverage;
    const stated = { ...EMPTY_MANIFEST, coverage: [...remark('0.01 GB scanned'), ...remark('asked for late')] };

    const [row] = applyStated(stated, place, [coverage('audit-log', 'complete')]);

    expect([row?.status, row?.reason]).toEqual(['complete', '0.01 GB scanned; asked for late']);
  });

  test('believes a manifest that says a source was denied', () => {
    const stated = manifest({ status: 'denied', reason: 'AccessDenied on logs:StartQuery' });

    const [row] = applyStated(stated, place, [coverage('audit-log', 'unavailable', { reason: 'no file' })]);

    expect([row?.status, row?.reason]).toEqual(['denied', 'AccessDenied on logs:StartQuery; no file']);
  });

  test('does not believe a manifest that says more was read than lies there', () => {
    const [row] = applyStated(manifest({ status: 'partial', reason: 'the last page failed' }), place, [
      coverage('audit-log', 'unavailable', { reason: 'no file' }),
    ]);

    expect([row?.status, row?.reason]).toEqual(['unavailable', 'the last page failed; no file']);
  });

  test('takes the worst of several statements, whatever their order', () => {
    const { coverage: rows } = manifest({ status: 'denied', reason: 'a' });
    const { coverage: others } = manifest({ status: 'partial', reason: 'b' });
    const statusOf = (coverageRows: typeof rows) =>
      applyStated({ ...manifest({}), coverage: coverageRows }, place, [coverage('audit-log')])[0]?.status;

    expect([statusOf([...rows, ...others]), statusOf([...others, ...rows])]).toEqual(['denied', 'denied']);
  });

  test('does not believe a manifest that calls a damaged source complete', () => {
    const [row] = applyStated(manifest({}), place, [coverage('audit-log', 'partial', { reason: '3 skipped' })]);

    expect(row?.status).toBe('partial');
  });

  test('weakens one piece of the EKS API, and the whole only where it is a core piece', () => {
    const entries = applyStated(manifest({ source: 'eks-api', part: 'access-entries', status: 'denied' }), place, [
      { ...eksCoverage({}), status: 'complete', reason: null },
    ]);
    const nodes = applyStated(manifest({ source: 'eks-api', part: 'node-groups', status: 'denied' }), place, [
      { ...eksCoverage({}), status: 'complete', reason: null },
    ]);

    expect([entries[0]?.status, entries[0]?.parts?.['access-entries']]).toEqual(['partial', 'denied']);
    expect([nodes[0]?.status, nodes[0]?.parts?.['node-groups']]).toEqual(['complete', 'denied']);
  });

  test('keeps what was scanned, whatever became of the source', () => {
    const scan = { bytesScanned: 1_500_000_000, dollars: 0.0075, clusters: 2 };

    const [whole] = applyStated(manifest({ scan }), place, [coverage('audit-log')]);
    const [part] = applyStated(manifest({ scan, status: 'partial' }), place, [coverage('audit-log')]);

    expect([whole?.status, whole?.scan]).toEqual(['complete', scan]);
    expect([part?.status, part?.scan]).toEqual(['partial', scan]);
  });
});
