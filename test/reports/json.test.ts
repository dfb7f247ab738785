import { describe, expect, test } from 'vitest';
import { renderJson } from '../../shared/reports/json.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { reportNaming } from '../support/hostile-report.ts';
import { report } from '../support/report.ts';

/** The same value with the keys of every object in reverse. */
function turnAround(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turnAround);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, turnAround(inner)]),
  );
}

describe('renderJson', () => {
  test('writes the schema first, two blanks an indent, and ends with a newline', () => {
    const json = renderJson(report());

    expect(json.startsWith('{\n  "schema": "keyholder.report/v1",\n  "generatedAt": "2026-11-21T03:00:00Z",\n')).toBe(
      true,
    );
    expect(json.endsWith('\n}\n')).toBe(true);
  });

  test('writes the parts in the order of the contract', () => {
    expect(Object.keys(JSON.parse(renderJson(report())))).toEqual([
      ...['schema', 'generatedAt', 'window', 'provenance', 'scope', 'summary', 'clusters', 'findings', 'acceptances'],
    ]);
  });

  test('writes the same bytes in whatever order the keys were set', () => {
    const original = reportNaming('alice');
    const turned = { ...original, ...Object(turnAround(original)) };

    expect(renderJson(turned)).toBe(renderJson(original));
  });

  test.each(HOSTILE_NAMES)('parses back to the same report when a name holds %s', (_what, name) => {
    const hostile = reportNaming(name);

    const json = renderJson(hostile);

    expect(JSON.parse(json)).toEqual(hostile);
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});
