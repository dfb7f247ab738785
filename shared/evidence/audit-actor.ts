/** Turns the user of an audit event into the actor behind it. */
import type { Actor } from '../model/principal.ts';
import { canonicalizeArn, parsePrincipal } from '../rules/arn.ts';
import { parseAuthenticatorUid, parseUniqueId } from './authenticator-fields.ts';
import { fieldIn, textIn, textsIn } from './json-fields.ts';

const SERVICE_ACCOUNT = /^system:serviceaccount:[^:]+:[^:]+$/;

export function parseAuditActor(event: unknown): Actor {
  const user = fieldIn(event, 'user');
  const username = textIn(user, 'username') ?? '';
  const login = readIamLogin(user, username);
  return {
    name: login.principalArn ?? username,
    kind: kindOf(login.principalArn, username),
    ...login,
    invokedBy: null,
    sourceIp: textsIn(event, 'sourceIPs')[0] ?? null,
    userAgent: textIn(event, 'userAgent'),
  };
}

type IamLogin = Pick<Actor, 'principalArn' | 'uniqueId' | 'sessionName' | 'accessKeyId'>;

const NO_LOGIN: IamLogin = { principalArn: null, uniqueId: null, sessionName: null, accessKeyId: null };

/** Other authenticators may fill `extra` with what their users claim: it only counts beside a uid of ours, or none at all. */
function readIamLogin(user: unknown, username: string): IamLogin {
  const uid = textIn(user, 'uid');
  const known = parseAuthenticatorUid(uid);
  if (known === null && (uid !== null || SERVICE_ACCOUNT.test(username))) return NO_LOGIN;
  const extra = fieldIn(user, 'extra');
  const first = (key: string): string | null => textsIn(extra, key)[0] || null;
  const principalId = first('sigs.k8s.io/aws-iam-authenticator/principalId') ?? first('principalId');
  return {
    // The default username of an access entry is the caller's ARN.
    principalArn: first('canonicalArn') ?? canonicalizeArn(first('arn') ?? username),
    uniqueId: known?.uniqueId ?? parseUniqueId(principalId),
    sessionName: first('sessionName'),
    accessKeyId: first('accessKeyId'),
  };
}

function kindOf(principalArn: string | null, username: string): Actor['kind'] {
  if (principalArn === null) return SERVICE_ACCOUNT.test(username) ? 'service-account' : 'kubernetes-user';
  const { type } = parsePrincipal(principalArn);
  return type === 'role' || type === 'root' ? type : type === 'unknown' ? 'unknown' : 'user';
}
