import { describe, expect, it } from 'vitest';
import { DETECTIONS } from '../shared/detections/index.ts';
import { detect, detectSlowly } from './support/detected.ts';
import { ORDINARY_LINE, TELLING_LINES } from './support/telling-lines.ts';

/** They read the audit log, but have nothing to say of a record without the state of its cluster. */
const SILENT_WITHOUT_STATE = ['access-entry-group-is-admin', 'aws-auth-group-is-admin'];

const readers = DETECTIONS.filter(
  ({ needs, observe, correlate }) =>
    needs.flat().includes('audit-log') && (observe !== undefined || correlate !== undefined),
).map(({ id }) => id);

describe('detectFindings', () => {
  it('has lines that tell for every detection of audit events', () => {
    expect([...Object.keys(TELLING_LINES), ...SILENT_WITHOUT_STATE].sort()).toEqual(
      [...new Set([...readers, ...SILENT_WITHOUT_STATE])].sort(),
    );
  });

  it.each(Object.entries(TELLING_LINES))('hears %s among ordinary events', async (id, lines) => {
    const input = [ORDINARY_LINE, ORDINARY_LINE, ...lines, ORDINARY_LINE, ''].join('\n');

    const { findings, parsed } = await detect(input);

    expect(findings.map(({ detection }) => detection)).toContain(id);
    expect({ findings, parsed, skips: {} }).toEqual(await detectSlowly(input));
    expect(parsed).toBe(lines.length + 3);
  });
});
