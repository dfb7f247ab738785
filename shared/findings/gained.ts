/** A finding and the record that shows it into who gains by it, how to undo it, and whether a declared grantor may give it. */
import type { Config } from '../model/config.ts';
import type { Finding } from '../model/finding.ts';
import type { AuditEvent, EvidenceRecord } from '../model/records.ts';
import { findAccessSubject, isChange } from '../rules/access-events.ts';
import { arnKey } from '../rules/arn.ts';
import { isGivingPolicies } from '../rules/iam-calls.ts';
import { undoIamCall } from '../rules/iam-remedies.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, nameSubject } from '../rules/subject-names.ts';

/** Detections whose finding says that its subject can administer the cluster. */
const GRANTS: ReadonlySet<string> = new Set([
  'access-entry-group-is-admin',
  'access-entry-username-collision',
  'admin-cluster-role-binding',
  'admin-people-grew',
  'admin-policy-at-cluster-scope',
  'aws-auth-group-is-admin',
  'broad-admin-policy',
  'creator-is-admin',
  'mapped-principal-recreated',
  'mapped-username-collision',
  'oidc-users-are-admin',
  'self-granted-admin',
  'service-account-is-admin',
  'system-masters-mapping',
  'user-or-root-mapped-to-admin',
  'workload-role-is-admin',
]);

/** Calls by which the principal that they name gains. */
const GIVING_CALLS: ReadonlySet<string> = new Set(['AssociateAccessPolicy', 'CreateAccessEntry', 'UpdateAccessEntry']);

type Shown = Pick<Finding, 'detection' | 'subject' | 'cluster' | 'gainers'>;

/** Whoever a trust policy lets in gains the role's admin, where the change says who that is. */
const OPENS = 'admin-role-trust-changed';

export function isGrant({ detection, gainers = [] }: Pick<Finding, 'detection' | 'gainers'>): boolean {
  return GRANTS.has(detection) || (detection === OPENS && gainers.length > 0);
}

/** Somebody gains by it who did not before. A finding of an earlier version does not say who did. */
export function hasNewGainers(before: Pick<Finding, 'gainers'>, { gainers = [] }: Pick<Finding, 'gainers'>): boolean {
  return before.gainers !== undefined && listNewGainers(before.gainers, gainers).length > 0;
}

/** The finding as news: of a grant that grew, those by whom it did. */
export function narrowGainers<T extends Pick<Finding, 'gainers'>>(before: T | null, finding: T): T {
  const fresh = listNewGainers(before?.gainers ?? [], finding.gainers ?? []);
  return fresh.length === 0 ? finding : { ...finding, gainers: fresh };
}

function listNewGainers(before: readonly string[], after: readonly string[]): readonly string[] {
  const known = new Set(before);
  return after.filter((name) => !known.has(name));
}

/** ARNs and Kubernetes names; null where neither the finding nor the record says. */
export function listGainers(finding: Shown, record: EvidenceRecord | null): readonly string[] | null {
  const { subject, gainers } = finding;
  const named = /^(?:iam|aws-auth|user):(.+)$/s.exec(subject)?.[1];
  if (record?.source === 'audit-log' && record.written?.kind === 'binding') {
    const { subjects } = record.written.binding;
    // A finding of whoever wrote it is of no gain of its own: who gains stands in the binding.
    const isWriter = named !== undefined && !isGrant(finding) && named === record.user.username;
    if (isWriter || (gainers === undefined && subject === bindingSubject(record.written.binding)))
      return subjects.map(nameSubject);
  }
  return gainers ?? (named === undefined || finding.detection === OPENS ? null : [named]);
}

/** Those of the finding; of a binding that grew, those that take out who came; else those that undo the call. */
export function listCommands(finding: Shown & Pick<Finding, 'fix'>, record: EvidenceRecord | null): readonly string[] {
  const { fix, gainers = [] } = finding;
  if (record?.source === 'audit-log' && record.written?.kind === 'binding') {
    const { binding } = record.written;
    const came = binding.subjects.filter((subject) => gainers.includes(nameSubject(subject)));
    const isPart = came.length > 0 && came.length < binding.subjects.length;
    if (isPart && finding.subject === bindingSubject(binding))
      return [showBinding(binding), ...removeSubjects(binding, came)];
  }
  return fix.length === 0 && record?.source === 'cloudtrail' ? undoIamCall(record) : fix;
}

/**
 * Never where the grantor gains itself, or where it is not known who does. Names can be imitated, so a principal is known
 * by its unique id too, and a service account by having come without any ARN.
 */
export function isDeclaredGrant(finding: Shown, record: EvidenceRecord | null, config: Config): boolean {
  const gainers = listGainers(finding, record);
  if (record === null || gainers === null || gainers.length === 0 || !isGiving(finding, record)) return false;
  const grantor = (config.trustedGrantors ?? []).find(
    (declared) => isActor(declared, record) && isOfCluster(declared.clusters, finding.cluster),
  );
  if (grantor === undefined) return false;
  const own = listOwnNames(record);
  return gainers.every((name) => !own.some((mine) => isSame(mine, name)) && isListed(grantor.subjects, name));
}

type Grantor = NonNullable<Config['trustedGrantors']>[number];

function isActor({ principal, uniqueId }: Grantor, record: EvidenceRecord): boolean {
  if (record.source === 'authenticator-log') return false;
  const { actor } = record;
  if (!principal.startsWith('arn:'))
    return actor.kind === 'service-account' && actor.principalArn === null && actor.name === principal;
  return actor.principalArn !== null && arnKey(actor.principalArn) === arnKey(principal) && actor.uniqueId === uniqueId;
}

/** Other calls delete the principal that they name, use it, or open it to others; and no use of an emergency's is a gift. */
function isGiving({ detection }: Shown, record: EvidenceRecord): boolean {
  if (detection.startsWith('break-glass-')) return false;
  if (record.source !== 'cloudtrail') return isChange(record) && record.impersonated === null && !isOfRole(record);
  if (!record.succeeded) return false;
  // Of whoever can become an admin by it, whatever it was.
  if (detection === 'admin-people-grew' || detection === OPENS) return true;
  return GIVING_CALLS.has(record.eventName) || isGivingPolicies(record);
}

/** Who else is bound to it, or will be, the write does not say. */
function isOfRole(record: AuditEvent): boolean {
  return findAccessSubject(record)?.startsWith('role:') === true;
}

/** By which the grantor is known to the cluster: whoever grants to one of its groups grants to itself. */
function listOwnNames(record: EvidenceRecord): readonly string[] {
  if (record.source === 'authenticator-log') return [];
  const { name, principalArn } = record.actor;
  const user = record.source === 'audit-log' ? record.user : { username: name, groups: [] };
  return [
    name,
    user.username,
    ...(principalArn === null ? [] : [principalArn]),
    ...user.groups.map((group) => `group ${group}`),
  ];
}

function isOfCluster(clusters: readonly string[], cluster: Finding['cluster']): boolean {
  return (
    clusters.length === 0 || (cluster !== null && (clusters.includes(cluster.name) || clusters.includes(cluster.arn)))
  );
}

function isListed(declared: readonly string[], name: string): boolean {
  return declared.some((listed) => isSame(listed, name));
}

function isSame(a: string, b: string): boolean {
  return a === b || (a.startsWith('arn:') && b.startsWith('arn:') && arnKey(a) === arnKey(b));
}
