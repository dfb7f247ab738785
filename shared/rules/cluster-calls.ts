/** A call that concerns a cluster into whether IAM, as far as it was read, lets its caller make it. */
import type { Cluster } from '../model/eks.ts';
import type { IamRole, IamUser } from '../model/iam.ts';
import { decideAction } from './iam-evaluator.ts';
import type { Resource } from './iam-matching.ts';
import type { Answer } from './iam-truth.ts';

export interface ClusterCall {
  /** Such as eks:CreateAccessEntry. */
  readonly action: string;
  /** The cluster, unless told otherwise. */
  readonly resource?: Resource;
  /** Condition keys that the call fixes, in lower case; an empty list: absent. */
  readonly given?: Readonly<Record<string, readonly string[]>>;
}

export interface CallTarget {
  readonly cluster: Cluster;
  readonly findOrganization: (account: string) => string | null;
}

export function decideClusterCall(caller: IamUser | IamRole, call: ClusterCall, target: CallTarget): Answer {
  const { cluster, findOrganization } = target;
  const { action, resource = { arn: cluster.arn, isCut: false }, given = {} } = call;
  return decideAction(caller, {
    action,
    resource,
    context: {
      caller,
      // Tags of anything else were not read.
      resource: { account: cluster.account, tags: resource.arn === cluster.arn ? cluster.tags : null },
      findOrganization,
      given: new Map([['aws:requestedregion', [cluster.region]], ...Object.entries(given)]),
    },
  });
}
