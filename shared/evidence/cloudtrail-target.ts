/** Turns the parameters of a CloudTrail record into what the call was about: the cluster and the IAM principal. */
import { partitionOf } from '../rules/arn.ts';
import { fieldIn, isRecord, textIn } from './json-fields.ts';
import type { JsonObject } from './parse-json.ts';

/**
 * Parameters that travel in the path of a request arrive percent-encoded. Texts that do not decode stay as they are.
 */
export function decodeParameters(parameters: unknown): JsonObject {
  if (!isRecord(parameters)) return {};
  return Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, decodeParameter(value)]));
}

function decodeParameter(value: unknown): unknown {
  if (typeof value !== 'string' || !/^arn(?::|%3a)/i.test(value) || !/%(?:3a|2f)/i.test(value)) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

export interface Call {
  readonly eventSource: string;
  readonly eventName: string;
  readonly account: string | null;
  readonly region: string | null;
  /** Decoded. */
  readonly request: JsonObject;
  readonly response: JsonObject;
}

/** null when the call is about no cluster, or says no name. Subscriptions (EKS Anywhere) have names of their own. */
export function findClusterName({ eventSource, eventName, request, response }: Call): string | null {
  if (eventSource === 'logs.amazonaws.com') return findLogGroupCluster(request);
  if (eventSource !== 'eks.amazonaws.com' || eventName.includes('Subscription')) return null;
  const named = textIn(request, 'name') ?? textIn(request, 'clusterName');
  return named ?? parseClusterOfArn(textIn(request, 'resourceArn')) ?? findAnsweredCluster(response);
}

function findAnsweredCluster(response: JsonObject): string | null {
  const inner = Object.values(response).map((part) => textIn(part, 'clusterName'));
  const cluster = fieldIn(response, 'cluster');
  return textIn(response, 'clusterName') ?? inner.find((name) => name !== null) ?? textIn(cluster, 'name');
}

/** Everything that EKS keeps has the cluster's name behind its kind: `access-entry/<cluster>/…`. */
function parseClusterOfArn(arn: string | null): string | null {
  return /^arn:[^:]+:eks:[^:]*:[^:]*:[a-z-]+\/([^/]+)/.exec(arn ?? '')?.[1] ?? null;
}

const LOG_GROUP = /(?:^|:log-group:)\/aws\/eks\/([^/:]+)\/cluster(?::\*|:log-stream:.*)?$/;
const LOG_GROUP_PARAMETERS = ['logGroupName', 'logGroupIdentifier', 'resourceIdentifier', 'resourceArn', 'logGroupArn'];

function findLogGroupCluster(request: JsonObject): string | null {
  const named = LOG_GROUP_PARAMETERS.map((key) => LOG_GROUP.exec(textIn(request, key) ?? '')?.[1]);
  return named.find((name) => name !== undefined) ?? null;
}

/** The ARN of the IAM principal that the call is about; IAM's own calls give only its name. */
export function findPrincipalArn(call: Call): string | null {
  const { eventSource, request, response } = call;
  const principalArn = textIn(request, 'principalArn');
  if (principalArn !== null) return principalArn;
  if (eventSource === 'sts.amazonaws.com') return textIn(request, 'roleArn');
  if (eventSource !== 'iam.amazonaws.com') return null;
  const made = textIn(fieldIn(response, 'role'), 'arn') ?? textIn(fieldIn(response, 'user'), 'arn');
  return made ?? nameArn(call, 'role') ?? nameArn(call, 'user');
}

/** Without path, as principals are joined without it. */
function nameArn({ account, region, request }: Call, type: 'role' | 'user'): string | null {
  const name = textIn(request, type === 'role' ? 'roleName' : 'userName');
  return name === null || account === null ? null : `arn:${partitionOf(region ?? '')}:iam::${account}:${type}/${name}`;
}
