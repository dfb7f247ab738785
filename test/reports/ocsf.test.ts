import { describe, expect, test } from 'vitest';
import { renderReport } from '../../shared/reports/render.ts';
import { auditEstate, listFindings } from '../support/estate.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { reportNaming } from '../support/hostile-report.ts';
import { clusterReport, finding, report } from '../support/report.ts';
import { listErrorsOf } from '../support/schema-errors.ts';

const PLAIN = { colour: false, width: 80 };

function eventOf(more: Parameters<typeof finding>[0]) {
  const text = renderReport(report({ clusters: [clusterReport({ findings: [finding(more)] })] }), 'ocsf', PLAIN);
  return JSON.parse(text)[0];
}

describe('renderOcsf', () => {
  test('writes an event for each finding, and one for each control and cluster', async () => {
    const estate = await auditEstate();
    const text = renderReport(estate, 'ocsf', PLAIN);
    const classes: readonly number[] = JSON.parse(text).map((event: { readonly class_uid: number }) => event.class_uid);

    expect(listErrorsOf('ocsf', text)).toEqual([]);
    expect(classes.filter((uid) => uid === 2004).length).toBe(listFindings(estate).length);
    expect(classes.filter((uid) => uid === 2003).length).toBe(4 * (estate.compliance ?? []).length);
  });

  test('says by type, activity and status what became of a finding', () => {
    expect(eventOf({})).toMatchObject({
      class_uid: 2004,
      activity_id: 2,
      type_uid: 200402,
      status_id: 1,
      severity_id: 5,
    });
    expect(eventOf({ firstSeenAt: '2026-11-21T03:00:00Z' })).toMatchObject({ activity_id: 1, type_uid: 200401 });
    expect(eventOf({ status: 'accepted' })).toMatchObject({ status_id: 3 });
    expect(eventOf({ status: 'resolved' })).toMatchObject({ activity_id: 3, status_id: 4 });
  });

  test('says of a control on partial evidence that its state is unknown, never that it passed', async () => {
    const events: readonly {
      readonly class_uid: number;
      readonly compliance?: { readonly status_id: number; readonly status_detail: string };
    }[] = JSON.parse(renderReport(await auditEstate(), 'ocsf', PLAIN));
    const partial = events.filter(({ compliance }) => compliance?.status_detail.startsWith('not read in whole'));

    expect(partial.length).toBeGreaterThan(10);
    expect(new Set(partial.map(({ compliance }) => compliance?.status_id))).toEqual(new Set([0]));
  });

  test.each(HOSTILE_NAMES)('keeps its fields and shows every character of %s', (_what, name) => {
    const text = renderReport(reportNaming(name), 'ocsf', PLAIN);

    expect(listErrorsOf('ocsf', text)).toEqual([]);
    expect(JSON.parse(text).length).toBe(2);
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
  });
});
