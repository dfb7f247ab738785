import { describe, expect, it } from 'vitest';
import { type AuditPlan, partKey, type RunPart, writeRunDocument } from '../../shared/pipeline/audit-run.ts';
import { gatherParts, stateScope } from '../../shared/pipeline/run-parts.ts';
import { openMemoryObjects } from '../support/memory-objects.ts';

const HOME = '111122223333';
const RUN = 'night-1';
const ROW = {
  account: HOME,
  region: 'eu-central-1',
  status: 'audited',
  clusters: 1,
  reason: null,
  mend: null,
} as const;
const PLAN: AuditPlan = {
  run: RUN,
  now: '2026-11-21T03:00:00Z',
  window: { from: '2026-11-20T01:00:00Z', to: '2026-11-21T03:00:00Z' },
  accounts: [{ account: HOME, mentions: [], isDirectory: false }],
  units: [{ account: HOME, region: 'eu-central-1', clusters: ['payments'], readsIamTrail: true }],
};

async function leave(parts: Readonly<Record<string, Partial<RunPart>>>) {
  const store = openMemoryObjects();
  for (const [place, part] of Object.entries(parts)) {
    const value = { scope: [], coverage: [], queries: [], mends: [], caller: null, ...part };
    await writeRunDocument(store, partKey(RUN, place), { kind: 'part', value });
  }
  return store;
}

describe('gatherParts', () => {
  it('says of a region that left nothing that its logs were not read', async () => {
    const store = await leave({ [HOME]: { scope: [ROW] } });

    const gathered = await gatherParts({ run: RUN, plan: PLAN }, store);

    expect(stateScope(gathered)).toEqual([
      { ...ROW, status: 'partial', reason: 'the function that was to collect it left nothing' },
    ]);
    expect(gathered.flatMap(({ parts }) => parts).flatMap(({ coverage }) => coverage)).toMatchObject(
      ['trails', 'guardduty', 'authenticator-log', 'audit-log', 'cloudtrail'].map((source) => ({
        source,
        status: 'unavailable',
      })),
    );
  });

  it('keeps what would mend a region, and the accounts that nobody could list', async () => {
    const mend = { reason: 'logs:StartQuery: denied', mend: 'allow it' };
    const unknown = { ...ROW, account: 'organization', region: 'all', status: 'denied', clusters: 0 } as const;
    const store = await leave({
      [HOME]: { scope: [ROW] },
      [`${HOME}/eu-central-1`]: { mends: [mend] },
      organization: { scope: [unknown] },
    });

    expect(stateScope(await gatherParts({ run: RUN, plan: PLAN }, store))).toEqual([
      { ...ROW, status: 'partial', ...mend },
      unknown,
    ]);
  });

  it('drops no account of the plan in silence', async () => {
    await expect(gatherParts({ run: RUN, plan: PLAN }, await leave({}))).rejects.toThrow(
      `expected a part of a run at runs/night-1/parts/${HOME}.json, got nothing`,
    );
  });
});
