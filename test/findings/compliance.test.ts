import { describe, expect, test } from 'vitest';
import { judgeControls } from '../../shared/findings/compliance.ts';
import type { Verdict } from '../../shared/model/coverage.ts';
import type { Scope } from '../../shared/model/evidence.ts';
import type { ClusterReport } from '../../shared/model/report.ts';
import { clusterReport, finding } from '../support/report.ts';

const DETECTIONS = [
  { id: 'wildcard-role', cis: ['4.1.3'] },
  { id: 'aggregation-label-injected', cis: ['4.1.3'] },
];
const AUDITED: Scope = {
  account: '111122223333',
  region: 'eu-central-1',
  status: 'audited',
  clusters: 1,
  reason: null,
  mend: null,
};

function verdict(detection: string, status: Verdict['status'] = 'evaluated'): Verdict {
  return { detection, status, missing: status === 'evaluated' ? [] : ['rbac'], reason: null };
}

const BOTH = [verdict('wildcard-role'), verdict('aggregation-label-injected')];

function judge(more: Partial<ClusterReport>, scope: readonly Scope[] = [AUDITED]) {
  const control = judgeControls(DETECTIONS, [clusterReport(more)], scope).find((one) => one.control === '4.1.3');
  return { status: control?.status, reason: control?.reason, on: control?.clusters[0] };
}

describe('judgeControls', () => {
  test('passes a control whose every detection was judged in whole and found nothing', () => {
    expect(judge({ verdicts: BOTH })).toMatchObject({ status: 'pass', on: { status: 'pass', missing: [] } });
  });

  test('fails it by an open finding, whatever else was not read', () => {
    const findings = [finding({ detection: 'wildcard-role' })];

    expect(judge({ findings, verdicts: [verdict('wildcard-role', 'partly-evaluated')] })).toMatchObject({
      status: 'fail',
      on: { status: 'fail', findings: ['f0e1d2c3b4a5968778695a4b3c2d1e0f'], missing: ['rbac'] },
    });
  });

  test('fails it by an accepted finding too, and not by a resolved or another one', () => {
    const accepted = finding({ detection: 'wildcard-role', status: 'accepted' });
    const resolved = finding({ detection: 'wildcard-role', status: 'resolved' });
    const other = finding({ detection: 'root-session' });

    expect(judge({ verdicts: BOTH, findings: [accepted] }).status).toBe('fail');
    expect(judge({ verdicts: BOTH, findings: [resolved, other] }).status).toBe('pass');
  });

  test.each(['partly-evaluated', 'not-evaluated'] as const)('never passes it when one detection is %s', (status) => {
    const verdicts = [verdict('wildcard-role'), verdict('aggregation-label-injected', status)];

    expect(judge({ verdicts })).toMatchObject({ status: 'not-evaluated', on: { missing: ['rbac'] } });
  });

  test('never passes it when a detection has no verdict, when a place was not audited, or without a cluster', () => {
    const denied: Scope = { ...AUDITED, status: 'denied' };

    expect(judge({ verdicts: [verdict('wildcard-role')] }).status).toBe('not-evaluated');
    expect(judge({ verdicts: BOTH }, [AUDITED, denied])).toMatchObject({
      status: 'not-evaluated',
      reason: 'kept on every cluster that was seen; places that were not audited in whole: 1',
    });
    expect(judgeControls(DETECTIONS, [], [AUDITED]).map(({ status }) => status)).not.toContain('pass');
  });
});
