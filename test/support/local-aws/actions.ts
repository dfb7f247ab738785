/** An operation and its input into the IAM action and resource that decide about it. */
import { type Fields, optionalText, textsOf } from './fields.ts';
import type { Wanted } from './identities.ts';

export interface Requested {
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
  readonly input: Fields;
}

/** Operations that are allowed, or refused, under another name. */
const ACTIONS: ReadonlyMap<string, string> = new Map([
  ['ListObjectsV2', 's3:ListBucket'],
  ['HeadObject', 's3:GetObject'],
]);

export function wantedFor(requested: Requested): Wanted {
  const { service, operation } = requested;
  const prefix = service === 'sso-admin' ? 'sso' : service;
  return { action: ACTIONS.get(operation) ?? `${prefix}:${operation}`, resource: resourceOf(requested) };
}

function resourceOf(requested: Requested): string {
  const { account, region, service, input } = requested;
  const of = (name: string): string => optionalText(input, name) ?? '*';
  switch (service) {
    case 'eks':
      return `arn:aws:eks:${region}:${account}:cluster/${optionalText(input, 'clusterName') ?? of('name')}`;
    case 'logs':
      return `arn:aws:logs:${region}:${account}:log-group:${logGroupOf(input)}:log-stream:`;
    case 'iam':
      return `arn:aws:iam::${account}:${iamResourceOf(requested)}`;
    case 'sts':
      return of('RoleArn');
    case 's3':
      return `arn:aws:s3:::${of('Bucket')}${input.Key === undefined ? '' : `/${of('Key')}`}`;
    case 'sns':
      return of('TopicArn');
    case 'cloudtrail':
      return `arn:aws:cloudtrail:${region}:${account}:trail/${of('Name')}`;
    default:
      return '*';
  }
}

function logGroupOf(input: Fields): string {
  const listed = [...textsOf(input, 'logGroupNames'), ...textsOf(input, 'logGroupIdentifiers')];
  return optionalText(input, 'logGroupName') ?? listed[0] ?? optionalText(input, 'logGroupNamePrefix') ?? '';
}

function iamResourceOf({ operation, input }: Requested): string {
  if (operation === 'GetRole') return `role/${optionalText(input, 'RoleName') ?? '*'}`;
  return operation === 'GetUser' ? `user/${optionalText(input, 'UserName') ?? '*'}` : '*';
}
