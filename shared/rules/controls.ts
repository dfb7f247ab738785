/** Controls of standards, in our own words, and the detections that ask for them; as of November 2026. */
import type { Control } from '../model/compliance.ts';

/** Which detection belongs to which of these, each detection says itself. */
const CIS_EKS: ReadonlyMap<string, string> = new Map([
  ['2.1.1', 'Control plane logs are on'],
  ['2.1.2', 'Control plane logs are kept and looked after'],
  ['4.1.1', 'cluster-admin only where it is needed'],
  ['4.1.2', 'Few can read Secrets'],
  ['4.1.3', 'Roles without wildcards'],
  ['4.1.5', 'Default service accounts hold nothing'],
  ['4.1.7', 'Access is managed by access entries'],
  ['4.1.8', 'Few can bind, impersonate or escalate'],
  ['4.1.10', 'Few can reach the kubelet through nodes/proxy'],
  ['4.1.11', 'Few can change admission webhooks'],
  ['4.1.12', 'Few can make tokens of service accounts'],
  ['5.2.1', 'Workloads have service accounts of their own'],
  ['5.4.1', 'The endpoint is open to known networks alone'],
  ['5.4.2', 'The endpoint is private'],
  ['5.5.1', 'People log in through IAM'],
]);

const ANONYMOUS = [
  'anonymous-binding',
  'anonymous-binding-dormant',
  'legacy-unauthenticated-discovery',
  'public-info-viewer-widened',
];
const ADMINS = [
  'access-entry-group-is-admin',
  'admin-cluster-role-binding',
  'admin-policy-at-cluster-scope',
  'aws-auth-group-is-admin',
  'broad-admin-policy',
  'creator-is-admin',
  'system-masters-mapping',
];
const LEFT_BEHIND = ['access-entry-dead', 'access-entry-orphaned', 'aws-auth-orphaned-mapping', 'creator-gone'];
const ESCALATION = ['escalation-verbs-granted', 'iam-can-self-grant-admin', 'wildcard-role'];
const WORKLOADS = ['service-account-is-admin', 'workload-role-is-admin'];

/** A mapping of ours, written down in docs/compliance.md; no auditor has agreed to it. */
const MAPPED: readonly Control[] = [
  { standard: 'CIS GKE', control: '4.1.8', title: 'No binding to system:anonymous', detections: ANONYMOUS },
  { standard: 'CIS GKE', control: '4.1.9', title: 'No binding to system:unauthenticated', detections: ANONYMOUS },
  {
    standard: 'CIS GKE',
    control: '4.1.10',
    title: 'No binding to system:authenticated',
    detections: ['everyone-binding'],
  },
  {
    standard: 'SOC 2',
    control: 'CC6.1',
    title: 'Access is restricted by rights and by identity',
    detections: [...ADMINS, ...ANONYMOUS, 'everyone-binding', 'map-accounts-used', 'caller-controlled-identity'],
  },
  {
    standard: 'SOC 2',
    control: 'CC6.2',
    title: 'Access ends when it is needed no more',
    detections: [...LEFT_BEHIND, 'admin-unused', 'principal-recreated'],
  },
  {
    standard: 'SOC 2',
    control: 'CC6.3',
    title: 'Least privilege, and duties kept apart',
    detections: [...ADMINS, ...ESCALATION, ...WORKLOADS, 'self-granted-admin'],
  },
  {
    standard: 'SOC 2',
    control: 'CC6.6',
    title: 'Protected against what comes from outside',
    detections: ['public-endpoint-open', 'anonymous-request-allowed', 'access-entry-foreign-principal', ...ANONYMOUS],
  },
  {
    standard: 'PCI DSS 4.0.1',
    control: '7.2.2',
    title: 'Rights follow the job, and no more than it needs',
    detections: [...ADMINS, ...ESCALATION],
  },
  {
    standard: 'PCI DSS 4.0.1',
    control: '7.2.4',
    title: 'Rights of people are reviewed',
    detections: ['admin-unused', 'admin-role-assumable-too-widely', ...LEFT_BEHIND],
  },
  {
    standard: 'PCI DSS 4.0.1',
    control: '7.2.5',
    title: 'Rights of applications are the least they need',
    detections: [...WORKLOADS, 'service-account-writes-rbac'],
  },
  {
    standard: 'PCI DSS 4.0.1',
    control: '7.3.3',
    title: 'Access is denied unless it is given',
    detections: [...ANONYMOUS, 'everyone-binding', 'map-accounts-used'],
  },
  {
    standard: 'PCI DSS 4.0.1',
    control: '8.2.1',
    title: 'Everybody has an identity of their own',
    detections: ['admin-sessions-unattributable', 'caller-controlled-identity', 'mapped-username-collision'],
  },
  {
    standard: 'PCI DSS 4.0.1',
    control: '8.2.2',
    title: 'Shared and built-in accounts only by exception',
    detections: ['root-session', 'user-or-root-mapped-to-admin', 'hidden-creator-used', 'privileged-group-as-subject'],
  },
  { standard: 'PCI DSS 4.0.1', control: '8.2.5', title: 'Access of who leaves ends at once', detections: LEFT_BEHIND },
  {
    standard: 'PCI DSS 4.0.1',
    control: '8.2.6',
    title: 'What nobody uses for 90 days is taken away',
    detections: ['admin-unused'],
  },
  {
    standard: 'PCI DSS 4.0.1',
    control: '8.6.3',
    title: 'Secrets of applications do not live forever',
    detections: ['admin-session-with-long-lived-key'],
  },
];

export function listControls(
  detections: readonly { readonly id: string; readonly cis: readonly string[] }[],
): readonly Control[] {
  const cis = [...CIS_EKS].map(([control, title]) => ({
    standard: 'CIS EKS',
    control,
    title,
    detections: detections.filter((detection) => detection.cis.includes(control)).map(({ id }) => id),
  }));
  return [...cis, ...MAPPED];
}
