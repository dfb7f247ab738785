/** The evidence folders of test/fixtures/migrate: one for each reason that blocks, and the plans that go to the end. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runKeyholder } from '../../cli/run.ts';
import type { MigrationPlan } from '../../shared/model/migration.ts';
import { recordWorld } from './world.ts';

const ROOT = fileURLToPath(new URL('../fixtures/migrate/', import.meta.url));

export interface MigrateCase {
  readonly name: string;
  /** Of the command line, beside --cluster and --evidence. */
  readonly arguments: readonly string[];
  readonly outcome: string;
  readonly target: string | null;
  /** ARN or account, and reason. */
  readonly blocked: readonly (readonly [arn: string | null, reason: string])[];
  readonly equal: boolean;
  /** In the order of the rows. */
  readonly decisions: readonly string[];
}

export const MIGRATE_CASES: readonly MigrateCase[] = readdirSync(ROOT)
  .sort()
  .map((name) => ({ ...JSON.parse(readFileSync(`${ROOT}${name}/case.json`, 'utf8')), name }));

export function migrateFolder({ name }: Pick<MigrateCase, 'name'>): string {
  return `${ROOT}${name}/evidence`;
}

export async function runMigrate(evidence: string, more: readonly string[], cluster = 'payments') {
  const world = recordWorld();
  const args = ['migrate', '--cluster', cluster, '--evidence', evidence, '--now', '2026-11-21T03:00:00Z'];
  const exitCode = await runKeyholder([...args, ...more], world);
  return { exitCode, out: world.out(), err: world.err() };
}

/** Through the command line, as JSON. */
export async function planCase(asked: Pick<MigrateCase, 'name' | 'arguments'>): Promise<MigrationPlan> {
  const { out, err } = await runMigrate(migrateFolder(asked), [...asked.arguments, '--format', 'json']);
  if (err !== '') throw new Error(err);
  return JSON.parse(out);
}
