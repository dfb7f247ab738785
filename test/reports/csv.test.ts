import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderReport } from '../../shared/reports/render.ts';
import { access, grant, known, noneSeen, notReadable, people, person } from '../support/facts.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { reportNaming } from '../support/hostile-report.ts';
import { parseCsv } from '../support/parse-csv.ts';
import { clusterReport, report } from '../support/report.ts';
import { makeFolder } from '../support/temp-folder.ts';

const OFFICE = '/usr/bin/soffice';
const hasOffice = existsSync(OFFICE);
if (!hasOffice) console.warn(`No ${OFFICE} here: the access review was not opened in LibreOffice.`);

const PLAIN = { colour: false, width: 80 };

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

  test.skipIf(!hasOffice)(
    'opens in LibreOffice with times as times and everything else as text',
    () => {
      const row = access({ since: known('2026-08-23T10:00:00Z'), lastUsedAt: known('2026-11-20T08:00:00.123Z') });
      const csv = renderReport(report({ clusters: [clusterReport({ access: [row] })] }), 'csv', PLAIN);
      const dir = makeFolder({ 'access.csv': csv });

      const args = [
        '--headless',
        `-env:UserInstallation=file://${dir}/profile`,
        '--convert-to',
        'fods',
        '--outdir',
        dir,
      ];
      execFileSync(OFFICE, [...args, join(dir, 'access.csv')], { stdio: 'ignore' });
      const [, body = ''] = readFileSync(join(dir, 'access.fods'), 'utf8').split('decision');
      const types = [...body.matchAll(/office:value-type="(\w+)"(?: office:date-value="([^"]+)")?/g)].map(
        ([, type, date]) => date ?? type,
      );

      expect(types.filter((type) => type?.startsWith('2026'))).toEqual(['2026-08-23T10:00:00', '2026-11-20T08:00:00']);
      expect(new Set(types.filter((type) => !type?.startsWith('2026')))).toEqual(new Set(['string', 'float']));
    },
    60_000,
  );

  test('writes times as ISO 8601 in UTC, and people who came and went as rows of their own', () => {
    const gone = { name: 'carol', kind: 'sso' } as const;
    const change = {
      kind: 'same',
      before: 'cluster-admin',
      doubt: null,
      newPeople: ['bob'],
      gonePeople: [gone],
    } as const;
    const rows = review(access({ change, people: people(person(), person({ name: 'bob' })) }));

    expect(rows.map((row) => [row.get('person'), row.get('change'), row.get('level before')])).toEqual([
      ['alice', 'same', 'cluster-admin'],
      ['bob', 'new', 'cluster-admin'],
      ['carol', 'gone', 'cluster-admin'],
    ]);
    for (const row of rows) expect(row.get('since')).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
  });
});
