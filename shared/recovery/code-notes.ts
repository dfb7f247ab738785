/** What was done by hand into what infrastructure code will do about it, with the blocks that keep the two in step. */
import type { Cluster } from '../model/eks.ts';
import type { CodeNote } from '../model/recovery.ts';
import { quoteHcl } from '../rules/code-text.ts';
import { adminPolicyArn } from './commands.ts';

/** For an entry that stays; `principalArn` is null where nobody knows it yet. */
export function noteEntry(cluster: Cluster, principalArn: string | null): CodeNote {
  const arn = principalArn ?? 'PRINCIPAL_ARN';
  const code = [
    'import {',
    '  to = aws_eks_access_entry.recovery',
    `  id = ${quoteHcl(`${cluster.name}:${arn}`)}`,
    '}',
    '',
    'import {',
    '  to = aws_eks_access_policy_association.recovery',
    `  id = ${quoteHcl(`${cluster.name}#${arn}#${adminPolicyArn(cluster)}`)}`,
    '}',
  ].join('\n');
  return {
    title: 'Import the entry, or remove it before the next apply',
    text: 'Code that declares an entry of the same principal ends in 409 ResourceInUseException until it is imported. Code that does not know the entry leaves it alone: it then stays until somebody deletes it.',
    code,
  };
}

export const NOTE_CREATOR_ADMIN: CodeNote = {
  title: 'Leave the settings of the creator alone',
  text: 'Do not touch bootstrap_cluster_creator_admin_permissions to mend access: EKS reads it at creation only, and changing it has made Terraform replace the whole cluster. A module that makes whoever applies it an admin (enable_cluster_creator_admin_permissions) wants an entry for itself, and fails with 409 where one was made by hand.',
  code: null,
};

export const NOTE_MODE: CodeNote = {
  title: 'Write the new mode into the code first',
  text: 'The next apply of code that still says CONFIG_MAP tries to switch back, which EKS refuses. Nothing else can be applied until the code says API_AND_CONFIG_MAP.',
  code: ['access_config {', '  authentication_mode = "API_AND_CONFIG_MAP"', '}'].join('\n'),
};

export const NOTE_AWS_AUTH: CodeNote = {
  title: 'Put the same rows into whatever writes aws-auth',
  text: 'Terraform, CDK, eksctl and GitOps each write the whole map: the next run of the one that holds the old content undoes the repair. If that content is what broke it, the run breaks it again.',
  code: null,
};

export const NOTE_TRUST: CodeNote = {
  title: 'Bring the trust policy into the code, or put it back',
  text: 'Code that manages the role sets its trust policy as a whole: the next apply takes the added statement away, and with it this way in.',
  code: null,
};

export const NOTE_PRINCIPAL: CodeNote = {
  title: 'Import the principal, or delete it again',
  text: 'Code that declares a role or user of this name ends in EntityAlreadyExists until it is imported. A principal that nobody declares stays until somebody deletes it, and it is an admin of the cluster for as long.',
  code: null,
};
