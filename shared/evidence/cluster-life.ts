/** Evidence of a cluster and the call that made or ended it into the evidence of the life that stands after it. */
import type { ClusterEvidence } from '../model/evidence.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { createdAtOf, isSameBirth } from '../rules/cluster-births.ts';
import { parseAuthenticationMode, parseClusterEndpoint, parseLogTypes, unknownCluster } from './describe-cluster.ts';
import { booleanIn, fieldIn, textIn, textMapIn } from './json-fields.ts';
import { NO_ACCESS } from './nothing-read.ts';

/** As the answer tells it; when a call that was repeated comes late, the cluster that it made may have been read since. */
export function beginLife(evidence: ClusterEvidence, call: CloudTrailEvent): ClusterEvidence {
  const { request, evidence: ref } = call;
  const createdAt = createdAtOf(call) ?? standIn(evidence, call);
  const access = fieldIn(request, 'accessConfig');
  const answered = fieldIn(call.response, 'cluster');
  return {
    ...withoutAccess(evidence),
    cluster: {
      ...unknownCluster(evidence.cluster),
      createdAt,
      version: textIn(answered, 'version') ?? textIn(request, 'version'),
      authenticationMode: parseAuthenticationMode(fieldIn(access, 'authenticationMode')),
      bootstrapCreatorAdmin: booleanIn(access, 'bootstrapClusterCreatorAdminPermissions'),
      logTypes: parseLogTypes(fieldIn(request, 'logging'))?.on ?? [],
      endpoint: parseClusterEndpoint(fieldIn(answered, 'resourcesVpcConfig')),
      roleArn: textIn(request, 'roleArn'),
      tags: textMapIn(request, 'tags'),
      evidence: [ref],
    },
  };
}

/** The cluster that the call made may have been read while it was being made: then its own time is known. */
function standIn({ cluster: { createdAt } }: ClusterEvidence, { at }: CloudTrailEvent): string | null {
  return createdAt !== null && at !== null && isSameBirth(createdAt, at) ? createdAt : at;
}

/** Nobody holds anything in what does not exist. */
export function withoutAccess(evidence: ClusterEvidence): ClusterEvidence {
  return { ...evidence, ...NO_ACCESS };
}
