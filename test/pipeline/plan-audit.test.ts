import { describe, expect, it } from 'vitest';
import { KeyholderError } from '../../shared/errors.ts';
import { openObjectRecorder } from '../../shared/offline/object-recorder.ts';
import { evidencePrefix, planKey, readRunDocument } from '../../shared/pipeline/audit-run.ts';
import { UNWATCHED } from '../../shared/pipeline/deadline.ts';
import { type AccountList, planAudit, readDeclared } from '../../shared/pipeline/plan-audit.ts';
import type { LiveSources } from '../../shared/ports.ts';
import { ESTATE } from '../support/estate.ts';
import { readFolderLive } from '../support/folder-sources.ts';
import { openMemoryObjects } from '../support/memory-objects.ts';

const HOME = '111122223333';
const MEMBER = '444455556666';
const REQUEST = { run: 'night-1', now: '2026-11-21T03:00:00Z', regions: ['eu-central-1', 'us-east-1'], only: null };

interface Given {
  readonly accounts?: AccountList;
  readonly changes?: Partial<LiveSources>;
  readonly request?: Partial<Parameters<typeof planAudit>[0]>;
}

async function plan({ accounts = { accounts: [HOME, MEMBER], gap: null }, changes = {}, request = {} }: Given = {}) {
  const store = openMemoryObjects();
  const planned = await planAudit(
    { ...REQUEST, ...request },
    {
      store,
      recorder: openObjectRecorder(store, evidencePrefix('night-1')),
      listAccounts: async () => accounts,
      open: () => readFolderLive(ESTATE, changes),
      signal: new AbortController().signal,
      progress: UNWATCHED,
      copies: [],
    },
  );
  return { store, planned, document: await readRunDocument(store, planKey('night-1'), 'plan') };
}

describe('planAudit', () => {
  it('gives the regions that have clusters, account by account, and a window of 26 hours', async () => {
    const { planned, document } = await plan();

    expect(planned).toEqual({
      run: 'night-1',
      list: 'runs/night-1/units.json',
      accounts: [
        { units: [`runs/night-1/units/${HOME}/eu-central-1.json`] },
        { units: [`runs/night-1/units/${MEMBER}/us-east-1.json`] },
      ],
      clusters: 4,
      isWhole: true,
    });
    expect(document.window).toEqual({ from: '2026-11-20T01:00:00Z', to: '2026-11-21T03:00:00Z' });
  });

  it('lets one unit of each account read what IAM recorded, in the region of IAM where it can', async () => {
    const { document } = await plan();

    const reading = document.units.filter(({ readsIamTrail }) => readsIamTrail);
    expect(reading.map(({ account, region }) => `${account} ${region}`)).toEqual([
      `${HOME} eu-central-1`,
      `${MEMBER} us-east-1`,
    ]);
  });

  it('hands no list between states that has more than 2,000 clusters', async () => {
    const names = Array.from({ length: 700 }, (_, number) => `cluster-${number}`);

    const { planned, store } = await plan({ changes: { listClusters: async () => names } });

    expect(planned).toMatchObject({ clusters: 2_800, accounts: [] });
    expect(JSON.parse(store.text('runs/night-1/units.json'))).toHaveLength(4);
  });

  it('says of accounts that could not be listed why there may be more', async () => {
    const gap = { status: 'denied', reason: 'organizations:ListAccounts: denied', mend: 'allow it' } as const;

    const { store } = await plan({ accounts: { accounts: [HOME], gap } });

    expect(JSON.parse(store.text('runs/night-1/parts/organization.json')).value.scope).toEqual([
      { account: 'organization', region: 'all', clusters: 0, ...gap },
    ]);
  });

  it('goes on without an account that lets nobody in, and says so of each region', async () => {
    const denied = async (): Promise<never> => {
      throw new KeyholderError('read-failed', 'sts:AssumeRole: denied', { refusal: 'denied' });
    };

    const { planned, store } = await plan({ changes: { readCaller: denied } });

    expect(planned).toMatchObject({ clusters: 0, accounts: [] });
    const { scope } = JSON.parse(store.text(`runs/night-1/parts/${HOME}.json`)).value;
    expect(scope).toMatchObject([
      { region: 'eu-central-1', status: 'denied', reason: 'sts:AssumeRole: denied' },
      { region: 'us-east-1', status: 'denied', reason: 'sts:AssumeRole: denied' },
    ]);
  });

  it('calls nobody denied who was not: an account that was throttled may let us in tomorrow', async () => {
    const throttled = async (): Promise<never> => {
      throw new KeyholderError('read-failed', 'sts:AssumeRole: throttled after 4 attempts (Throttling)');
    };

    const { store } = await plan({ changes: { readCaller: throttled } });

    const { scope } = JSON.parse(store.text(`runs/night-1/parts/${MEMBER}.json`)).value;
    expect(scope[0]).toMatchObject({
      status: 'unavailable',
      reason: 'sts:AssumeRole: throttled after 4 attempts (Throttling)',
      mend: null,
    });
  });

  it('looks only at the clusters that it is asked for', async () => {
    const only = [{ account: HOME, region: 'eu-central-1', name: 'legacy' }];

    const { planned, document, store } = await plan({ request: { only } });

    expect(planned).toMatchObject({ clusters: 1, isWhole: false });
    expect(document.isRefresh).toBe(true);
    expect((await plan()).document.isRefresh).toBe(false);
    expect(document.units).toMatchObject([{ account: HOME, region: 'eu-central-1', clusters: ['legacy'] }]);
    const { scope } = JSON.parse(store.text(`runs/night-1/parts/${HOME}.json`)).value;
    expect(scope).toContainEqual({
      ...{ account: HOME, region: 'eu-central-1', status: 'audited', clusters: 1 },
      ...{ reason: '2 of 3 clusters were not asked for', mend: null },
    });
  });
});

describe('readDeclared', () => {
  it('takes keyholder.yml from the bucket, where there is one', async () => {
    const store = openMemoryObjects();

    expect(await readDeclared(store)).toEqual([]);
    await store.write('config/keyholder.yml', 'tags: {}\n');
    expect(await readDeclared(store)).toEqual([{ file: 'keyholder.yml', text: 'tags: {}\n' }]);
  });
});
