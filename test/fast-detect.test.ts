import { describe, expect, it } from 'vitest';
import { DETECTIONS } from '../shared/detections/index.ts';
import { detect, detectSlowly } from './support/detected.ts';
import { TELLING_CALLS } from './support/telling-calls.ts';
import { ORDINARY_LINE, TELLING_LINES } from './support/telling-lines.ts';
import { CALL_WRAPS, EVENT_WRAPS, LINE_WRAPS, LOGIN_WRAPS } from './support/wrapped-records.ts';

/** They read records, but have nothing to say of one without the state of its cluster. */
const SILENT_WITHOUT_STATE = [
  'access-entry-group-is-admin',
  'access-entry-orphaned',
  'admin-principal-deleted',
  'admin-role-trust-changed',
  'aws-auth-group-is-admin',
  'break-glass-changed',
  'break-glass-used',
  'creator-gone',
  'first-admin-session',
  'last-admin-removed',
  'mapped-principal-recreated',
  'node-mapping-lost',
];

const TELLING = { ...TELLING_LINES, ...TELLING_CALLS };
const [BINDING = ''] = TELLING_LINES['admin-cluster-role-binding'] ?? [];
const [POLICY = ''] = TELLING_CALLS['admin-policy-at-cluster-scope'] ?? [];
const [LOGIN = ''] = TELLING_CALLS['unexpected-system-masters-session'] ?? [];

function amongOrdinary(lines: readonly string[]): string {
  return [ORDINARY_LINE, ORDINARY_LINE, ...lines, ORDINARY_LINE, ''].join('\n');
}

function namesOf({ findings }: Awaited<ReturnType<typeof detect>>): readonly string[] {
  return findings.map(({ detection }) => detection);
}

describe('detectFindings', () => {
  it('has records that tell for every detection of records', () => {
    const readers = DETECTIONS.filter(({ observe, correlate }) => observe !== undefined || correlate !== undefined);

    expect([...Object.keys(TELLING), ...SILENT_WITHOUT_STATE].sort()).toEqual(readers.map(({ id }) => id).sort());
  });

  it.each(Object.entries(TELLING))('hears %s among ordinary events, zipped or not', async (id, lines) => {
    const input = amongOrdinary(lines);

    const found = await detect(input, { gzip: true });

    expect(namesOf(found)).toContain(id);
    expect({ ...found, skips: {} }).toEqual(await detectSlowly(input));
    expect(await detect(input)).toEqual(found);
    expect(found.parsed).toBe(lines.length + 3);
  });

  it.each([
    ...Object.entries({ ...LINE_WRAPS, ...EVENT_WRAPS }).map(
      ([name, wrap]) => ['audit event', name, wrap(BINDING), 'admin-cluster-role-binding'] as const,
    ),
    ...Object.entries(CALL_WRAPS).map(
      ([name, wrap]) => ['CloudTrail record', name, wrap(POLICY), 'admin-policy-at-cluster-scope'] as const,
    ),
    ...Object.entries({ ...LINE_WRAPS, ...LOGIN_WRAPS }).map(
      ([name, wrap]) => ['line of the authenticator', name, wrap(LOGIN), 'unexpected-system-masters-session'] as const,
    ),
  ])('recognises one %s %s', async (_kind, _name, text, id) => {
    const found = await detect(amongOrdinary([text]));

    expect(namesOf(found)).toEqual(expect.arrayContaining([id]));
    expect([found.parsed, found.skips]).toEqual([4, {}]);
  });
});
