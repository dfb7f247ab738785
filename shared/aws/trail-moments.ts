/** What EKS dates into the moments whose CloudTrail records tell who did it, and whether a record is that one. */
import type { ClusterPlace } from '../ports.ts';
import type { EksRead } from './eks.ts';

export interface TrailMoment {
  readonly atMs: number;
  readonly cluster: string;
  /** Whom the call is about; null for the cluster itself. */
  readonly principalArn: string | null;
  readonly eventNames: readonly string[];
}

/** The record lies within so much of the time that EKS notes. */
const NEAR_MS = 10 * 60_000;

/** `isCreatorKnown`: whoever made the cluster is not looked for again. */
export function listMoments(
  { name: cluster }: ClusterPlace,
  eks: Pick<EksRead, 'cluster' | 'entries'>,
  isCreatorKnown: boolean,
): readonly TrailMoment[] {
  const moments: TrailMoment[] = [];
  const add = (at: Date | undefined, principalArn: string | null, eventNames: readonly string[]): void => {
    if (at !== undefined) moments.push({ atMs: at.getTime(), cluster, principalArn, eventNames });
  };
  if (!isCreatorKnown) add(eks.cluster?.createdAt, null, ['CreateCluster']);
  for (const { principalArn = null, createdAt, modifiedAt, associatedAccessPolicies = [] } of eks.entries ?? []) {
    add(createdAt, principalArn, ['CreateAccessEntry']);
    if (modifiedAt?.getTime() !== createdAt?.getTime()) add(modifiedAt, principalArn, ['UpdateAccessEntry']);
    for (const { associatedAt, modifiedAt: changedAt } of associatedAccessPolicies) {
      add(associatedAt, principalArn, ['AssociateAccessPolicy']);
      if (changedAt?.getTime() !== associatedAt?.getTime()) add(changedAt, principalArn, ['AssociateAccessPolicy']);
    }
  }
  return moments;
}

/** In words: which call, on what, and when. */
export function nameMoment({ eventNames, cluster, principalArn, atMs }: TrailMoment): string {
  const of = principalArn === null ? cluster : `${principalArn} on ${cluster}`;
  return `${eventNames.join(' or ')} of ${of} at ${new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z')}`;
}

export function isRecordOf(moment: TrailMoment, record: unknown): boolean {
  const { eventName, eventTime, errorCode, requestParameters } = (record ?? {}) as Record<string, unknown>;
  const { name, clusterName, principalArn } = (requestParameters ?? {}) as Record<string, unknown>;
  if (errorCode !== undefined && errorCode !== null) return false;
  if (typeof eventName !== 'string' || !moment.eventNames.includes(eventName)) return false;
  if (moment.cluster !== (name ?? clusterName)) return false;
  if (moment.principalArn !== null && decode(principalArn) !== moment.principalArn) return false;
  return typeof eventTime === 'string' && Math.abs(Date.parse(eventTime) - moment.atMs) <= NEAR_MS;
}

/** CloudTrail leaves path parameters URL-encoded. */
function decode(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
