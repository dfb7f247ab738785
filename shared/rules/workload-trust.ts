/** IAM roles into whether machines run with them: nodes, Fargate and pods of this cluster or of another. */
import type { WorkloadRole } from '../model/eks.ts';
import type { IamRole } from '../model/iam.ts';
import { arnKey, principalKey } from './arn.ts';
import { listTrusted } from './trusted-parties.ts';

const POD_SERVICES: ReadonlyMap<string, string> = new Map([
  ['pods.eks.amazonaws.com', 'pods through Pod Identity'],
  ['eks-fargate-pods.amazonaws.com', 'Fargate, which runs pods of some cluster'],
]);

/** Who runs with the role, in words; null when nothing says that machines do. */
export function findWorkload(role: IamRole, workloads: readonly WorkloadRole[]): string | null {
  const own = workloads.find(
    ({ kind, roleArn }) => kind !== 'capability' && arnKey(roleArn) === principalKey(role.principal),
  );
  if (own !== undefined) return `${WORDS[own.kind]} ${own.name} of this cluster`;
  for (const { kind, name } of listTrusted(role)) {
    const service = kind === 'service' ? POD_SERVICES.get(name) : undefined;
    if (service !== undefined) return service;
    // Also in China, where the issuer ends in another domain.
    if (kind === 'provider' && name.includes('oidc.eks.')) return 'pods of some cluster, through its OIDC provider';
    if (kind === 'service' && name.startsWith('ec2.amazonaws.com') && role.instanceProfiles.length > 0)
      return `EC2 instances with the profile ${role.instanceProfiles[0]}`;
  }
  return null;
}

const WORDS: Readonly<Record<WorkloadRole['kind'], string>> = {
  'node-group': 'the node group',
  'fargate-profile': 'the Fargate profile',
  'pod-identity': 'the pods of',
  irsa: 'the pods of',
  capability: 'the capability',
};
