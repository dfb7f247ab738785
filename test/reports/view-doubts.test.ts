import { describe, expect, test } from 'vitest';
import type { Source } from '../../shared/model/coverage.ts';
import { SOURCES } from '../../shared/model/coverage.ts';
import { foldDoubts } from '../../shared/reports/view-doubts.ts';
import { coverage, eksCoverage } from '../support/coverage.ts';
import { clusterReport } from '../support/report.ts';

function doubt(detection: string, ...missing: readonly Source[]) {
  return { detection, status: 'not-evaluated', missing, reason: 'x' } as const;
}

describe('foldDoubts', () => {
  test('folds verdicts of one cause over detections and clusters', () => {
    const rows = [coverage('rbac', 'denied'), coverage('audit-log', 'partial')];
    const verdicts = [doubt('one', 'rbac'), doubt('two', 'rbac')];
    const partly = { ...doubt('three', 'audit-log'), status: 'partly-evaluated' } as const;

    const lines = foldDoubts([
      clusterReport({ name: 'payments', coverage: rows, verdicts: [...verdicts, partly] }),
      clusterReport({ name: 'staging', coverage: rows, verdicts }),
    ]);

    expect(lines).toEqual([
      '2 detections not evaluated on payments, staging: rbac denied',
      '1 detection evaluated in part on payments: audit-log read in part',
    ]);
  });

  test('says what of an earlier audit a verdict lacks', () => {
    const read = [coverage('iam'), coverage('rbac')];

    const lines = foldDoubts([
      clusterReport({
        name: 'payments',
        coverage: read,
        verdicts: [{ ...doubt('one', 'iam', 'rbac'), lack: 'no earlier audit is stored' }],
      }),
    ]);

    expect(lines).toEqual(['1 detection not evaluated on payments: no earlier audit is stored']);
  });

  test('leaves out what was evaluated', () => {
    const evaluated = { detection: 'one', status: 'evaluated', missing: [], reason: null } as const;

    expect(foldDoubts([clusterReport({ verdicts: [evaluated] })])).toEqual([]);
  });

  test('tells a log that begins too late from one that was read in part, and a piece from the whole', () => {
    const rows = [coverage('audit-log'), eksCoverage({ capabilities: 'denied' })];
    const complete = rows.map((row) => ({ ...row, status: 'complete' }) as const);

    expect(
      foldDoubts([clusterReport({ coverage: complete, verdicts: [doubt('one', 'audit-log', 'eks-api')] })]),
    ).toEqual(['1 detection not evaluated on payments: audit-log begins too late, eks-api read in part']);
  });

  test('takes one cause for the same, in whatever order its sources come', () => {
    const verdicts = [doubt('one', 'rbac', 'audit-log'), doubt('two', 'audit-log', 'rbac')];

    expect(foldDoubts([clusterReport({ coverage: [], verdicts })])).toEqual([
      '2 detections not evaluated on payments: audit-log not read, rbac not read',
    ]);
  });

  test('takes at most ten lines, whatever is missing', () => {
    const verdicts = SOURCES.flatMap((a) => SOURCES.map((b) => doubt(`${a}-${b}`, a, b)));

    const lines = foldDoubts([clusterReport({ coverage: [], verdicts })]);

    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('and 57 more causes: see the verdicts in the JSON report');
  });
});
