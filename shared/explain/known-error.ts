/** An error that people meet on their way into an EKS cluster, as an entry of a table. */

export interface KnownError {
  /** kebab-case, never renamed. */
  readonly id: string;
  readonly title: string;
  readonly pattern: RegExp;
  readonly cause: string;
  /** Commands that only read, after the one that tells who one is. */
  readonly checks: readonly string[];
  readonly mend: string;
  /** Words in capitals are to be filled in. */
  readonly commands: readonly string[];
}

export const UPDATE_KUBECONFIG = 'aws eks update-kubeconfig --region REGION --name CLUSTER';

export const SHOW_CONFIG = 'kubectl config view --minify';

export const DESCRIBE_CLUSTER =
  'aws eks describe-cluster --region REGION --name CLUSTER --query "cluster.[status,endpoint,accessConfig,resourcesVpcConfig]"';

export const LIST_ENTRIES = 'aws eks list-access-entries --region REGION --cluster-name CLUSTER';

export const SHOW_CREDENTIALS = 'aws configure list';

export const EXPLAIN =
  'keyholder explain --cluster CLUSTER --principal ARN --verb get --resource pods --evidence FOLDER';
