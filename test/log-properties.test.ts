import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCsvRow } from '../shared/evidence/csv-cells.ts';
import type { LogItem } from '../shared/evidence/log-records.ts';
import { parseLogfmt } from '../shared/evidence/logfmt.ts';
import { damagedText, VALID_LINES, wordSalad } from './support/arbitrary-log.ts';
import { readItems } from './support/log-input.ts';

const RUNS = { seed: 20261120, numRuns: 400 };
const LIMITS = { maxLineBytes: 4096, maxDocumentBytes: 2048 };

const anyBytes = fc.uint8Array({ maxLength: 400 });
const anyInput = fc.oneof(anyBytes, damagedText, wordSalad, fc.string({ unit: 'binary', maxLength: 200 }));

/** Every item says exactly one thing, and each place is a line of the input. */
function expectSound(items: readonly LogItem[], input: string | Uint8Array): void {
  const lines = Buffer.from(input).toString('latin1').split('\n').length;
  for (const item of items) {
    expect(Object.keys(item).filter((key) => key !== 'isDamaged')).toHaveLength(1);
    const line = 'skip' in item ? item.skip.line : 'record' in item ? item.record.evidence.line : 1;
    expect(line).toBeGreaterThan(0);
    expect(line).toBeLessThanOrEqual(lines);
    if ('skip' in item) expect(item.skip.sample.length).toBeLessThanOrEqual(120);
  }
}

describe('readRecords', () => {
  it('bears any input', async () => {
    await fc.assert(
      fc.asyncProperty(anyInput, async (input) => {
        expectSound(await readItems(input), input);
        expectSound(await readItems(input, LIMITS), input);
      }),
      RUNS,
    );
  });

  it('reads any input alike, however it is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(anyInput, fc.integer({ min: 1, max: 64 }), async (input, chunk) => {
        expect(await readItems(input, { chunk })).toEqual(await readItems(input));
      }),
      RUNS,
    );
  });

  it('gives one item for each line that is not blank, when no line is JSON', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((line) => `x ${line.replace(/[\n\r"@]/g, ' ')}`);
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 20 }), async (lines) => {
        expect(await readItems(lines.join('\n'))).toHaveLength(lines.length);
      }),
      RUNS,
    );
  });

  it('finds every whole line, whatever lines lie between', async () => {
    const whole = await Promise.all(VALID_LINES.map((line) => readItems(line)));
    const noise = fc.string({ unit: 'grapheme', maxLength: 40 }).map((line) => `~ ${line.replace(/[\n\r"]/g, ' ')}`);
    const pick = fc.nat({ max: VALID_LINES.length - 1 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(pick, noise), { minLength: 1, maxLength: 12 }), async (rows) => {
        const items = await readItems(rows.map(([index, line]) => `${line}\n${VALID_LINES[index]}`).join('\n'));
        const expected = rows.flatMap(([index]) => whole[index] ?? []);
        expect(items.filter((item) => !('skip' in item))).toHaveLength(expected.length);
      }),
      RUNS,
    );
  });
});

describe('parseLogfmt', () => {
  it('gives back what logrus would have printed', () => {
    const quote = (value: string) => (/^[\w\-./@^+]*$/.test(value) ? value : JSON.stringify(value));
    const value = fc.string({ unit: 'grapheme-ascii', maxLength: 20 });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.stringMatching(/^[a-z]{1,8}$/), value), { selector: ([key]) => key, maxLength: 8 }),
        (pairs) => {
          const line = pairs.map(([key, text]) => `${key}=${quote(text)}`).join(' ');
          expect([...parseLogfmt(line).fields]).toEqual(pairs);
        },
      ),
      RUNS,
    );
  });
});

describe('parseCsvRow', () => {
  it('gives back what was exported', () => {
    const quote = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 6 }), (cells) => {
        expect(parseCsvRow(cells.map(quote).join(','))).toEqual(cells);
      }),
      RUNS,
    );
  });
});
