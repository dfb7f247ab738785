/** Verdicts and findings into the state of each control: fail, pass, or not evaluated, and never pass on partial evidence. */
import type { Control, ControlOnCluster, ControlResult } from '../model/compliance.ts';
import { SOURCES } from '../model/coverage.ts';
import type { Scope } from '../model/evidence.ts';
import type { DetectionRule } from '../model/finding.ts';
import type { ClusterReport } from '../model/report.ts';
import { listControls } from '../rules/controls.ts';

type Audited = Pick<ClusterReport, 'arn' | 'findings' | 'verdicts'>;

export function judgeControls(
  detections: readonly Pick<DetectionRule, 'id' | 'cis'>[],
  clusters: readonly Audited[],
  scope: readonly Scope[],
): readonly ControlResult[] {
  const unseen = scope.filter(({ status }) => status !== 'audited').length;
  return listControls(detections).map((control) => {
    const each = clusters.map((cluster) => judgeCluster(control, cluster));
    return { ...control, ...judgeAll(each, unseen), clusters: each };
  });
}

function judgeCluster({ detections }: Control, { arn, findings, verdicts }: Audited): ControlOnCluster {
  const asked = new Set(detections);
  const broken = findings.filter(({ detection, status }) => asked.has(detection) && status !== 'resolved');
  const answered = verdicts.filter(({ detection }) => asked.has(detection));
  const doubtful = answered.filter(({ status }) => status !== 'evaluated');
  const missing = new Set(doubtful.flatMap((verdict) => verdict.missing));
  // A detection without a verdict was never asked, and nothing asked is nothing known.
  const isWhole = asked.size > 0 && answered.length === asked.size && doubtful.length === 0;
  return {
    arn,
    status: broken.length > 0 ? 'fail' : isWhole ? 'pass' : 'not-evaluated',
    findings: broken.map(({ fingerprint }) => fingerprint),
    missing: SOURCES.filter((source) => missing.has(source)),
  };
}

function judgeAll(each: readonly ControlOnCluster[], unseen: number): Pick<ControlResult, 'status' | 'reason'> {
  const count = (status: ControlOnCluster['status']): number => each.filter((one) => one.status === status).length;
  const [failed, open] = [count('fail'), count('not-evaluated')];
  const places = unseen === 0 ? '' : `; places that were not audited in whole: ${unseen}`;
  if (failed > 0)
    return {
      status: 'fail',
      reason: `broken on ${failed} of ${each.length} clusters, not evaluated on ${open}${places}`,
    };
  if (each.length === 0) return { status: 'not-evaluated', reason: `no cluster was audited${places}` };
  if (open > 0)
    return { status: 'not-evaluated', reason: `not evaluated on ${open} of ${each.length} clusters${places}` };
  if (unseen > 0) return { status: 'not-evaluated', reason: `kept on every cluster that was seen${places}` };
  return { status: 'pass', reason: `kept on all of ${each.length} clusters, every question judged in whole` };
}
