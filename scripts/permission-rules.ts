/** What stands between the operations of the SDK and the actions of IAM, each exception with its reason. */

/** Clients whose name is not the prefix of their actions. */
export const PREFIXES: ReadonlyMap<string, string> = new Map([
  ['cloudwatch-logs', 'logs'],
  ['eventbridge', 'events'],
  ['sfn', 'states'],
  ['sso-admin', 'sso'],
]);

/** Operations that are allowed under another name. */
export const RENAMED: ReadonlyMap<string, string> = new Map([
  ['s3:HeadBucket', 's3:ListBucket'],
  ['s3:HeadObject', 's3:GetObject'],
  ['s3:ListObjectsV2', 's3:ListBucket'],
]);

/** Operations in a bundle that need no action. */
export const FREE: ReadonlyMap<string, string> = new Map([
  ['sts:GetCallerIdentity', 'Everybody may ask who they are.'],
  ['s3:CreateSession', 'The SDK carries it for directory buckets, and no bucket here is one.'],
]);

/** Adapters that work on what belongs to the stack itself; all others read an account, through the audit role. */
export const HOME_ADAPTERS: ReadonlySet<string> = new Set([
  'shared/aws/event-bus.ts',
  'shared/aws/evidence-bucket.ts',
  'shared/aws/findings-table.ts',
  'shared/aws/live-refresh.ts',
  'shared/aws/report-bucket.ts',
  'shared/aws/run-bucket.ts',
  'shared/aws/security-hub.ts',
  'shared/aws/snapshot-bucket.ts',
  'shared/aws/sns.ts',
]);

const NO_RESOURCE = 'The service knows no resource for it.';

/** Actions that stand on every resource, and why nothing narrower would do. */
export const UNSCOPED: ReadonlyMap<string, string> = new Map([
  ['cloudtrail:DescribeTrails', NO_RESOURCE],
  ['cloudtrail:LookupEvents', NO_RESOURCE],
  ['eks:ListAccessPolicies', NO_RESOURCE],
  ['eks:ListClusters', NO_RESOURCE],
  ['guardduty:ListDetectors', NO_RESOURCE],
  ['iam:GetAccountAuthorizationDetails', NO_RESOURCE],
  ['logs:DescribeLogGroups', NO_RESOURCE],
  ['logs:GetQueryResults', 'Older accounts know no resource for it: a query belongs to whoever began it.'],
  ['logs:StopQuery', NO_RESOURCE],
  ['organizations:DescribeOrganization', NO_RESOURCE],
  ['organizations:ListAccounts', NO_RESOURCE],
  ['sso:ListInstances', NO_RESOURCE],
]);

export interface PlatformAction {
  readonly actions: readonly string[];
  readonly reason: string;
}

const LOG_DELIVERY = [
  'CreateLogDelivery',
  'DeleteLogDelivery',
  'DescribeLogGroups',
  'DescribeResourcePolicies',
  'GetLogDelivery',
  'ListLogDeliveries',
  'PutResourcePolicy',
  'UpdateLogDelivery',
].map((action) => `logs:${action}`);

/** Actions that no line of ours calls: a service of AWS acts with the role. */
export const PLATFORM: readonly PlatformAction[] = [
  {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    reason: 'Lambda writes the log of a function with its role.',
  },
  {
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    reason: 'SNS encrypts a message to the topic with the rights of whoever publishes it.',
  },
  { actions: ['lambda:InvokeFunction'], reason: 'Step Functions invokes the functions of its states.' },
  { actions: ['states:StartExecution'], reason: 'EventBridge Scheduler starts the nightly audit.' },
  { actions: ['sqs:SendMessage'], reason: 'What could not be delivered goes to the queue of dead letters.' },
  {
    actions: LOG_DELIVERY,
    reason: 'Step Functions sets up the delivery of its log itself; none of these actions knows a resource.',
  },
];
