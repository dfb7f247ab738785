import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { renderReport } from '../../shared/reports/render.ts';
import { NOW } from '../support/facts.ts';

const ESTATE = join(import.meta.dirname, '../../events/estate');
const copies = mkdtempSync(join(tmpdir(), 'estate-'));
afterAll(() => rmSync(copies, { recursive: true }));

const files = readdirSync(ESTATE, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(ESTATE.length + 1))
  .sort();

/** From the first line about what was read to the end of the report. */
async function tellCoverage(folder: string): Promise<string> {
  const report = auditEvidence(await collectEvidence(openEvidenceFolder(folder)), NOW);
  const text = renderReport(report, 'text', { colour: false, width: 100 });
  return text.slice(text.indexOf('What was read of'));
}

describe('the sample estate without one of its files', async () => {
  const whole = await tellCoverage(ESTATE);

  test('is made of many files', () => {
    expect(files.length).toBeGreaterThan(30);
  });

  test.each(files)('tells another coverage without %s', async (file) => {
    const copy = join(copies, file.replaceAll('/', '_'));
    cpSync(ESTATE, copy, { recursive: true });
    rmSync(join(copy, file));

    expect(await tellCoverage(copy)).not.toBe(whole);
  });
});
