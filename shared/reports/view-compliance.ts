/** The state of each control into rows that people read, and into rows for a table of every control on every cluster. */
import {
  CONTROL_STATUSES,
  type ControlOnCluster,
  type ControlResult,
  type ControlStatus,
} from '../model/compliance.ts';
import type { Report } from '../model/report.ts';
import { sortClusters } from './order.ts';
import { tellList } from './words.ts';

export interface ControlView {
  readonly standard: string;
  readonly control: string;
  readonly title: string;
  readonly status: ControlStatus;
  readonly reason: string;
  /** Where it is broken, and by how many findings. */
  readonly broken: string;
  /** Where it is not known, and for lack of what. */
  readonly unknown: string;
  readonly detections: string;
}

export interface ComplianceView {
  readonly counts: string;
  readonly controls: readonly ControlView[];
}

const MOST_CLUSTERS = 5;

export function viewCompliance(report: Report): ComplianceView {
  const controls = report.compliance ?? [];
  const names = new Map(report.clusters.map(({ arn, name }) => [arn, name]));
  const counts = CONTROL_STATUSES.map(
    (status) => `${controls.filter((one) => one.status === status).length} ${status}`,
  );
  return { counts: counts.join(', '), controls: controls.map((control) => viewControl(control, names)) };
}

function viewControl(result: ControlResult, names: ReadonlyMap<string, string>): ControlView {
  const { standard, control, title, status, reason, detections, clusters } = result;
  const listOf = (wanted: ControlStatus, tell: (one: ControlOnCluster) => string): string =>
    tellList(
      clusters.filter((one) => one.status === wanted).map((one) => `${names.get(one.arn) ?? one.arn} (${tell(one)})`),
      MOST_CLUSTERS,
    );
  return {
    standard,
    control,
    title,
    status,
    reason,
    broken: listOf('fail', ({ findings }) => String(findings.length)),
    unknown: listOf('not-evaluated', ({ missing }) => (missing.length === 0 ? 'never asked' : missing.join(', '))),
    detections: detections.join(', '),
  };
}

export const CONTROL_COLUMNS = [
  ...(['standard', 'control', 'title', 'cluster', 'cluster arn', 'status'] as const),
  ...(['findings', 'not read in whole', 'detections', 'over all', 'reason'] as const),
] as const;

export type ControlRow = Readonly<Record<(typeof CONTROL_COLUMNS)[number], string>>;

/** One for each control and cluster; a control that no cluster answers has one of its own. */
export function listControlRows(report: Report): readonly ControlRow[] {
  const clusters = sortClusters(report.clusters);
  return (report.compliance ?? []).flatMap((result) => {
    const { standard, control, title, status, reason, detections } = result;
    const shared = { standard, control, title, detections: detections.join('; '), 'over all': status, reason };
    const byArn = new Map(result.clusters.map((one) => [one.arn, one]));
    const none = {
      ...shared,
      cluster: '',
      'cluster arn': '',
      status: 'not-evaluated',
      findings: '',
      'not read in whole': '',
    };
    if (clusters.length === 0) return [none];
    return clusters.flatMap(({ arn, name }) => {
      const one = byArn.get(arn);
      if (one === undefined) return [];
      const { findings, missing } = one;
      return [
        {
          ...{ ...shared, cluster: name, 'cluster arn': arn, status: one.status },
          ...{ findings: findings.join('; '), 'not read in whole': missing.join('; ') },
        },
      ];
    });
  });
}
