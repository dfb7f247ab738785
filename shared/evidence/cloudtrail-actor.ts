/** Turns the userIdentity of a CloudTrail record into the actor behind the call. */
import type { Actor } from '../model/principal.ts';
import { canonicalizeArn, parsePrincipal } from '../rules/arn.ts';
import { parseUniqueId } from './authenticator-fields.ts';
import { fieldIn, textIn } from './json-fields.ts';
import type { JsonObject } from './parse-json.ts';

export function parseCloudTrailActor(record: JsonObject): Actor {
  const identity = fieldIn(record, 'userIdentity');
  const delegate = fieldIn(identity, 'invokedByDelegate');
  return {
    ...identify(identity),
    accessKeyId: textIn(identity, 'accessKeyId'),
    // A product that works under delegated access is named by its account.
    invokedBy: textIn(identity, 'invokedBy') ?? textIn(delegate, 'accountId'),
    sourceIp: textIn(record, 'sourceIPAddress'),
    userAgent: textIn(record, 'userAgent'),
  };
}

type Identified = Pick<Actor, 'name' | 'kind' | 'principalArn' | 'uniqueId' | 'sessionName'>;

function identify(identity: unknown): Identified {
  switch (textIn(identity, 'type') ?? guessType(identity)) {
    case 'AssumedRole':
      return identifySession(identity, 'role');
    case 'FederatedUser':
      return identifySession(identity, 'user');
    case 'Role':
      return named(identity, 'role');
    case 'IAMUser':
      return named(identity, 'user');
    case 'Root':
      return named(identity, 'root');
    case 'AWSService':
      return { ...named(identity, 'service'), name: textIn(identity, 'invokedBy') ?? 'unknown AWS service' };
    case 'AWSAccount':
      return { ...named(identity, 'account'), name: textIn(identity, 'accountId') ?? nameOf(identity) };
    case 'IdentityCenterUser':
    case 'SAMLUser':
    case 'WebIdentityUser':
    case 'Directory':
      return { ...named(identity, 'user'), principalArn: null };
    default:
      return named(identity, 'unknown');
  }
}

/** Fragments may lack the type; the ARN, or a service in place of one, shows it all the same. */
function guessType(identity: unknown): string | null {
  const arn = textIn(identity, 'arn');
  if (arn === null) return textIn(identity, 'invokedBy') === null ? null : 'AWSService';
  if (arn.includes(':assumed-role/')) return 'AssumedRole';
  const { type } = parsePrincipal(arn);
  return type === 'user' ? 'IAMUser' : type === 'root' ? 'Root' : type === 'role' ? 'Role' : null;
}

function named(identity: unknown, kind: Actor['kind']): Identified {
  const arn = textIn(identity, 'arn');
  return {
    name: arn ?? nameOf(identity),
    kind,
    principalArn: arn === null ? null : (canonicalizeArn(arn) ?? arn),
    uniqueId: parseUniqueId(textIn(identity, 'principalId')),
    sessionName: null,
  };
}

function nameOf(identity: unknown): string {
  const names = [
    textIn(identity, 'userName'),
    textIn(fieldIn(identity, 'onBehalfOf'), 'userId'),
    textIn(identity, 'principalId'),
    textIn(identity, 'invokedBy'),
    textIn(identity, 'accountId'),
  ];
  return names.find((name) => name !== null) ?? 'unknown';
}

/** Whoever issued the session is the principal, and only there its ARN has the path. */
function identifySession(identity: unknown, kind: Actor['kind']): Identified {
  const issuer = fieldIn(fieldIn(identity, 'sessionContext'), 'sessionIssuer');
  const arn = textIn(identity, 'arn');
  const principalId = textIn(identity, 'principalId');
  const principalArn = textIn(issuer, 'arn') ?? (arn === null ? null : canonicalizeArn(arn));
  const isRoot = textIn(issuer, 'type') === 'Root';
  return {
    name: principalArn ?? arn ?? nameOf(identity),
    kind: isRoot ? 'root' : kind,
    principalArn,
    uniqueId: parseUniqueId(textIn(issuer, 'principalId')) ?? parseUniqueId(principalId),
    sessionName: arn?.split('/').at(-1) ?? (principalId?.split(':')[1] || null),
  };
}
