/** The evidence folders of test/fixtures/explain: one for each answer that `explain` can give. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runKeyholder } from '../../cli/run.ts';
import { recordWorld } from './world.ts';

const ROOT = fileURLToPath(new URL('../fixtures/explain/', import.meta.url));

/** When every case was collected. */
export const CASE_NOW = '2026-11-21T03:00:00Z';

export interface ExplainCase {
  readonly name: string;
  /** Of the command line, beside --cluster and --evidence. */
  readonly arguments: readonly string[];
  readonly allowed: boolean | 'unknown';
  readonly brokenLink: string | null;
  readonly answer: string;
  readonly because: string;
  readonly canI: string;
  /** Step and outcome. */
  readonly path: readonly string[];
  readonly mend: readonly string[];
}

export interface ExplainAnswer extends Omit<ExplainCase, 'canI' | 'path' | 'name' | 'arguments'> {
  readonly canI: { readonly answer: string };
  readonly path: readonly { readonly step: string; readonly outcome: string; readonly evidence: readonly unknown[] }[];
  readonly gaps: readonly { readonly need: string | null }[];
}

export const EXPLAIN_CASES: readonly ExplainCase[] = readdirSync(ROOT)
  .sort()
  .map((name) => ({ ...JSON.parse(readFileSync(`${ROOT}${name}/case.json`, 'utf8')), name }));

/** The files of a case, by their path in the evidence folder. */
export function readCaseFiles({ name }: Pick<ExplainCase, 'name'>): Readonly<Record<string, string>> {
  const dir = `${ROOT}${name}/evidence/`;
  const paths = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => `${item.parentPath}/${item.name}`.replaceAll('\\', '/').replace('//', '/'));
  return Object.fromEntries(paths.map((path) => [path.slice(dir.length), readFileSync(path, 'utf8')]));
}

export function caseFolder({ name }: Pick<ExplainCase, 'name'>): string {
  return `${ROOT}${name}/evidence`;
}

/** Through the command line, as JSON. */
export async function askCase(asked: Pick<ExplainCase, 'arguments'>, evidence: string): Promise<ExplainAnswer> {
  const world = recordWorld();
  const args = ['explain', '--cluster', 'payments', '--evidence', evidence, '--now', CASE_NOW, '--format', 'json'];
  const exitCode = await runKeyholder([...args, ...asked.arguments], world);
  if (exitCode !== 0) throw new Error(world.err());
  return JSON.parse(world.out());
}
