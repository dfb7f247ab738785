/** Access key ids into callers: which account, under which name, allowed what. */
import { AwsError } from './errors.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

export interface CallerOptions {
  readonly account: string;
  /** Actions such as eks:ListClusters; `*` stands for any letters. */
  readonly deny?: readonly string[];
  /** When given, everything else is denied. */
  readonly allow?: readonly string[];
  /** What STS names; a session of role auditor by default. */
  readonly arn?: string;
  readonly userId?: string;
  readonly isExpired?: boolean;
}

export interface Identity {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
  readonly deny: readonly string[];
  readonly allow: readonly string[];
  readonly isExpired: boolean;
}

export interface Identities {
  readonly issue: (options: CallerOptions) => Credentials;
  /** A role that may be assumed, with what it may do. */
  readonly addRole: (roleArn: string, rights: Pick<CallerOptions, 'allow' | 'deny'>) => void;
  readonly findRole: (roleArn: string) => Pick<CallerOptions, 'allow' | 'deny'> | undefined;
  readonly find: (accessKeyId: string) => Identity | undefined;
}

export function createIdentities(): Identities {
  const known = new Map<string, Identity>();
  const roles = new Map<string, Pick<CallerOptions, 'allow' | 'deny'>>();
  return {
    issue: (options) => {
      const number = String(known.size + 1).padStart(4, '0');
      const credentials = {
        accessKeyId: `ASIAIOSFODNN${number}TEST`,
        secretAccessKey: `wJalrXUtnFEMI/K7MDENG/bPxRfiCY${number}TESTKEY`,
        sessionToken: `planted-session-token-${number}`,
      };
      known.set(credentials.accessKeyId, describeIdentity(options));
      return credentials;
    },
    addRole: (roleArn, rights) => roles.set(roleArn, rights),
    findRole: (roleArn) => roles.get(roleArn),
    find: (accessKeyId) => known.get(accessKeyId),
  };
}

function describeIdentity(options: CallerOptions): Identity {
  const { account, deny = [], allow = ['*'], isExpired = false } = options;
  return {
    account,
    arn: options.arn ?? `arn:aws:sts::${account}:assumed-role/auditor/session`,
    userId: options.userId ?? 'AROAEXAMPLEAUDITOR001:session',
    deny,
    allow,
    isExpired,
  };
}

export interface Wanted {
  readonly action: string;
  readonly resource: string;
}

/** AWS's own words, which name the caller, the action and the resource. */
export function refuse(identity: Identity, { action, resource }: Wanted, code: string): AwsError | undefined {
  const isDenied = identity.deny.some((pattern) => matches(pattern, action));
  if (!isDenied && identity.allow.some((pattern) => matches(pattern, action))) return undefined;
  const because = isDenied
    ? `with an explicit deny in an identity-based policy`
    : `because no identity-based policy allows the ${action} action`;
  const message = `User: ${identity.arn} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  return new AwsError(code, message, { status: code === 'AccessDenied' ? 403 : 400 });
}

function matches(pattern: string, action: string): boolean {
  const [start = '', ...rest] = pattern.toLowerCase().split('*');
  const asked = action.toLowerCase();
  if (rest.length === 0) return asked === start;
  return asked.startsWith(start) && asked.endsWith(rest.at(-1) ?? '');
}
