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
  ['dynamodb:DescribeEndpoints', 'The SDK carries it for the discovery of endpoints, which is off.'],
  ['s3:CreateSession', 'The SDK carries it for directory buckets, and no bucket here is one.'],
]);

/** Adapters that work on what belongs to the stack itself; all others read an account, through the audit role. */
export const HOME_ADAPTERS: ReadonlySet<string> = new Set([
  'shared/aws/account-list.ts',
  'shared/aws/assumed-role.ts',
  'shared/aws/bucket-reader.ts',
  'shared/aws/bucket.ts',
  'shared/aws/event-bus.ts',
  'shared/aws/findings-table.ts',
  'shared/aws/machine-refresh.ts',
  'shared/aws/security-hub.ts',
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

/** None of them knows a resource. */
export const LOG_DELIVERY: readonly string[] = [
  'logs:CreateLogDelivery',
  'logs:DeleteLogDelivery',
  'logs:DescribeLogGroups',
  'logs:DescribeResourcePolicies',
  'logs:GetLogDelivery',
  'logs:ListLogDeliveries',
  'logs:PutResourcePolicy',
  'logs:UpdateLogDelivery',
];

export interface PlatformAction {
  readonly actions: readonly string[];
  /** `functions`: every function's role; otherwise the logical names of roles. */
  readonly roles: 'functions' | readonly string[];
  readonly reason: string;
}

/** Actions that no line of ours calls: a service of AWS acts with the role. */
export const PLATFORM: readonly PlatformAction[] = [
  {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    roles: 'functions',
    reason: 'Lambda writes the log of a function with its role.',
  },
  {
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    roles: ['PublishChangesRole', 'PublishReportRole'],
    reason: 'SNS encrypts a message to the topic with the rights of whoever publishes it.',
  },
  {
    actions: ['lambda:InvokeFunction'],
    roles: ['NightlyAuditRole'],
    reason: 'Step Functions invokes the functions of its states.',
  },
  {
    actions: ['s3:GetObject', 'states:DescribeExecution', 'states:StartExecution', 'states:StopExecution'],
    roles: ['NightlyAuditRole'],
    reason: 'Above 2,000 clusters Step Functions reads the list of regions, and makes an execution of each.',
  },
  {
    actions: LOG_DELIVERY,
    roles: ['NightlyAuditRole'],
    reason: 'Step Functions sets up the delivery of its log itself; none of these actions knows a resource.',
  },
  {
    actions: ['states:StartExecution'],
    roles: ['NightlyScheduleRole'],
    reason: 'EventBridge Scheduler starts the nightly audit.',
  },
  {
    actions: ['lambda:InvokeFunction'],
    roles: ['LoginScheduleRole'],
    reason: 'EventBridge Scheduler starts the query for new logins.',
  },
  {
    actions: ['sqs:SendMessage'],
    roles: ['NightlyScheduleRole', 'LoginScheduleRole'],
    reason: 'What EventBridge Scheduler could not start goes to the queue of dead letters.',
  },
  {
    actions: [
      'dynamodb:DescribeStream',
      'dynamodb:GetRecords',
      'dynamodb:GetShardIterator',
      'dynamodb:ListStreams',
      'sqs:SendMessage',
    ],
    roles: ['PublishChangesRole'],
    reason: 'Lambda reads the stream for the function, and puts what it gives up into the queue of dead letters.',
  },
  {
    actions: ['sqs:SendMessage'],
    roles: ['AlertOnApiCallRole', 'LogBatchRole'],
    reason: 'Lambda puts an event that failed to the end into a queue of dead letters.',
  },
  {
    actions: ['events:PutEvents'],
    roles: ['ForwardRole'],
    reason: 'The rules of an account and region send what they match to the bus of the home account.',
  },
  {
    actions: ['events:PutEvents'],
    roles: ['HomeCanaryRole'],
    reason: 'Every day EventBridge Scheduler puts a marked event on the home bus.',
  },
  {
    actions: ['events:PutEvents', 'lambda:InvokeFunction'],
    roles: ['CanaryRole'],
    reason:
      'Every day EventBridge Scheduler puts a marked event for each rule on the bus of the account and region, and has the log function send one.',
  },
];

export function listPlatformActions(role: string, isFunction: boolean): readonly PlatformAction[] {
  return PLATFORM.filter(({ roles }) => (roles === 'functions' ? isFunction : roles.includes(role)));
}
