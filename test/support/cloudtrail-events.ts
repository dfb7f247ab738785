/** Events as the home bus delivers them: calls to AWS, and audit events that a log function forwarded. */

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

export interface BusEvent {
  readonly id: string;
  readonly source: string;
  readonly 'detail-type': string;
  readonly account: string;
  readonly region: string;
  readonly time: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

export interface CallGiven {
  readonly name: string;
  readonly at: string;
  readonly service?: 'eks' | 'iam' | 'logs' | 'cloudtrail' | 'sts';
  readonly account?: string;
  readonly region?: string;
  readonly request?: Readonly<Record<string, unknown>>;
  readonly response?: Readonly<Record<string, unknown>>;
  readonly errorCode?: string;
  /** The session that makes the call. */
  readonly session?: string;
}

/** By the role `deployer`, unless told otherwise. IAM answers in us-east-1 alone. */
export function call(given: CallGiven): BusEvent {
  const { name, at, service = 'eks', account = ACCOUNT, request = {}, response = {}, session = 'alice' } = given;
  const region = service === 'iam' ? 'us-east-1' : (given.region ?? REGION);
  const eventID = `${name} ${at} ${account} ${region} ${given.errorCode ?? ''}`;
  return {
    id: `bus ${eventID}`,
    source: `aws.${service}`,
    'detail-type': 'AWS API Call via CloudTrail',
    account,
    region,
    time: at,
    detail: {
      eventVersion: '1.11',
      eventID,
      eventName: name,
      eventSource: `${service}.amazonaws.com`,
      eventTime: at,
      awsRegion: region,
      recipientAccountId: account,
      readOnly: false,
      sourceIPAddress: '192.0.2.10',
      userAgent: 'aws-cli/2.31',
      userIdentity: {
        type: 'AssumedRole',
        principalId: `AROAEXAMPLEDEPLOYER01:${session}`,
        arn: `arn:aws:sts::${account}:assumed-role/deployer/${session}`,
        accountId: account,
        accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            principalId: 'AROAEXAMPLEDEPLOYER01',
            arn: `arn:aws:iam::${account}:role/deployer`,
            accountId: account,
            userName: 'deployer',
          },
        },
      },
      ...(given.errorCode === undefined ? {} : { errorCode: given.errorCode }),
      requestParameters: service === 'eks' ? { name: 'payments', ...request } : request,
      responseElements: given.errorCode === undefined ? response : null,
    },
  };
}

export interface WriteGiven {
  readonly verb: 'create' | 'update' | 'patch' | 'delete' | 'deletecollection';
  readonly at: string;
  /** Such as clusterrolebindings; anything but configmaps is of RBAC. */
  readonly resource: string;
  readonly name: string | null;
  readonly namespace?: string;
  /** The object as the write left it; null where the log carries none. */
  readonly body?: Readonly<Record<string, unknown>> | null;
  readonly username?: string;
  readonly code?: number;
  readonly query?: string;
  readonly cluster?: string;
  readonly account?: string;
  readonly region?: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** By alice of the role deployer, unless told otherwise. */
export function write(given: WriteGiven): BusEvent {
  const { verb, at, account = ACCOUNT, region = REGION, cluster = 'payments' } = given;
  const message = JSON.stringify(auditLine(given));
  const id = `${verb} ${given.resource} ${given.name} ${at} ${cluster}`;
  return {
    id: `bus ${id}`,
    source: 'keyholder.logs',
    'detail-type': 'Keyholder log records',
    account,
    region,
    time: at,
    detail: {
      logGroup: `/aws/eks/${cluster}/cluster`,
      logStream: 'kube-apiserver-audit-0123456789abcdef0123456789abcdef',
      logEvents: [{ id, timestamp: Date.parse(at), message }],
    },
  };
}

/** The event as the API server logs it. */
export function auditLine(given: WriteGiven): Readonly<Record<string, unknown>> {
  const { verb, at, resource, name, namespace, body = null, code = verb === 'create' ? 201 : 200 } = given;
  const { username = `arn:aws:sts::${ACCOUNT}:assumed-role/deployer/alice`, query = '' } = given;
  const apiGroup = resource === 'configmaps' ? {} : { apiGroup: 'rbac.authorization.k8s.io' };
  const group = resource === 'configmaps' ? '/api/v1' : '/apis/rbac.authorization.k8s.io/v1';
  const place = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: body === null ? 'Metadata' : 'RequestResponse',
    auditID: `${verb} ${resource} ${name} ${at} ${code} ${query}`,
    stage: 'ResponseComplete',
    requestURI: `${group}${place}/${resource}${name === null || verb === 'create' ? '' : `/${name}`}${query}`,
    verb,
    user: {
      username,
      uid: `aws-iam-authenticator:${ACCOUNT}:AROAEXAMPLEDEPLOYER01`,
      groups: ['system:authenticated'],
      extra: {
        arn: [`arn:aws:sts::${ACCOUNT}:assumed-role/deployer/alice`],
        canonicalArn: [`arn:aws:iam::${ACCOUNT}:role/deployer`],
        sessionName: ['alice'],
      },
    },
    sourceIPs: ['192.0.2.10'],
    userAgent: 'kubectl/v1.33',
    objectRef: {
      resource,
      ...apiGroup,
      apiVersion: 'v1',
      ...(name === null ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
    },
    responseStatus: { metadata: {}, code },
    ...(body === null ? {} : { requestObject: body, responseObject: body }),
    requestReceivedTimestamp: at,
    stageTimestamp: at,
    annotations: {
      'authorization.k8s.io/decision': code === 403 ? 'forbid' : 'allow',
      'authorization.k8s.io/reason': '',
    },
    ...given.more,
  };
}
