import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { FUNCTION_OPTIONS } from '../../scripts/build-functions.mjs';
import { UNREAD, withoutTexts } from '../../scripts/detection-bundling.mjs';
import { DETECTIONS } from '../../shared/detections/index.ts';
import type { Detection, DetectionRule } from '../../shared/model/finding.ts';
import { ESTATE, ESTATE_NOW } from '../support/estate.ts';
import { FUNCTION_NAMES } from '../support/function-events.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { type ToldStory, tellStory } from '../support/told-story.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const STORY = join(ROOT, 'test', 'support', 'told-story.ts');
const SLOW_MS = 60_000;

/** Of a detection, and not of the rule in it. */
const TEXTS = {
  ref: true,
  title: true,
  why: true,
  fix: true,
  blindSpots: true,
  references: true,
  attack: true,
  shownElsewhere: true,
} satisfies Record<Exclude<keyof Detection, keyof DetectionRule>, true>;

async function bundleStory(): Promise<string> {
  const outdir = makeFolder({ 'package.json': '{"type":"module"}' });
  await build({ ...FUNCTION_OPTIONS, absWorkingDir: ROOT, entryPoints: { index: STORY }, outdir });
  return join(outdir, 'index.js');
}

async function tellFromBundle(): Promise<ToldStory> {
  const bundled = await import(pathToFileURL(await bundleStory()).href);
  return bundled.tellStory(ESTATE, ESTATE_NOW);
}

async function bundleFunctions(plugins: readonly Plugin[]): Promise<readonly string[]> {
  const { outputFiles } = await build({
    ...FUNCTION_OPTIONS,
    plugins: [...plugins],
    absWorkingDir: ROOT,
    entryPoints: FUNCTION_NAMES.map((name) => join(ROOT, 'functions', `${name}.ts`)),
    outdir: join(ROOT, 'out'),
    write: false,
  });
  return outputFiles.map(({ text }) => text);
}

function hasOne(files: readonly string[], texts: readonly string[]): boolean {
  return files.some((file) => texts.some((text) => file.includes(text)));
}

describe('detections in a bundle', () => {
  test('lose what no rule of them needs, and nothing else', () => {
    expect([...UNREAD].sort()).toEqual(Object.keys(TEXTS).sort());
  });

  test('keep behind a text that is cut what stood there', () => {
    const cut = withoutTexts(`
      const why = 'kept';
      export const a = { id: 'a', why, ref: 'A', severity: 'low', fix: ['x'].join(), };
      export const b = { *detect() { yield { title: 'kept' } }, why: "it's, {odd}" };
      export function ref() {}`);

    expect(cut).toBe(`
      const why = 'kept';
      export const a = { id: 'a', severity: 'low', };
      export const b = { *detect() { yield { title: 'kept' } }, };
      export function ref() {}`);
  });

  test(
    'write byte for byte what they write from the source',
    async () => {
      const [bundled, own] = [await tellFromBundle(), await tellStory(ESTATE, ESTATE_NOW)];

      expect(bundled).toEqual(own);
      expect(own.notices.length).toBe(DETECTIONS.length);
      expect(own.alerts.filter((alert) => alert.includes('can now administer payments')).length).toBeGreaterThan(10);
    },
    SLOW_MS,
  );

  test(
    'leave no text of the catalogue in any function',
    async () => {
      const inFunctions = await bundleFunctions(FUNCTION_OPTIONS.plugins ?? []);
      const inSource = await bundleFunctions([]);

      expect(DETECTIONS.filter(({ why, blindSpots }) => hasOne(inFunctions, [why, blindSpots]))).toEqual([]);
      expect(DETECTIONS.filter(({ why }) => hasOne(inSource, [why])).length).toBeGreaterThan(90);
    },
    SLOW_MS,
  );
});
