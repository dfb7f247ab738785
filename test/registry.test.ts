import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { placeText, renderDetectionPage, renderDetectionTable } from '../scripts/detection-docs.ts';
import { nameOf } from '../scripts/detection-scaffold.ts';
import { DETECTIONS } from '../shared/detections/index.ts';
import { EKS_PARTS, SOURCES } from '../shared/model/coverage.ts';
import { countRows } from './support/detection-rows.ts';
import { auditEstate } from './support/estate.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const IDS = readdirSync(`${ROOT}shared/detections`)
  .filter((name) => name !== 'index.ts')
  .map((name) => name.replace(/\.ts$/, ''))
  .sort();
const NEEDS: ReadonlySet<string> = new Set([...SOURCES, ...EKS_PARTS.map((part) => `eks-api/${part}`)]);

function read(path: string): string {
  return existsSync(`${ROOT}${path}`) ? readFileSync(`${ROOT}${path}`, 'utf8') : '';
}

describe('registry', () => {
  test('lists every detection file once, in alphabetical order, under the name of its file', () => {
    expect(DETECTIONS.map(({ id }) => id)).toEqual(IDS);
    expect(IDS.length).toBeGreaterThan(0);
  });

  test('gives no code of the catalogue twice', () => {
    const refs = DETECTIONS.map(({ ref }) => ref);

    expect([...new Set(refs)]).toEqual(refs);
  });

  test('shows every detection in the README', () => {
    const readme = read('README.md');

    expect(placeText(readme, 'detections', renderDetectionTable(DETECTIONS))).toBe(readme);
  });

  test('has a page for every detection and for nothing else', () => {
    const pages = readdirSync(`${ROOT}docs/detections`).map((name) => name.replace(/\.md$/, ''));

    expect(pages.sort()).toEqual(IDS);
  });
});

const shownByEstate = new Set<string>();

beforeAll(async () => {
  const { clusters, findings } = await auditEstate();
  for (const { detection } of [...findings, ...clusters.flatMap((cluster) => cluster.findings)]) {
    shownByEstate.add(detection);
  }
});

describe.each(DETECTIONS)('$id', (detection) => {
  const { id, ref, title, needs, standsIn = [], why, fix, blindSpots, references, attack, cis } = detection;

  test('is exported under the name of its file', () => {
    expect(read(`shared/detections/${id}.ts`)).toContain(`export const ${nameOf(id)}: Detection = {`);
  });

  test('has a page that says what the code says', () => {
    expect(read(`docs/detections/${id}.md`)).toBe(renderDetectionPage(detection));
  });

  test('takes for the whole of what stands no more than it reads', () => {
    expect(needs.flat()).toEqual(expect.arrayContaining([...standsIn]));
  });

  test('has a test with rows where it fires, stays quiet and cannot tell', () => {
    const rows = countRows(read(`test/detections/${id}.test.ts`));

    expect(rows).not.toBeNull();
    for (const [list, count] of Object.entries(rows ?? {})) expect(count, list).toBeGreaterThan(0);
  });

  test('has a row about severity where its matches have one of their own', () => {
    const isGraded = (read(`shared/detections/${id}.ts`).match(/\bseverity\b/g) ?? []).length > 1;

    if (isGraded) expect(read(`test/detections/${id}.test.ts`)).toContain('severities:');
  });

  test('has texts of whole sentences, and a title', () => {
    expect(title).toMatch(/^\S.*[^.\s]$/);
    for (const text of [why, fix, blindSpots]) expect(text).toMatch(/^\S.*\.$/s);
  });

  test('refers to the catalogue, ATT&CK, CIS and https pages, to none of them twice', () => {
    expect(ref).toMatch(/^[A-Z]{2}-\d{3}$/);
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) expect(reference).toMatch(/^https:\/\/\S+$/);
    for (const technique of attack) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
    for (const control of cis) expect(control).toMatch(/^\d+\.\d+\.\d+$/);
    for (const list of [references, attack, cis]) expect([...new Set(list)]).toEqual(list);
  });

  test('is shown by the sample estate, or says which test shows it', () => {
    const { shownElsewhere } = detection;

    if (shownElsewhere === undefined) expect([...shownByEstate]).toContain(id);
    else {
      expect(shownElsewhere.because).toMatch(/^\S.*\.$/s);
      expect(read(shownElsewhere.test), shownElsewhere.test).toContain(nameOf(id));
      expect([...shownByEstate]).not.toContain(id);
    }
  });

  test('needs sources that exist, and does something with them', () => {
    expect(needs.length).toBeGreaterThan(0);
    for (const alternative of needs) {
      expect(alternative.length).toBeGreaterThan(0);
      for (const need of alternative) expect(NEEDS).toContain(need);
    }
    expect([detection.detect, detection.observe, detection.correlate].some((part) => part !== undefined)).toBe(true);
  });
});

describe('countRows', () => {
  test('counts the rows of each list', () => {
    const text = 'describeDetection(x, { fires: [{ a: 1 }, ...more], staysQuiet: [], other: [1] });';

    expect(countRows(text)).toEqual({ fires: 2, staysQuiet: 0, cannotTell: 0 });
  });

  test('says so when a test does not use describeDetection', () => {
    expect(countRows("test('x', () => {});")).toBeNull();
  });
});
