import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseEarlierReport } from '../../shared/evidence/earlier-report.ts';
import { renderReport } from '../../shared/reports/render.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { ADMIN_ROLE, access } from '../support/facts.ts';
import { clusterReport, report } from '../support/report.ts';

const REPORT = report({
  clusters: [
    clusterReport({ access: [access()], coverage: coverageBut(coverage('rbac', 'denied', { reason: 'no' })) }),
  ],
});
const TEXT = renderReport(REPORT, 'json', { colour: false, width: 80 });

describe('parseEarlierReport', () => {
  test('takes of a report what a comparison needs', () => {
    expect(parseEarlierReport(TEXT)).toEqual({
      generatedAt: '2026-11-21T03:00:00Z',
      clusters: [
        {
          arn: 'arn:aws:eks:eu-central-1:111122223333:cluster/payments',
          name: 'payments',
          account: '111122223333',
          region: 'eu-central-1',
          unread: ['rbac'],
          createdAt: '2026-03-02T09:15:00Z',
          holders: [
            {
              holder: { kind: 'iam', name: ADMIN_ROLE },
              principalArn: ADMIN_ROLE,
              level: 'cluster-admin',
              people: [{ name: 'alice', kind: 'iam-user' }],
              arePeopleKnown: true,
            },
          ],
        },
      ],
    });
  });

  test.each([
    ['no JSON', '{', 'text that is no JSON'],
    ['another document', '{"schema":"keyholder.who-can/v1"}', 'no report of schema keyholder.report/v1'],
    ['half a report', TEXT.replaceAll('"cluster-admin"', '"king"'), 'a report whose clusters or time are not whole'],
  ])('says of %s what it is', (_what, text, problem) => {
    expect(parseEarlierReport(text)).toEqual({ problem });
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        parseEarlierReport(
          JSON.stringify({ schema: 'keyholder.report/v1', generatedAt: '2026-11-21T03:00:00Z', clusters: value }),
        );
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
