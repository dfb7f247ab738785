/** A cluster that nobody holds, audited with what a test puts into it: what is louder than info comes back. */
import type { ClusterEvidence } from '../../shared/model/evidence.ts';
import type { Binding, Role, Subject } from '../../shared/model/rbac.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverageBut } from './coverage.ts';
import { clusterEvidence, evidence } from './evidence.ts';
import { accessEntry, associatedPolicy, awsAuth, NOW, policyRule } from './facts.ts';
import { PIPELINE, pipeline } from './grants.ts';
import { accountOf, iamRole, policy, trusts } from './iam.ts';
import { binding } from './rbac-writes.ts';
import { actor, cloudTrailEvent } from './records.ts';

export const HOME = 'arn:aws:iam::111122223333:role';
export const NODES = `${HOME}/payments-nodes`;
export const SERVICE = `${HOME}/aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS`;
export const STAR = policyRule({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] });

/** A creation that left nobody an admin behind. */
export const creation = cloudTrailEvent({
  eventName: 'CreateCluster',
  at: '2026-03-02T09:15:00Z',
  actor: pipeline,
  principalArn: null,
  request: { name: 'payments', accessConfig: { bootstrapClusterCreatorAdminPermissions: false } },
});

export const iam = accountOf([
  iamRole('pipeline', {
    principal: parsePrincipal(PIPELINE, pipeline.uniqueId),
    trust: policy(trusts({ Service: 'codebuild.amazonaws.com' })),
  }),
  iamRole('payments-nodes', { trust: policy(trusts({ Service: 'ec2.amazonaws.com' })) }),
  iamRole('pods', { trust: policy(trusts({ Service: 'eks-fargate-pods.amazonaws.com' })) }),
  iamRole('eks-cluster-insights', { trust: policy(trusts({ Service: 'ecs-tasks.amazonaws.com' })) }),
  iamRole('AWSServiceRoleForAmazonEKSExtra', { trust: policy(trusts({ Service: 'ecs-tasks.amazonaws.com' })) }),
  iamRole('windows', { trust: policy(trusts({ Service: 'ec2.amazonaws.com' })) }),
  iamRole('newcomer', { trust: policy(trusts({ Service: 'ecs-tasks.amazonaws.com' })) }),
  iamRole('aws-service-role/eks.amazonaws.com/AWSServiceRoleForAmazonEKS', {
    trust: policy(trusts({ Service: 'eks.amazonaws.com' })),
  }),
]);

/** `detection severity subject` of every finding above info. */
export function listLoud(more: Partial<ClusterEvidence>): readonly string[] {
  const one = clusterEvidence({
    awsAuth: awsAuth(),
    coverage: coverageBut(),
    ...more,
    cloudTrail: [creation, ...(more.cloudTrail ?? [])],
  });
  return auditEvidence(evidence({ clusters: [one], accounts: [iam] }), NOW)
    .clusters.flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'info')
    .map(({ detection, severity, subject: about }) => `${detection} ${severity} ${about}`);
}

export function rbac(roles: readonly Role[], bindings: readonly Binding[]): Partial<ClusterEvidence> {
  return { rbac: { roles, bindings } };
}

export const bound = (name: string, to: string, ...subjects: readonly Subject[]): Binding =>
  binding({ name, role: { kind: 'ClusterRole', name: to }, subjects });

export const entry = (arn: string, ...policies: readonly string[]) =>
  accessEntry({ principal: parsePrincipal(arn), policies: policies.map((name) => associatedPolicy({ name })) });

/** An event of a Kubernetes user who came in through no IAM principal, unless `arn` says otherwise. */
export const by = (username: string, arn: string | null = null): Partial<AuditEvent> => ({
  user: { username, uid: null, groups: ['system:authenticated'] },
  actor: actor({ name: arn ?? username, kind: arn === null ? 'kubernetes-user' : 'role', principalArn: arn }),
});
