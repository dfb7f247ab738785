import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FUNCTION_OPTIONS } from '../scripts/build-functions.mjs';
import { parseAwsAuth } from '../shared/evidence/aws-auth.ts';
import { parseConfig } from '../shared/evidence/config.ts';
import { configMapYaml } from './support/aws-auth.ts';
import { ESTATE } from './support/estate.ts';

const ROOT = join(import.meta.dirname, '..');
const CASES = readFileSync(join(import.meta.dirname, 'fixtures/aws-auth-dialect/cases.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line): { readonly name: string; readonly data: Record<string, string> } => JSON.parse(line));

interface Bundled {
  readonly parseAwsAuth: typeof parseAwsAuth;
  readonly parseConfig: typeof parseConfig;
  readonly stringify: (value: unknown) => string;
}

let bundled: Bundled;
const folder = mkdtempSync(join(tmpdir(), 'keyholder-yaml-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** As the functions are bundled, where what writes YAML stays out. */
beforeAll(async () => {
  const entry = join(folder, 'entry.ts');
  const source = (file: string): string => JSON.stringify(join(ROOT, 'shared/evidence', file));
  writeFileSync(
    entry,
    `export { parseAwsAuth } from ${source('aws-auth.ts')};
     export { parseConfig } from ${source('config.ts')};
     export { stringify } from 'yaml';`,
  );
  await build({
    ...FUNCTION_OPTIONS,
    absWorkingDir: ROOT,
    nodePaths: [join(ROOT, 'node_modules')],
    entryPoints: { index: entry },
    outdir: folder,
  });
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  bundled = await import(pathToFileURL(join(folder, 'index.js')).href);
}, 60_000);

describe('YAML in the bundle of a function', () => {
  test('is read as from the source in every case of the dialect', () => {
    const wrong = CASES.filter(({ data }) => {
      const text = configMapYaml(data);
      return JSON.stringify(bundled.parseAwsAuth(text, 'a.yaml')) !== JSON.stringify(parseAwsAuth(text, 'a.yaml'));
    });

    expect(CASES.length).toBeGreaterThan(200);
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test.each([
    ['of the sample estate', readFileSync(join(ESTATE, 'keyholder.yml'), 'utf8')],
    ['with tags of its own', 'tags: !!set {a}\napprovedAdmins: !!omap []\nbreakGlass: !!timestamp 2026-01-01\n'],
    ['with numbers', 'tags: {required: [1, 0x1f, 0o17, 1e3, .nan, 2026-01-01, yes, null, !!float 1]}\n'],
    ['that is none', 'tags: {required: [a\n  b: "\\q"\n- c'],
  ])('declares what it declares from the source: keyholder.yml %s', (_what, text) => {
    expect(bundled.parseConfig(text)).toEqual(parseConfig(text));
  });

  test('is not written', () => {
    expect(() => bundled.stringify({ a: 1 })).toThrow('expected YAML to be read here, and no more');
  });
});
