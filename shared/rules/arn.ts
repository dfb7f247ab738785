/** The ARN grammar of IAM principals, as STS, access entries, aws-auth and the authenticator write them. */
import type { Principal, PrincipalType } from '../model/principal.ts';

/** Partitions that the authenticator knows (v0.7.18). */
const PARTITIONS = new Set([
  'aws',
  'aws-cn',
  'aws-us-gov',
  'aws-iso',
  'aws-iso-b',
  'aws-iso-e',
  'aws-iso-f',
  'aws-eusc',
]);

export interface Arn {
  readonly partition: string;
  readonly service: string;
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

/** null when the text is no ARN. */
export function parseArn(text: string): Arn | null {
  const [prefix, partition, service, region, account, ...rest] = text.split(':');
  if (prefix !== 'arn' || partition === undefined || service === undefined) return null;
  if (region === undefined || account === undefined || rest.length === 0) return null;
  return { partition, service, region, account, resource: rest.join(':') };
}

/**
 * What the authenticator turns a caller's STS ARN into before it looks for a mapping: an assumed role becomes its
 * role (the session is dropped), everything else stays. null where the authenticator answers with an error.
 */
export function canonicalizeArn(text: string): string | null {
  const arn = parseArn(text);
  if (arn === null || !PARTITIONS.has(arn.partition)) return null;
  const parts = arn.resource.split('/');
  const kind = parts[0];
  if (arn.service === 'sts') {
    if (kind === 'federated-user') return text;
    if (kind !== 'assumed-role' || parts.length < 3) return null;
    return `arn:${arn.partition}:iam::${arn.account}:role/${parts.slice(1, -1).join('/')}`;
  }
  if (arn.service !== 'iam') return null;
  return kind === 'role' || kind === 'user' || kind === 'root' ? text : null;
}

/** The same ARN with the path of a role taken out, as STS would print it. null when the text is no ARN of AWS. */
export function stripRolePath(text: string): string | null {
  const arn = parseArn(text);
  if (arn === null || !PARTITIONS.has(arn.partition)) return null;
  const parts = arn.resource.split('/');
  if (parts[0] !== 'role' || parts.length < 3) return text;
  return `arn:${arn.partition}:iam::${arn.account}:role/${parts.at(-1)}`;
}

const TYPES: ReadonlyMap<string, PrincipalType> = new Map([
  ['role', 'role'],
  ['assumed-role', 'role'],
  ['user', 'user'],
  ['root', 'root'],
  ['federated-user', 'federated-user'],
]);

/** Reads a principal out of any ARN that names one; an unreadable text becomes a principal of type `unknown`. */
export function parsePrincipal(text: string, uniqueId: string | null = null): Principal {
  const arn = parseArn(text);
  const parts = arn?.resource.split('/') ?? [];
  const type = TYPES.get(parts[0] ?? '') ?? 'unknown';
  if (arn === null || type === 'unknown') {
    return { arn: text, type: 'unknown', partition: '', account: arn?.account ?? '', name: text, path: '/', uniqueId };
  }
  const { partition, account } = arn;
  if (type === 'root') return { arn: text, type, partition, account, name: 'root', path: '/', uniqueId };
  const isSession = parts[0] === 'assumed-role';
  const named = isSession ? parts.slice(1, -1) : parts.slice(1);
  const name = named.at(-1) ?? '';
  const path = named.length > 1 ? `/${named.slice(0, -1).join('/')}/` : '/';
  const shown = isSession ? `arn:${partition}:iam::${account}:role/${named.join('/')}` : text;
  return { arn: shown, type, partition, account, name, path, uniqueId };
}

/**
 * The key under which records of one principal meet: account, type and name without path, letter case folded, as
 * IAM names are unique without regard to case. The path is left out because STS never prints a role's.
 */
export function principalKey(principal: Pick<Principal, 'account' | 'type' | 'name' | 'arn'>): string {
  if (principal.type === 'unknown') return principal.arn.toLowerCase();
  return `${principal.account}:${principal.type}/${principal.name}`.toLowerCase();
}

/** `principalKey` of whatever an ARN names. */
export function arnKey(arn: string): string {
  return principalKey(parsePrincipal(arn));
}

const PARTITION_OF_PREFIX: readonly (readonly [string, string])[] = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['us-iso-', 'aws-iso'],
  ['us-isob-', 'aws-iso-b'],
  ['eu-isoe-', 'aws-iso-e'],
  ['us-isof-', 'aws-iso-f'],
  ['eusc-', 'aws-eusc'],
];

/** The partition that a region lies in; `aws` for every region that has no prefix of its own. */
export function partitionOf(region: string): string {
  return PARTITION_OF_PREFIX.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
}

/** Where a cluster lies, by its ARN. */
export function placeOfCluster(clusterArn: string): {
  readonly account: string;
  readonly region: string;
  readonly name: string;
} {
  const { account = '', region = '', resource = '' } = parseArn(clusterArn) ?? {};
  return { account, region, name: resource.replace(/^cluster\//, '') };
}
