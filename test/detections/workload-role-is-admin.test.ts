import { workloadRoleIsAdmin } from '../../shared/detections/workload-role-is-admin.ts';
import type { WorkloadRole } from '../../shared/model/eks.ts';
import { coverage, coverageBut, eksCoverage, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access } from '../support/facts.ts';
import { accountOf, iamRole, policy, trusts } from '../support/iam.ts';

const SUBJECT = `iam:${ADMIN_ROLE}`;
const OIDC = 'arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-central-1.amazonaws.com/id/EXAMPLE';
const workload = (more: Partial<WorkloadRole> = {}): WorkloadRole => ({
  kind: 'node-group',
  name: 'main',
  roleArn: ADMIN_ROLE,
  evidence: ref('eks-api'),
  ...more,
});
const holding = (role: ReturnType<typeof iamRole>, workloadRoles: readonly WorkloadRole[] = []) => ({
  access: [access()],
  accounts: [accountOf([role])],
  workloadRoles,
});
const trusting = (...statements: readonly object[]) =>
  holding(iamRole('platform-admin', { trust: policy(...statements) }));

describeDetection(workloadRoleIsAdmin, {
  fires: [
    {
      name: 'the role of a node group is an admin',
      facts: holding(iamRole('platform-admin'), [workload()]),
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'is an admin of payments and the role of the node group main of this cluster',
    },
    {
      name: 'pods of the cluster run with it',
      facts: holding(iamRole('platform-admin'), [workload({ kind: 'pod-identity', name: 'ci/deployer' })]),
      subjects: [SUBJECT],
      says: 'the pods of ci/deployer of this cluster',
    },
    {
      name: 'pods of another cluster run with it',
      facts: trusting(trusts({ Federated: OIDC }, { Action: 'sts:AssumeRoleWithWebIdentity' })),
      subjects: [SUBJECT],
      says: 'pods of some cluster, through its OIDC provider',
    },
    {
      name: 'Pod Identity, or Fargate, may use it',
      facts: trusting(trusts({ Service: ['pods.eks.amazonaws.com', 'eks-fargate-pods.amazonaws.com'] })),
      subjects: [SUBJECT],
    },
    {
      name: 'instances have it in their profile',
      facts: holding(
        iamRole('platform-admin', {
          trust: policy(trusts({ Service: 'ec2.amazonaws.com' })),
          instanceProfiles: ['build-host'],
        }),
      ),
      subjects: [SUBJECT],
      says: 'EC2 instances with the profile build-host',
    },
  ],
  staysQuiet: [
    {
      name: 'the role of the nodes holds what nodes hold',
      facts: {
        ...holding(iamRole('platform-admin'), [workload()]),
        access: [access({ level: 'limited', kind: 'node' })],
      },
    },
    {
      name: 'EKS itself runs a capability with it',
      facts: holding(iamRole('platform-admin'), [workload({ kind: 'capability', name: 'argocd' })]),
    },
    {
      name: 'EC2 is trusted and no profile has the role',
      facts: trusting(trusts({ Service: 'ec2.amazonaws.com' })),
    },
    { name: 'people and pipelines assume it', facts: trusting(trusts({ Service: 'codebuild.amazonaws.com' })) },
    {
      name: 'another role of the name, of another account, runs the nodes',
      facts: holding(iamRole('platform-admin'), [
        workload({ roleArn: 'arn:aws:iam::444455556666:role/platform-admin' }),
      ]),
    },
  ],
  cannotTell: [
    { name: 'IAM was denied', coverage: coverageBut(coverage('iam', 'denied')), missing: ['iam'] },
    {
      name: 'Pod Identity was not read',
      coverage: coverageBut(eksCoverage({ 'pod-identity': 'unavailable' })),
      missing: ['eks-api'],
    },
  ],
});
