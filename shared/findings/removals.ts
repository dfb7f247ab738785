/** Change records into the one that took a grant away: when, and by whom. */
import type { Grant } from '../model/access.ts';
import type { AuditEvent, CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import type { RememberedGrant } from '../model/remembered.ts';
import { isChange } from '../rules/access-events.ts';
import { nameActor } from '../rules/actors.ts';
import { arnKey } from '../rules/arn.ts';
import { msBetween } from '../rules/time.ts';
import type { Removal } from './grant-lifecycle.ts';

/** The last such record after `from` and up to `to`; null where none was read. `records` are those of one cluster. */
export function findRemoval(
  grant: RememberedGrant,
  records: readonly EvidenceRecord[],
  { from, to }: { readonly from: string; readonly to: string },
): Removal | null {
  let last: Removal | null = null;
  for (const record of records) {
    const { at } = record;
    if (at === null || msBetween(from, at) <= 0 || msBetween(at, to) < 0 || !removes(record, grant)) continue;
    if (last === null || msBetween(last.at, at) >= 0) last = { at, by: actorOf(record) };
  }
  return last;
}

function actorOf(record: EvidenceRecord): string | null {
  return record.source === 'authenticator-log' ? null : nameActor(record.actor);
}

function removes(record: EvidenceRecord, grant: RememberedGrant): boolean {
  if (record.source === 'cloudtrail') return record.succeeded && endsByCall(record, grant);
  return isChange(record) && endsByWrite(record, grant);
}

function endsByCall({ eventName, principalArn, request }: CloudTrailEvent, grant: RememberedGrant): boolean {
  if (eventName === 'DeleteCluster') return true;
  if (!grant.via.startsWith('access-') || principalArn === null || grant.principalArn === null) return false;
  if (arnKey(principalArn) !== arnKey(grant.principalArn)) return false;
  if (eventName === 'DeleteAccessEntry') return true;
  if (grant.via !== 'access-policy') return false;
  return eventName === 'DisassociateAccessPolicy' && namesPolicy(grant.detail, request.policyArn);
}

function namesPolicy(detail: string, policyArn: unknown): boolean {
  const name = typeof policyArn === 'string' ? (policyArn.split('/').at(-1) ?? '') : '';
  return name !== '' && detail.includes(name);
}

const TAKING: ReadonlySet<string> = new Set(['delete', 'deletecollection']);

const BINDINGS: Readonly<Record<string, string>> = {
  clusterrolebindings: 'ClusterRoleBinding',
  rolebindings: 'RoleBinding',
};

function endsByWrite({ object, verb, written }: AuditEvent, grant: RememberedGrant): boolean {
  if (object === null) return false;
  const { resource, name, namespace } = object;
  if (resource === 'configmaps' && name === 'aws-auth' && namespace === 'kube-system') {
    if (grant.via !== 'aws-auth') return false;
    return TAKING.has(verb) || (written?.kind === 'aws-auth' && !hasRow(written.awsAuth.rows, grant));
  }
  const kind = Object.hasOwn(BINDINGS, resource) ? BINDINGS[resource] : undefined;
  if (kind === undefined || name === null) return false;
  const place = namespace === null ? '' : ` of namespace ${namespace}`;
  if (!hasStep(grant, 'binding', `${kind} ${name}${place}`)) return false;
  return TAKING.has(verb) || (written?.kind === 'binding' && !hasSubject(written.binding.subjects, grant));
}

function hasRow(rows: readonly { readonly arn: string }[], { principalArn }: RememberedGrant): boolean {
  return principalArn === null || rows.some(({ arn }) => arnKey(arn) === arnKey(principalArn));
}

function hasStep({ steps = [] }: Pick<Grant, 'steps'>, kind: string, name: string): boolean {
  return steps.some((step) => step.kind === kind && step.name === name);
}

/** The user or group that the binding names; a service account is the holder itself. */
function hasSubject(
  subjects: readonly { readonly kind: string; readonly name: string; readonly namespace: string | null }[],
  { steps = [], holder }: RememberedGrant,
): boolean {
  if (holder.kind === 'service-account') {
    return subjects.some(
      ({ kind, name, namespace }) => kind === 'ServiceAccount' && `${namespace}/${name}` === holder.name,
    );
  }
  const subject = steps.find(({ kind }) => kind === 'user' || kind === 'group');
  return subject === undefined || subjects.some(({ name }) => name === subject.name);
}
