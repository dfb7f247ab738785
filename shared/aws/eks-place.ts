/** A cluster that is being read: its client, and how its calls name what they ask for. */
import { EKSClient } from '@aws-sdk/client-eks';
import type { ClusterPlace, LiveTask } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import type { Asked, Failure } from './failure.ts';

export interface EksPlace {
  readonly client: EKSClient;
  readonly place: ClusterPlace;
  readonly partition: string;
  readonly signal: AbortSignal;
}

/** One piece of what EKS says, as far as it could be read. */
export interface ReadPart<Item> {
  /** null when nothing of it was read. */
  readonly items: readonly Item[] | null;
  readonly failures: readonly Failure[];
}

/** Calls on one cluster under way at once; the pace of `access` limits the region. */
export const CALLS_AT_ONCE = 4;

export function openEksPlace(access: AwsAccess, place: ClusterPlace, { signal }: Pick<LiveTask, 'signal'>): EksPlace {
  return { client: createClient(access, EKSClient, place.region), place, partition: access.partition, signal };
}

/** `kind` as in the ARN of the resource, such as `access-entry`; the cluster's own without one. */
export function askOf({ place, partition }: EksPlace, action: string, kind: string | null = null): Asked {
  const { account, region, name } = place;
  const resource = kind === null ? `cluster/${name}` : `${kind}/${name}/*`;
  return {
    action: `eks:${action}`,
    resource: `arn:${partition}:eks:${region}:${account}:${resource}`,
    on: `cluster ${name}`,
  };
}
