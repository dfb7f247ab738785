/** Grants for tests: access policies as they are held or being associated, and writes of aws-auth. */
import type { ResolvedPolicy } from '../../shared/model/access.ts';
import type { AwsAuth } from '../../shared/model/aws-auth.ts';
import type { AccessScope } from '../../shared/model/eks.ts';
import type { AuditEvent, CloudTrailEvent } from '../../shared/model/records.ts';
import { gradePolicy } from '../../shared/rules/levels.ts';
import { ADMIN_ROLE, associatedPolicy } from './facts.ts';
import { AWS_AUTH_OBJECT, actor, auditEvent, cloudTrailEvent } from './records.ts';

export const PIPELINE = 'arn:aws:iam::111122223333:role/pipeline';
export const pipeline = actor({ name: PIPELINE, principalArn: PIPELINE, uniqueId: 'AROAEXAMPLEPIPELINE01' });

export const CLUSTER: AccessScope = { type: 'cluster' };

export function namespaces(...names: readonly string[]): AccessScope {
  return { type: 'namespace', namespaces: names };
}

/** Graded as a read of the entry would grade it. */
export function held(name: string, scope: AccessScope = CLUSTER): ResolvedPolicy {
  const policy = associatedPolicy({ name, scope });
  return {
    ...policy,
    ...gradePolicy(policy, { awsAuthCounts: true, findRole: () => null, findGrants: () => [] }),
  };
}

/** The pipeline associates the policy with the admin role, unless told otherwise. */
export function association(
  name: string,
  scope: AccessScope | null = CLUSTER,
  more: Partial<CloudTrailEvent> = {},
): CloudTrailEvent {
  return cloudTrailEvent({
    eventName: 'AssociateAccessPolicy',
    principalArn: ADMIN_ROLE,
    actor: pipeline,
    request: {
      policyArn: `arn:aws:eks::aws:cluster-access-policy/${name}`,
      ...(scope === null ? {} : { accessScope: scope }),
    },
    ...more,
  });
}

/** The pipeline's update, which leaves the ConfigMap as given; null for an event without its body. */
export function awsAuthWrite(awsAuth: AwsAuth | null, more: Partial<AuditEvent> = {}): AuditEvent {
  return auditEvent({
    verb: 'update',
    actor: pipeline,
    level: awsAuth === null ? 'Metadata' : 'RequestResponse',
    requestUri: '/api/v1/namespaces/kube-system/configmaps/aws-auth',
    object: AWS_AUTH_OBJECT,
    written: awsAuth === null ? null : { kind: 'aws-auth', awsAuth },
    ...more,
  });
}
