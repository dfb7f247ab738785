/** What is known of a request before anybody makes it: the condition keys that the caller and the resource fix. */
import type { IamRole, IamUser } from '../model/iam.ts';

/** Who asks. Only users and roles come with policies of their own. */
export type Caller =
  | IamUser
  | IamRole
  | { readonly kind: 'account'; readonly account: string; readonly partition: string }
  | { readonly kind: 'everyone' }
  | { readonly kind: 'service'; readonly name: string }
  | { readonly kind: 'provider'; readonly name: string };

export interface RequestContext {
  readonly caller: Caller;
  readonly resource: {
    readonly account: string;
    /** null: not known. */
    readonly tags: Readonly<Record<string, string>> | null;
  };
  readonly findOrganization: (account: string) => string | null;
  /** Keys that the question itself fixes, by lower-case name; an empty list means that the key is absent. */
  readonly given: ReadonlyMap<string, readonly string[]>;
}

/** No values: the key is absent. `startsWith`: one value of which only the start is known. */
export type KeyValue = { readonly values: readonly string[] } | { readonly startsWith: string } | 'undecided';

const ABSENT: KeyValue = { values: [] };

/** Keys of services that call for a resource of theirs: never there when a user or a role calls. */
const OF_SERVICES: ReadonlySet<string> = new Set([
  'aws:principalservicename',
  'aws:principalservicenameslist',
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);

/** Letter case does not matter in the names of keys. */
export function readKey(context: RequestContext, name: string): KeyValue {
  const key = name.toLowerCase();
  const given = context.given.get(key);
  if (given !== undefined) return { values: given };
  if (key === 'aws:securetransport') return { values: ['true'] };
  const { account, tags } = context.resource;
  if (key === 'aws:resourceaccount') return { values: [account] };
  if (key === 'aws:resourceorgid') return organizationOf(context, account);
  const tag = /^(?:aws|iam):resourcetag\/(.*)$/.exec(key)?.[1];
  if (tag !== undefined) return tags === null ? 'undecided' : tagValue(tags, tag);
  return readCallerKey(context, key);
}

function readCallerKey(context: RequestContext, key: string): KeyValue {
  const { caller } = context;
  if (key === 'aws:principalisawsservice') return { values: [String(caller.kind === 'service')] };
  if (caller.kind === 'service' || caller.kind === 'everyone') return 'undecided';
  if (OF_SERVICES.has(key)) return ABSENT;
  if (caller.kind === 'provider') return key === 'aws:federatedprovider' ? { values: [caller.name] } : 'undecided';
  const account = caller.kind === 'account' ? caller.account : caller.principal.account;
  if (key === 'aws:principalaccount') return { values: [account] };
  if (key === 'aws:principalorgid') return organizationOf(context, account);
  if (caller.kind === 'account') {
    return key === 'aws:principalarn' ? { startsWith: `arn:${caller.partition}:iam::${account}:` } : 'undecided';
  }
  return readPrincipalKey(caller, key);
}

function readPrincipalKey(caller: IamUser | IamRole, key: string): KeyValue {
  const { arn, name, uniqueId } = caller.principal;
  const isUser = caller.kind === 'user';
  switch (key) {
    case 'aws:principalarn':
      return { values: [arn] };
    case 'aws:principaltype':
      return { values: [isUser ? 'User' : 'AssumedRole'] };
    case 'aws:username':
      return isUser ? { values: [name] } : ABSENT;
    case 'aws:userid':
      if (uniqueId === null) return 'undecided';
      return isUser ? { values: [uniqueId] } : { startsWith: `${uniqueId}:` };
    case 'aws:federatedprovider':
      return isUser ? ABSENT : 'undecided';
  }
  const tag = /^aws:principaltag\/(.*)$/.exec(key)?.[1];
  // A role's session may carry tags of its own, which take the place of the role's.
  return tag !== undefined && isUser ? tagValue(caller.tags, tag) : 'undecided';
}

function organizationOf({ findOrganization }: RequestContext, account: string): KeyValue {
  const id = findOrganization(account);
  return id === null ? 'undecided' : { values: [id] };
}

function tagValue(tags: Readonly<Record<string, string>>, key: string): KeyValue {
  const value = Object.entries(tags).find(([name]) => name.toLowerCase() === key)?.[1];
  return value === undefined ? ABSENT : { values: [value] };
}
