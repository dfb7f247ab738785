import { describe, expect, test } from 'vitest';
import { viewReport } from '../../shared/reports/view.ts';
import { clusterReport, finding, report } from '../support/report.ts';

describe('viewReport', () => {
  test('sums up in one line', () => {
    const base = report({ clusters: [clusterReport({ findings: [finding({ status: 'accepted' })] })] });
    const findings = { critical: 2, high: 0, medium: 1, low: 0, info: 0 };

    const view = viewReport({ ...base, summary: { ...base.summary, keyholders: 3, findings } }, 5);

    expect(view.outcome).toBe('1 cluster · 3 keyholders · open findings: 2 critical, 1 medium · 1 accepted');
  });

  test('says how many questions stay open', () => {
    const verdict = { detection: 'one', status: 'not-evaluated', missing: ['rbac'], reason: 'x' } as const;
    const answered = { detection: 'two', status: 'evaluated', missing: [], reason: null } as const;

    const view = viewReport(report({ clusters: [clusterReport({ verdicts: [verdict, answered] })] }), 5);

    expect(view.doubtTitle).toBe('What could not be judged in whole: 1 of 2 questions');
    expect(view.clusters[0]?.findings.none).toBe('No findings, but 1 detection could not be judged in whole.');
  });

  test('orders clusters by place, whatever order they come in', () => {
    const clusters = [
      clusterReport({ name: 'b' }),
      clusterReport({ name: 'a', region: 'us-east-1' }),
      clusterReport({ name: 'a' }),
    ];

    const names = viewReport(report({ clusters }), 5).clusters.map(({ name, facts }) => `${facts[0]} ${name}`);

    expect(names).toEqual(['eu-central-1 a', 'eu-central-1 b', 'us-east-1 a']);
  });

  test('says what is known of the creator', () => {
    const known = { ...clusterReport().creator, exists: false };
    const unknown = { ...known, principalArn: null, candidates: ['role/a', 'role/b'], reason: 'the sources disagree' };
    const tell = (creator: typeof unknown | typeof known): string | undefined =>
      viewReport(report({ clusters: [clusterReport({ creator })] }), 5).clusters[0]?.creator;

    expect(tell(known)).toBe(
      'Created 2 Mar 2026 by arn:aws:iam::111122223333:role/pipeline (proven), which no longer exists',
    );
    expect(tell(unknown)).toBe(
      'Created 2 Mar 2026, creator not known (perhaps role/a or role/b): the sources disagree',
    );
  });

  test('names places that were not audited in whole, with the mend', () => {
    const place = { account: '444455556666', region: 'us-east-1', status: 'denied', clusters: 0 } as const;
    const scope = [{ ...place, reason: 'eks:ListClusters was denied', mend: 'Allow it.' }];

    expect(viewReport(report({ scope }), 5).places).toEqual([
      '444455556666 us-east-1 denied: eks:ListClusters was denied. Allow it.',
    ]);
  });

  test('names acceptances that have run out or match nothing', () => {
    const risk = { owner: 'alice', reason: 'x', expires: '2026-10-01T00:00:00Z' };

    const { acceptances } = viewReport(
      report({
        acceptances: [
          { ...risk, finding: 'f1', status: 'expired' },
          { ...risk, finding: 'f2', status: 'unmatched' },
          { ...risk, finding: 'f3', status: 'in-force' },
        ],
      }),
      5,
    );

    expect(acceptances).toEqual([
      'f1 ran out on 1 Oct 2026; ask alice',
      'f2 matches no finding of this run; ask alice whether it can go',
    ]);
  });
});
