/** Random lives of grants under random audits, some of which read a part only: history says what was so, or that it cannot tell. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../shared/findings/remembered.ts';
import { tellHistory } from '../shared/pipeline/history.ts';
import type { FindingStore } from '../shared/ports.ts';
import { createMemoryStore } from './support/memory-store.ts';
import { ARN, auditAt, type Entry, entriesFile, type Files } from './support/remembering.ts';
import { CLUSTER } from './support/small-estate.ts';

const NAMES = ['alice', 'bob', 'carol'] as const;
const START_MS = Date.parse('2026-11-01T00:00:00Z');
const HOURS = 24 * 12;

function hour(index: number): string {
  return new Date(START_MS + index * 3_600_000).toISOString().replace('.000Z', 'Z');
}

/** Each holder has the grant between an odd number of flips and the next; an entry may hide its age. */
interface World {
  readonly flips: Readonly<Record<string, readonly number[]>>;
  readonly tellsAge: boolean;
  /** One audit a day: what it could not read. */
  readonly audits: readonly ('whole' | 'no entries' | 'no cluster' | 'no rbac')[];
}

const world: fc.Arbitrary<World> = fc.record({
  flips: fc.record(
    Object.fromEntries(
      NAMES.map((name) => [name, fc.uniqueArray(fc.integer({ min: 1, max: HOURS }), { maxLength: 6 })]),
    ),
  ),
  tellsAge: fc.boolean(),
  audits: fc.array(fc.constantFrom('whole', 'whole', 'no entries', 'no cluster', 'no rbac'), {
    minLength: 1,
    maxLength: 9,
  }),
});

/** Since which hour the grant stands at this one; null where it does not. */
function standsSince({ flips }: World, name: string, at: number): number | null {
  const before = (flips[name] ?? []).filter((flip) => flip <= at).sort((a, b) => a - b);
  return before.length % 2 === 1 ? (before.at(-1) ?? null) : null;
}

function entriesAt(given: World, at: number): readonly Entry[] {
  return NAMES.flatMap((name): Entry[] => {
    const since = standsSince(given, name, at);
    return since === null ? [] : [{ name, createdAt: given.tellsAge ? hour(since) : null }];
  });
}

const LEFT_OUT: Readonly<Record<World['audits'][number], Files>> = {
  whole: {},
  'no entries': { [`${CLUSTER}/access-entries.json`]: null },
  'no cluster': { [`${CLUSTER}/describe-cluster.json`]: null },
  'no rbac': { [`${CLUSTER}/rbac.json`]: null },
};

const auditHour = (index: number): number => (index + 1) * 24;

async function live(given: World): Promise<FindingStore> {
  const store = createMemoryStore();
  for (const [index, kind] of given.audits.entries()) {
    const at = auditHour(index);
    const before = await standingFindings(store);
    await auditAt(store, hour(at), { ...entriesFile(entriesAt(given, at)), ...LEFT_OUT[kind] });
    if (kind === 'no entries' || kind === 'no cluster') {
      // Nothing that was there is called gone by an audit that did not look.
      expect(await standingFindings(store)).toEqual(expect.arrayContaining([...before]));
    }
  }
  return store;
}

async function standingFindings(store: FindingStore): Promise<readonly string[]> {
  const rows = await store.list(ARN, 'finding#');
  return rows.flatMap(({ body }) => {
    const finding = unwrapRemembered('finding', body);
    if (finding === null || finding.detection !== 'admin-policy-at-cluster-scope') return [];
    return finding.status === 'resolved' ? [] : [finding.fingerprint];
  });
}

async function heldAt(store: FindingStore, at: number): Promise<ReadonlyMap<string, string>> {
  const { holders } = await tellHistory(store, { cluster: ARN, at: hour(at), now: hour(HOURS + 48) });
  return new Map(holders.map(({ holder, certainty }) => [holder.name.split('/').at(-1) ?? '', certainty]));
}

/** Some audit that read the entries was there during this very grant. */
function wasLookedAt(given: World, name: string, at: number): boolean {
  return given.audits.some((kind, index) => {
    const looked = standsSince(given, name, auditHour(index));
    return kind !== 'no entries' && looked !== null && looked === standsSince(given, name, at);
  });
}

describe('history over random lives', () => {
  test('says held or not exactly as it was at every whole audit', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (given) => {
        const store = await live(given);
        for (const [index, kind] of given.audits.entries()) {
          if (kind !== 'whole') continue;
          const held = await heldAt(store, auditHour(index));
          for (const name of NAMES) {
            const stood = standsSince(given, name, auditHour(index)) !== null;
            expect([name, held.get(name) ?? 'no'], JSON.stringify([index, given])).toEqual([
              name,
              stood ? 'held' : 'no',
            ]);
          }
        }
      }),
      { seed: 8, numRuns: 30 },
    );
  });

  test('never says for certain what was not so, at any hour up to the last audit', async () => {
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(fc.integer({ min: 0, max: HOURS }), { minLength: 5, maxLength: 20 }),
        async (given, hours) => {
          const store = await live(given);
          const last = auditHour(given.audits.length - 1);
          const firstWhole = given.audits.includes('whole')
            ? auditHour(given.audits.indexOf('whole'))
            : Number.POSITIVE_INFINITY;
          for (const at of hours.filter((one) => one <= last)) {
            const held = await heldAt(store, at);
            for (const name of NAMES) {
              const stood = standsSince(given, name, at) !== null;
              const told = held.get(name) ?? 'no';
              // Of a grant that hides its age, one that was taken and given again between two looks seems unbroken.
              if (told === 'held' && given.tellsAge && at >= firstWhole)
                expect([name, at, stood], JSON.stringify(given)).toEqual([name, at, true]);
              // A life between two looks leaves no trace: only what some look saw has to be told.
              if (stood && wasLookedAt(given, name, at))
                expect([name, at, told], JSON.stringify(given)).not.toEqual([name, at, 'no']);
            }
          }
        },
      ),
      { seed: 8, numRuns: 30 },
    );
  });
});
