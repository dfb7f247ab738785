/** Audit events and log lines about aws-auth into what it held after each of them. */
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Ref } from '../model/coverage.ts';
import type { AuditEvent, ConfigMapMessage, EvidenceRecord } from '../model/records.ts';
import { findAccessSubject, isChange } from '../rules/access-events.ts';
import { nameActor } from '../rules/actors.ts';
import { compareTimes, msBetween } from '../rules/time.ts';

export interface AwsAuthEvent {
  readonly at: string | null;
  /** `unread`: something was written, and the record does not hold what. */
  readonly left: 'whole' | 'damaged' | 'absent' | 'unread';
  /** null unless the record holds the content. */
  readonly content: AwsAuth | null;
  readonly actor: string | null;
  readonly evidence: Ref;
}

const LOSING = new Set(['section-lost', 'key-case', 'value-not-a-string', 'not-a-config-map']);

/** True when the authenticator keeps every section; single rows may still be wrong. */
export function isWhole({ lostSections, problems }: AwsAuth): boolean {
  return lostSections.length === 0 && !problems.some(({ code, losesAccess }) => losesAccess && LOSING.has(code));
}

/** Oldest first. What the authenticator says counts where the audit log has nothing near it. */
export function listAwsAuthEvents(records: readonly EvidenceRecord[]): readonly AwsAuthEvent[] {
  const writes = records.flatMap((record) => (isAwsAuthChange(record) ? [toEvent(record)] : []));
  const lines = records.flatMap((record) =>
    record.source === 'authenticator-log' && (record.kind === 'configmap-error' || record.kind === 'configmap-deleted')
      ? [toLineEvent(record, record.kind === 'configmap-deleted')]
      : [],
  );
  const alone = lines.filter(({ at }) => !writes.some((write) => isNear(write.at, at)));
  return [...writes, ...alone].sort((a, b) => compareTimes(a.at, b.at));
}

function isAwsAuthChange(record: EvidenceRecord): record is AuditEvent {
  if (!isChange(record)) return false;
  if (findAccessSubject(record) === 'aws-auth') return true;
  const { object, verb } = record;
  return verb === 'deletecollection' && object?.resource === 'configmaps' && object.namespace === 'kube-system';
}

function toEvent(event: AuditEvent): AwsAuthEvent {
  const content = event.written?.kind === 'aws-auth' ? event.written.awsAuth : null;
  const isGone = event.verb === 'delete' || event.verb === 'deletecollection';
  const left = isGone ? 'absent' : content === null ? 'unread' : isWhole(content) ? 'whole' : 'damaged';
  return { at: event.at, left, content, actor: nameActor(event.actor), evidence: event.evidence };
}

function toLineEvent({ at, evidence }: ConfigMapMessage, isGone: boolean): AwsAuthEvent {
  return { at, left: isGone ? 'absent' : 'damaged', content: null, actor: null, evidence };
}

/** The authenticator reports a write within seconds. */
const NEAR_MS = 2 * 60_000;

function isNear(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && Math.abs(msBetween(a, b)) <= NEAR_MS;
}
