import { describe, expect, test } from 'vitest';
import { renderReport } from '../../shared/reports/render.ts';
import { auditEstate } from '../support/estate.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { reportNaming } from '../support/hostile-report.ts';
import { parseCsv } from '../support/parse-csv.ts';

const PLAIN = { colour: false, width: 80 };

describe('renderControlsCsv', () => {
  test('has a row for each control and cluster, with what breaks it and what was not read', async () => {
    const estate = await auditEstate();
    const [header, ...rows] = parseCsv(renderReport(estate, 'compliance', PLAIN));
    const wildcard = rows.filter(([standard, control]) => standard === 'CIS EKS' && control === '4.1.3');

    expect(header?.slice(0, 8)).toEqual([
      'standard',
      'control',
      'title',
      'cluster',
      'cluster arn',
      'status',
      'findings',
      'not read in whole',
    ]);
    expect(rows.length).toBe(4 * (estate.compliance ?? []).length);
    expect(wildcard.map(([, , , cluster, , status, , missing]) => [cluster, status, missing])).toEqual([
      ['archive', 'not-evaluated', 'audit-log; rbac'],
      ['legacy', 'pass', ''],
      ['payments', 'fail', ''],
      ['orders', 'pass', ''],
    ]);
  });

  test.each(HOSTILE_NAMES)('keeps its rows and columns, and runs nothing, when names are %s', (_what, name) => {
    const rows = parseCsv(renderReport(reportNaming(name), 'compliance', PLAIN));

    expect(rows.map((cells) => cells.length)).toEqual([11, 11]);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|\p{Cc}/u);
  });
});
