/** Findings and controls into events of the Open Cybersecurity Schema Framework: Detection and Compliance Finding. */
import type { ControlStatus } from '../model/compliance.ts';
import type { Severity } from '../model/finding.ts';
import { escapeJson } from './escape.ts';
import type { ControlEventView } from './view-control-events.ts';
import type { SecurityView } from './view-security.ts';

const VERSION = '1.5.0';
const SEVERITY_IDS: Readonly<Record<Severity, number>> = { info: 1, low: 2, medium: 3, high: 4, critical: 5 };
const STATUS = {
  open: { status_id: 1, status: 'New' },
  accepted: { status_id: 3, status: 'Suppressed' },
  resolved: { status_id: 4, status: 'Resolved' },
} as const;
const CONTROL_STATUS: Readonly<Record<ControlStatus, { readonly status_id: number; readonly status: string }>> = {
  pass: { status_id: 1, status: 'Pass' },
  fail: { status_id: 3, status: 'Fail' },
  'not-evaluated': { status_id: 0, status: 'Unknown' },
};

export function renderOcsf(findings: readonly SecurityView[], controls: readonly ControlEventView[]): string {
  const events = [...findings.map(toDetectionFinding), ...controls.map(toComplianceFinding)];
  return `${escapeJson(JSON.stringify(events, null, 2))}\n`;
}

/** What events of both classes carry. */
function describeEvent(classUid: 2003 | 2004, activityId: number, view: SecurityView | ControlEventView) {
  const { reportedAt, product, region, account } = view;
  return {
    category_uid: 2,
    category_name: 'Findings',
    class_uid: classUid,
    class_name: classUid === 2004 ? 'Detection Finding' : 'Compliance Finding',
    activity_id: activityId,
    type_uid: classUid * 100 + activityId,
    time: Date.parse(reportedAt),
    metadata: {
      version: VERSION,
      product: { name: 'Keyholder', vendor_name: 'Keyholder', version: product },
      profiles: ['cloud'],
    },
    cloud: { provider: 'AWS', region, account: { uid: account, type: 'AWS Account', type_id: 10 } },
  };
}

function toDetectionFinding(view: SecurityView) {
  const { status, severity, fingerprint, detection, title, summary, subject, actor, commands, proofs } = view;
  const isNew = view.firstSeenAt === view.reportedAt;
  return {
    ...describeEvent(2004, status === 'resolved' ? 3 : isNew ? 1 : 2, view),
    ...STATUS[status],
    severity_id: SEVERITY_IDS[severity],
    severity,
    message: summary,
    is_alert: severity === 'critical' || severity === 'high',
    finding_info: {
      uid: fingerprint,
      title,
      desc: summary,
      first_seen_time: Date.parse(view.firstSeenAt),
      last_seen_time: Date.parse(view.lastSeenAt),
      analytic: { uid: detection, name: detection, type: 'Rule', type_id: 1 },
    },
    resources: listResources(view),
    evidences: proofs.map((proof) => ({ data: { proof } })),
    ...(commands.length === 0 ? {} : { remediation: { desc: commands.join('\n') } }),
    unmapped: { subject, actor },
  };
}

function listResources({ cluster, principalArn }: SecurityView) {
  return [
    ...(cluster === null ? [] : [{ uid: cluster.arn, name: cluster.name, type: 'AWS::EKS::Cluster' }]),
    ...(principalArn === null ? [] : [{ uid: principalArn, type: 'AWS::IAM::Principal' }]),
  ];
}

function toComplianceFinding(view: ControlEventView) {
  const { uid, status, severity, title, standard, control, reason, cluster } = view;
  return {
    ...describeEvent(2003, 1, view),
    status_id: 1,
    status: 'New',
    severity_id: severity === null ? (status === 'pass' ? 1 : 0) : SEVERITY_IDS[severity],
    message: `${standard} ${control}: ${reason}`,
    finding_info: { uid, title: `${standard} ${control} ${title}`, desc: reason },
    compliance: { control, standards: [standard], ...CONTROL_STATUS[status], status_detail: reason },
    resources: [{ uid: cluster.arn, name: cluster.name, type: 'AWS::EKS::Cluster' }],
  };
}
