/** CloudTrail records and lines of the authenticator, as AWS writes them, that make one detection speak; by its id. */
type Json = Readonly<Record<string, unknown>>;

const IAM = 'arn:aws:iam::111122223333:';
const POLICY = 'arn:aws:eks::aws:cluster-access-policy/';
const LOG_GROUP = '/aws/eks/payments/cluster';
const ENTRY: Json = { name: 'payments', principalArn: `${IAM}role/newcomer` };

interface Call {
  readonly source?: string;
  readonly minute?: number;
  readonly error?: string;
}

function call(name: string, request: Json, { source = 'eks', minute = 0, error }: Call = {}): string {
  return JSON.stringify({
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAEXAMPLEADMIN00001:alice',
      arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0a1b2c3d4e5f6a7b/alice',
      accountId: '111122223333',
      accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          arn: `${IAM}role/AWSReservedSSO_Admin_0a1b2c3d4e5f6a7b`,
          accountId: '111122223333',
        },
      },
    },
    eventTime: `2026-11-20T08:${String(minute).padStart(2, '0')}:00Z`,
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.10',
    userAgent: 'aws-cli/2.31',
    requestParameters: request,
    responseElements: null,
    eventID: `00000000-0000-4000-8000-${name.length}00000000${String(minute).padStart(3, '0')}`.slice(0, 36),
    ...(error === undefined ? {} : { errorCode: error }),
    readOnly: false,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
  });
}

function associate(policy: string, scope: Json = { type: 'cluster' }): string {
  return call('AssociateAccessPolicy', { ...ENTRY, policyArn: `${POLICY}${policy}`, accessScope: scope });
}

function line(message: string, fields: string, second = 0): string {
  const time = `2026-11-20T07:00:${String(second).padStart(2, '0')}Z`;
  return `time="${time}" level=info msg="${message}" client="127.0.0.1:${40_000 + second}" ${fields}`;
}

function grant(arn: string, rest: string, second = 0): string {
  return line('access granted', `arn="${arn}" method=POST path=/authenticate ${rest}`, second);
}

const OPERATOR = `${IAM}role/operator`;
const uid = (id: string): string => `uid="aws-iam-authenticator:111122223333:${id}" username=operator`;
const denial = (second: number): string =>
  line('access denied', `arn="${OPERATOR}" error="identity is not mapped" method=POST path=/authenticate`, second);

export const TELLING_CALLS: Readonly<Record<string, readonly string[]>> = {
  'access-change-denied': [call('CreateAccessEntry', ENTRY, { error: 'AccessDeniedException' })],
  'access-entry-foreign-principal': [
    call('CreateAccessEntry', { ...ENTRY, principalArn: 'arn:aws:iam::444455556666:role/partner' }),
  ],
  'access-entry-username-collision': [call('CreateAccessEntry', { ...ENTRY, username: '{{SessionName}}' })],
  'access-logs-turned-off': [
    call('UpdateClusterConfig', {
      name: 'payments',
      logging: { clusterLogging: [{ types: ['audit', 'authenticator'], enabled: false }] },
    }),
  ],
  'admin-policy-at-cluster-scope': [associate('AmazonEKSClusterAdminPolicy')],
  'authentication-failure-storm': Array.from({ length: 10 }, (_, second) => denial(second)),
  'authentication-mode': [
    call('UpdateClusterConfig', { name: 'payments', accessConfig: { authenticationMode: 'API' } }),
  ],
  'aws-auth-malformed': [line('Errors parsing configmap: [yaml: line 4: did not find expected key]', '')],
  'broad-admin-policy': [associate('AmazonEKSAdminPolicy')],
  'creator-is-admin': [call('CreateCluster', { name: 'payments' })],
  'creator-unsuitable': [call('CreateCluster', { name: 'payments' })],
  'global-sts-endpoint': [grant(OPERATOR, `groups="[]" stsendpoint=sts.amazonaws.com ${uid('AROAEXAMPLE0000000001')}`)],
  'cloudtrail-off': [call('StopLogging', { name: 'all' }, { source: 'cloudtrail' })],
  'grant-then-revoke': [call('CreateAccessEntry', ENTRY), call('DeleteAccessEntry', ENTRY, { minute: 20 })],
  'hidden-creator-used': [
    grant(
      OPERATOR,
      'groups="[system:masters]" uid="aws-iam-authenticator:111122223333:AROAEXAMPLE0000000001" username=kubernetes-admin',
    ),
  ],
  'log-group-tampered': [call('DeleteLogGroup', { logGroupName: LOG_GROUP }, { source: 'logs' })],
  'capability-created': [
    call('CreateCapability', {
      name: 'payments',
      capabilityName: 'argo',
      type: 'ARGOCD',
      roleArn: `${IAM}role/argo-cd`,
    }),
  ],
  'oidc-provider-changed': [
    call('AssociateIdentityProviderConfig', {
      name: 'payments',
      oidc: { identityProviderConfigName: 'corporate', issuerUrl: 'https://login.example.com', clientId: 'eks' },
    }),
  ],
  'principal-recreated': [
    grant(OPERATOR, `groups="[]" ${uid('AROAOLD00000000000001')}`, 1),
    grant(OPERATOR, `groups="[]" ${uid('AROANEW00000000000001')}`, 2),
  ],
  'public-endpoint-open': [
    call('UpdateClusterConfig', {
      name: 'payments',
      resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] },
    }),
  ],
  'root-session': [
    grant(`${IAM}root`, 'groups="[]" uid="aws-iam-authenticator:111122223333:111122223333" username=root'),
  ],
  'secret-reaching-policy': [associate('AmazonEKSSecretReaderPolicy')],
  'unexpected-system-masters-session': [grant(OPERATOR, `groups="[system:masters]" ${uid('AROAEXAMPLE0000000001')}`)],
};
