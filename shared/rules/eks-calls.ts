/** CloudTrail records of EKS into the access that a call gave: a policy with its scope, or an entry's groups and username. */
import type { ResolvedPolicy } from '../model/access.ts';
import type { AccessScope, AssociatedPolicy, Cluster } from '../model/eks.ts';
import type { Facts } from '../model/facts.ts';
import type { CloudTrailEvent, EvidenceRecord } from '../model/records.ts';
import { parseArn } from './arn.ts';
import { gradePolicy } from './levels.ts';

/** Stands for the principal in a record that does not name it: a fragment is still found. */
export const UNNAMED = 'unnamed';

export interface Association {
  readonly event: CloudTrailEvent;
  readonly principalArn: string;
  /** Graded as it would be in a read of the entry. */
  readonly policy: ResolvedPolicy;
  /** False when the record does not state the scope; it then counts as the whole cluster. */
  readonly isScopeKnown: boolean;
}

/** null unless the record is an access policy being associated, with success. */
export function findAssociation(record: EvidenceRecord, facts: Facts | null): Association | null {
  if (!isEksCall(record, ['AssociateAccessPolicy']) || !record.succeeded) return null;
  const answered = fieldsOf(record.response.associatedAccessPolicy);
  const policyArn = textOf(record.request.policyArn) ?? textOf(answered.get('policyArn'));
  if (policyArn === null) return null;
  const scope = parseScope(record.request.accessScope) ?? parseScope(answered.get('accessScope'));
  const policy: AssociatedPolicy = {
    policyArn,
    name: policyArn.split('/').at(-1) ?? policyArn,
    scope: scope ?? { type: 'cluster' },
    associatedAt: record.at,
    modifiedAt: record.at,
  };
  return {
    event: record,
    principalArn: record.principalArn ?? UNNAMED,
    policy: { ...policy, ...gradePolicy(policy, contextOf(facts)) },
    isScopeKnown: scope !== null,
  };
}

export interface WrittenEntry {
  readonly event: CloudTrailEvent;
  readonly principalArn: string;
  readonly groups: readonly string[];
  /** null when the call left it to EKS, or does not change it. */
  readonly username: string | null;
}

/** null unless the record is an access entry being created or updated, with success. */
export function findWrittenEntry(record: EvidenceRecord): WrittenEntry | null {
  if (!isEksCall(record, ['CreateAccessEntry', 'UpdateAccessEntry']) || !record.succeeded) return null;
  const answered = fieldsOf(record.response.accessEntry);
  const principalArn = record.principalArn ?? textOf(answered.get('principalArn'));
  return {
    event: record,
    principalArn: principalArn ?? UNNAMED,
    groups: textsOf(record.request.kubernetesGroups ?? answered.get('kubernetesGroups')),
    username: textOf(record.request.username) ?? textOf(answered.get('username')),
  };
}

export function isEksCall(record: EvidenceRecord, names: readonly string[]): record is CloudTrailEvent {
  return (
    record.source === 'cloudtrail' && record.eventSource === 'eks.amazonaws.com' && names.includes(record.eventName)
  );
}

/** Where the commands of a finding must point; null where neither the facts nor the record say it. */
export function findPlace(
  { clusterName: name, region, principalArn }: CloudTrailEvent,
  facts: Facts | null,
): Pick<Cluster, 'name' | 'region' | 'partition'> | null {
  if (facts !== null) return facts.cluster;
  if (name === null || region === null) return null;
  return { name, region, partition: parseArn(principalArn ?? '')?.partition ?? 'aws' };
}

/** The rules of access policies name no roles or subjects, so nothing has to be looked up. */
function contextOf(facts: Facts | null): Parameters<typeof gradePolicy>[1] {
  return {
    awsAuthCounts: facts?.cluster.authenticationMode !== 'API',
    findRole: () => null,
    findGrants: () => [],
  };
}

function parseScope(value: unknown): AccessScope | null {
  const fields = fieldsOf(value);
  const type = textOf(fields.get('type'));
  if (type === 'cluster') return { type };
  return type === 'namespace' ? { type, namespaces: textsOf(fields.get('namespaces')) } : null;
}

function fieldsOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
