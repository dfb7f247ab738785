import { describe, expect, test } from 'vitest';
import { renderReport } from '../../shared/reports/render.ts';
import { access, grant, noneSeen, notReadable, people, person } from '../support/facts.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { reportNaming } from '../support/hostile-report.ts';
import { parseCsv } from '../support/parse-csv.ts';
import { clusterReport, report } from '../support/report.ts';

const HEADER =
  'cluster,account,region,holder kind,holder,principal arn,exists,person,person kind,path,certainty,level,why,scope,via,' +
  'groups,since,since status,granted by,last used,last used status,seen from,change,level before,change note,cluster arn,decision,reviewer,reviewed at,comment';

function review(...rows: readonly ReturnType<typeof access>[]): readonly ReadonlyMap<string, string>[] {
  const csv = renderReport(report({ clusters: [clusterReport({ access: rows })] }), 'csv', {
    colour: false,
    width: 80,
  });
  const [header = [], ...lines] = parseCsv(csv);
  return lines.map((cells) => new Map(header.map((column, index) => [column, cells[index] ?? ''])));
}

describe('access review', () => {
  test('has one row for each holder and person, and one for a holder without people', () => {
    const rows = review(
      access({ people: people(person(), person({ name: 'bob' })) }),
      access({ level: 'limited', principalArn: null, people: people() }),
    );

    expect(rows.map((row) => [row.get('holder'), row.get('person'), row.get('level')])).toEqual([
      ['arn:aws:iam::111122223333:role/platform-admin', 'alice', 'cluster-admin'],
      ['arn:aws:iam::111122223333:role/platform-admin', 'bob', 'cluster-admin'],
      ['nobody', '', 'limited'],
    ]);
  });

  test('has the columns of the contract, the last four empty', () => {
    const csv = renderReport(report({ clusters: [clusterReport({ access: [access()] })] }), 'csv', {
      colour: false,
      width: 80,
    });

    const [header, row] = parseCsv(csv);

    expect(header?.join(',')).toBe(HEADER);
    expect(row?.slice(-4)).toEqual(['', '', '', '']);
  });

  test('says why a fact is missing and from when on it could have been seen', () => {
    const [row] = review(
      access({
        since: notReadable('CloudTrail was not read'),
        grantedBy: noneSeen('2026-08-23T00:00:00Z'),
        lastUsedAt: noneSeen('2026-08-23T00:00:00Z'),
        people: { status: 'not-readable', reason: 'iam.json is missing', list: [] },
      }),
    );

    expect(row?.get('since')).toBe('');
    expect(row?.get('since status')).toBe('not-readable: CloudTrail was not read');
    expect(row?.get('granted by')).toBe('(not seen since 23 Aug 2026, the first day we can see)');
    expect(row?.get('last used status')).toBe('none-seen');
    expect(row?.get('seen from')).toBe('2026-08-23T00:00:00');
    expect(row?.get('certainty')).toBe('not-readable: iam.json is missing');
  });

  test('joins the grants of a holder without saying a thing twice', () => {
    const namespaced = grant({ scope: 'namespace:payments', detail: 'AmazonEKSEditPolicy' });

    const [row] = review(access({ grants: [grant(), namespaced, namespaced] }));

    expect(row?.get('scope')).toBe('cluster; namespace:payments');
    expect(row?.get('via')).toBe('access-policy');
    expect(row?.get('groups')).toBe('AmazonEKSClusterAdminPolicy; AmazonEKSEditPolicy');
  });

  test.each(HOSTILE_NAMES)('keeps its rows and columns when a name holds %s', (_what, name) => {
    const csv = renderReport(reportNaming(name), 'csv', { colour: false, width: 80 });

    const rows = parseCsv(csv);

    expect(rows.map((cells) => cells.length)).toEqual([30, 30, 30, 30]);
    for (const cell of rows.flat()) expect(cell).not.toMatch(/^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|\p{Cc}/u);
  });
});
