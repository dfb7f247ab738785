/** Change records into the origin of each grant: since when it stands, and who gave it. */
import type { Creator, Known } from '../model/access.ts';
import type { Coverage, Source } from '../model/coverage.ts';
import type { AccessEntry, AssociatedPolicy, Cluster } from '../model/eks.ts';
import type { Actor } from '../model/principal.ts';
import type { Binding, Subject } from '../model/rbac.ts';
import type { AuditEvent, CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { nameActor } from '../rules/actors.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { compareTimes, msBetween } from '../rules/time.ts';
import { bindingKey, subjectKey } from './subjects.ts';
import { sightOf } from './usage.ts';

export interface Origin {
  readonly since: Known;
  readonly grantedBy: Known;
}

export interface History {
  readonly ofPolicy: (entry: AccessEntry, policy: AssociatedPolicy) => Origin;
  readonly ofEntry: (entry: AccessEntry) => Origin;
  readonly ofCreator: () => Origin;
  readonly ofRow: (arn: string, group: string | null) => Origin;
  readonly ofBinding: (binding: Binding, subject: Subject) => Origin;
}

/** Within this long after creation an entry is EKS's own work for the creator. */
export const CREATION_MS = 10 * 60_000;

/** `records` are those of one life of the cluster, oldest first. */
export function readHistory(input: {
  readonly cluster: Cluster;
  readonly creator: Creator;
  readonly records: readonly EvidenceRecord[];
  readonly coverage: readonly Coverage[];
}): History {
  const calls = indexCalls(input.records);
  const writes = input.records.filter(isAccessWrite);
  const awsAuthWrites = writes.filter((event) => event.written?.kind === 'aws-auth');
  const bindingWrites = indexBindingWrites(writes);
  const trail = tellOrigins(input.coverage, 'cloudtrail');
  const audit = tellOrigins(input.coverage, 'audit-log');

  return {
    ofPolicy: (entry, policy) => {
      const made = (calls.get(`AssociateAccessPolicy ${principalKey(entry.principal)}`) ?? []).findLast(
        (event) => lastSegment(event.request.policyArn) === policy.name,
      );
      if (made !== undefined) return trail(policy.associatedAt ?? made.at, made.actor);
      if (isOfCreation(entry, input.cluster)) return ofCreation(policy.associatedAt ?? entry.createdAt, input.creator);
      return trail(policy.associatedAt, null);
    },
    ofEntry: (entry) => {
      const key = principalKey(entry.principal);
      const made = [...(calls.get(`CreateAccessEntry ${key}`) ?? []), ...(calls.get(`UpdateAccessEntry ${key}`) ?? [])]
        .sort((a, b) => compareTimes(a.at, b.at))
        .at(-1);
      if (made !== undefined) return trail(made.at ?? entry.modifiedAt, made.actor);
      if (isOfCreation(entry, input.cluster)) return ofCreation(entry.createdAt, input.creator);
      return trail(entry.modifiedAt ?? entry.createdAt, null);
    },
    ofCreator: () => ofCreation(input.cluster.createdAt, input.creator),
    ofRow: (arn, group) => {
      const made = findRowWrite(awsAuthWrites, arn, group);
      return made === null ? audit(null, null) : audit(made.at, made.actor);
    },
    ofBinding: (binding, subject) => {
      const made = findSubjectWrite(bindingWrites.get(bindingKey(binding)) ?? [], subject);
      return made === null ? audit(binding.createdAt, null) : audit(made.at, made.actor);
    },
  };
}

/** What a source says of a grant: when it was made and by whom, or why it does not say. */
function tellOrigins(coverage: readonly Coverage[], source: Source): (at: string | null, by: Actor | null) => Origin {
  const sight = sightOf(coverage, [source]);
  const missing: Known = sight.isReadable
    ? {
        value: null,
        status: 'none-seen',
        seenFrom: sight.seenFrom,
        reason: `no record of it in the ${source} that was read`,
      }
    : { value: null, status: 'not-readable', seenFrom: null, reason: sight.reason };
  return (at, by) => ({
    since: at === null ? missing : { value: at, status: 'known', seenFrom: null, reason: null },
    grantedBy: by === null ? missing : { value: nameActor(by), status: 'known', seenFrom: null, reason: null },
  });
}

function ofCreation(at: string | null, creator: Creator): Origin {
  const reason = 'EKS makes the creator an admin when the cluster is created';
  return {
    since: { value: at, status: at === null ? 'not-readable' : 'known', seenFrom: null, reason },
    grantedBy: {
      value: creator.principalArn,
      status: creator.principalArn === null ? 'not-readable' : 'known',
      seenFrom: null,
      reason,
    },
  };
}

/** True for an entry that EKS itself made for the creator. */
export function isOfCreation(entry: AccessEntry, cluster: Cluster): boolean {
  if (cluster.bootstrapCreatorAdmin !== true || cluster.createdAt === null || entry.createdAt === null) return false;
  return Math.abs(msBetween(cluster.createdAt, entry.createdAt)) <= CREATION_MS;
}

function indexCalls(records: readonly EvidenceRecord[]): ReadonlyMap<string, readonly CloudTrailEvent[]> {
  const calls = new Map<string, CloudTrailEvent[]>();
  for (const record of records) {
    if (record.source !== 'cloudtrail' || !record.succeeded || record.principalArn === null) continue;
    const key = `${record.eventName} ${arnKey(record.principalArn)}`;
    const list = calls.get(key);
    if (list === undefined) calls.set(key, [record]);
    else list.push(record);
  }
  return calls;
}

/** True for an audit event that changed an access object whose content it carries. */
function isAccessWrite(record: EvidenceRecord): record is AuditEvent {
  if (record.source !== 'audit-log' || record.written == null || record.dryRun) return false;
  return record.code === null || (record.code >= 200 && record.code < 300);
}

/** The write that brought the row: the oldest of the unbroken run, up to now, that holds it; null when even the first has it. */
function findRowWrite(writes: readonly AuditEvent[], arn: string, group: string | null): AuditEvent | null {
  const holds = ({ written }: AuditEvent): boolean =>
    written?.kind === 'aws-auth' &&
    written.awsAuth.rows.some(
      (row) => row.arn.toLowerCase() === arn.toLowerCase() && (group === null || row.groups.includes(group)),
    );
  return findFirstOfRun(writes, holds);
}

function findSubjectWrite(writes: readonly AuditEvent[], subject: Subject): AuditEvent | null {
  const key = subjectKey(subject);
  const holds = ({ written }: AuditEvent): boolean =>
    written?.kind === 'binding' && written.binding.subjects.some((s) => subjectKey(s) === key);
  // A creation shows the whole object being made, so there is nothing before it to be unsure of.
  const creation = writes.findLastIndex((event) => event.verb === 'create');
  const life = creation === -1 ? writes : writes.slice(creation);
  if (creation !== -1 && life.every(holds)) return life[0] ?? null;
  return findFirstOfRun(life, holds);
}

function findFirstOfRun(writes: readonly AuditEvent[], holds: (event: AuditEvent) => boolean): AuditEvent | null {
  const lastWithout = writes.findLastIndex((event) => !holds(event));
  return lastWithout === -1 ? null : (writes[lastWithout + 1] ?? null);
}

function indexBindingWrites(writes: readonly AuditEvent[]): ReadonlyMap<string, readonly AuditEvent[]> {
  const index = new Map<string, AuditEvent[]>();
  for (const event of writes) {
    if (event.written?.kind !== 'binding') continue;
    const key = bindingKey(event.written.binding);
    const list = index.get(key);
    if (list === undefined) index.set(key, [event]);
    else list.push(event);
  }
  return index;
}

function lastSegment(value: unknown): string {
  return typeof value === 'string' ? (value.split('/').at(-1) ?? '') : '';
}
