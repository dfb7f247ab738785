import { describe, expect, test } from 'vitest';
import { proveRandomMigrations, proveStepsBetween } from '../support/migration-proof.ts';

const MIGRATIONS = { seed: 20261122, numRuns: 2000 };
const STEPS = { seed: 7, numRuns: 250 };

describe('a migration of any cluster', () => {
  test('gives by its commands just the access that it predicts, and nothing new unless it says so', async () => {
    const seen = await proveRandomMigrations(MIGRATIONS);
    console.log(`planned and carried out: ${MIGRATIONS.numRuns} clusters`, seen);
    expect(seen.entries).toBeGreaterThan(1000);
    expect(seen.bindings).toBeGreaterThan(50);
  }, 600_000);

  test('changes what nobody can do at any step on the way', async () => {
    const looks = await proveStepsBetween(STEPS);
    console.log(`looked at access between steps: ${looks} times`);
    expect(looks).toBeGreaterThan(500);
  }, 600_000);
});
