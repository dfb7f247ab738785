/** Which events of an account go to the home bus: patterns as EventBridge reads them. */
import { GIVING_CALLS } from './iam-calls.ts';
import { DEAD_LETTERS_ALARM, eventSourceOf, TEST_CALL, TEST_DETAIL_TYPE, TEST_SOURCE } from './path-rules.ts';

/** Any of the values, for each field that is named. */
export interface EventPattern {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail: {
    readonly eventSource: readonly string[];
    readonly eventName: readonly string[];
  };
}

/** A test goes by the very rule whose calls it stands for: one that is off, or gone, lets neither pass. */
function callsOf(service: string, eventName: readonly string[]): EventPattern {
  return {
    source: [`aws.${service}`, TEST_SOURCE],
    'detail-type': ['AWS API Call via CloudTrail', TEST_DETAIL_TYPE],
    detail: { eventSource: [`${service}.amazonaws.com`], eventName: [...eventName, TEST_CALL] },
  };
}

/** Attempts too: nothing is asked of errorCode. */
export const REGIONAL_PATTERNS = {
  EksCalls: callsOf('eks', [
    'ActivateCertificateAuthority',
    'AssociateAccessPolicy',
    'AssociateIdentityProviderConfig',
    'CreateAccessEntry',
    'CreateCapability',
    'CreateCertificateAuthority',
    'CreateCluster',
    'CreateFargateProfile',
    'CreateNodegroup',
    'CreatePodIdentityAssociation',
    'DeleteAccessEntry',
    'DeleteCapability',
    'DeleteCluster',
    'DeleteFargateProfile',
    'DeleteNodegroup',
    'DeletePodIdentityAssociation',
    'DisassociateAccessPolicy',
    'DisassociateIdentityProviderConfig',
    'RegisterCluster',
    'UpdateAccessEntry',
    'UpdateCapability',
    'UpdateClusterConfig',
    'UpdateClusterVersion',
    'UpdatePodIdentityAssociation',
  ]),
  LogCalls: callsOf('logs', [
    'DeleteLogGroup',
    'DeleteLogStream',
    'DeleteRetentionPolicy',
    'DeleteSubscriptionFilter',
    'DisassociateKmsKey',
    'PutDataProtectionPolicy',
    'PutRetentionPolicy',
    'PutSubscriptionFilter',
  ]),
  TrailCalls: callsOf('cloudtrail', [
    'DeleteEventDataStore',
    'DeleteTrail',
    'PutEventSelectors',
    'StopEventDataStoreIngestion',
    'StopLogging',
    'UpdateTrail',
  ]),
} as const;

/** IAM has one place: its events appear in us-east-1 alone. */
export const GLOBAL_PATTERNS = {
  IamCalls: callsOf(
    'iam',
    [
      ...GIVING_CALLS,
      'CreateAccessKey',
      'CreateLoginProfile',
      'CreateRole',
      'CreateUser',
      'DeactivateMFADevice',
      'DeleteRole',
      'DeleteRolePolicy',
      'DeleteUser',
      'DeleteUserPolicy',
      'DetachRolePolicy',
      'DetachUserPolicy',
      'UpdateAssumeRolePolicy',
      'UpdateLoginProfile',
      'UpdateUser',
    ].sort(),
  ),
} as const;

/** Roles that are kept for emergencies, and that of tests, which is none. */
export function emergencyPattern(roleArns: readonly string[]) {
  const calls = callsOf('sts', ['AssumeRole', 'AssumeRoleWithSAML', 'AssumeRoleWithWebIdentity']);
  return { ...calls, detail: { ...calls.detail, requestParameters: { roleArn: [TEST_CALL, ...roleArns] } } };
}

/** Asks the function that forwards logs for an event of its own. */
export const LOG_TEST_PATTERN = {
  source: [TEST_SOURCE],
  'detail-type': [TEST_DETAIL_TYPE],
  detail: { eventSource: [eventSourceOf('log-batch')], eventName: [TEST_CALL], purpose: ['test'] },
} as const;

/** What says that events of a region could not be sent home. */
export const PATH_PATTERNS = {
  DeadLetterAlarms: {
    source: ['aws.cloudwatch'],
    'detail-type': ['CloudWatch Alarm State Change'],
    detail: { alarmName: [DEAD_LETTERS_ALARM] },
  },
} as const;
