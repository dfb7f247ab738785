/** An ARN of aws-auth into whether any caller can match it, and if none, why. */
import { type Arn, canonicalizeArn, parseArn, stripRolePath } from '../rules/arn.ts';
import { foldCase } from './aws-auth-decode.ts';

export type ArnVerdict =
  | { readonly kind: 'matches'; readonly type: 'role' | 'user' | 'root' | 'federated-user' }
  | { readonly kind: 'path'; readonly path: string; readonly stripped: string }
  | { readonly kind: 'assumed-role'; readonly role: string }
  | { readonly kind: 'malformed'; readonly reason: string };

const NAME = '[\\w+=,.@-]{1,64}';
const ROLE = new RegExp(`^role/${NAME}$`, 'i');
const USER = new RegExp(`^user/(?:[\\x21-\\x7e]+/)?${NAME}$`, 'i');
const SESSION = /^assumed-role$/i;
const ROLE_NAME = new RegExp(`^${NAME}$`);
const PATHED_ROLE = new RegExp(`^role(/(?:[\\x21-\\x7e]*/)?)${NAME}$`, 'i');

/** The authenticator compares without regard to case, with what STS prints: never a path of a role, never a session. */
export function judgeArn(text: string): ArnVerdict {
  const folded = foldCase(text);
  const arn = parseArn(folded);
  const shape = findShapeProblem(folded);
  if (shape !== null || arn === null) return { kind: 'malformed', reason: shape ?? 'it is no ARN' };
  const written = text.slice(text.length - arn.resource.length);
  const verdict = arn.service === 'iam' ? judgeIam(text, written) : judgeSts(arn, written);
  return verdict ?? { kind: 'malformed', reason: describeResource(arn.resource) };
}

function judgeIam(text: string, resource: string): ArnVerdict | null {
  if (ROLE.test(resource)) return { kind: 'matches', type: 'role' };
  if (USER.test(resource)) return { kind: 'matches', type: 'user' };
  if (resource.toLowerCase() === 'root') return { kind: 'matches', type: 'root' };
  const path = PATHED_ROLE.exec(resource)?.[1];
  const stripped = stripRolePath(text);
  return path === undefined || stripped === null ? null : { kind: 'path', path, stripped };
}

function judgeSts({ partition, account }: Arn, resource: string): ArnVerdict | null {
  if (/^federated-user\/\S+$/i.test(resource)) return { kind: 'matches', type: 'federated-user' };
  const [kind = '', ...names] = resource.split('/');
  // The last of them is the session, unless there is but one.
  const name = names.at(names.length > 1 ? -2 : 0) ?? '';
  return !SESSION.test(kind) || !ROLE_NAME.test(name)
    ? null
    : { kind: 'assumed-role', role: `arn:${partition}:iam::${account}:role/${name}` };
}

/** What is wrong before the resource is looked at. */
function findShapeProblem(text: string): string | null {
  if (/\s/.test(text)) return 'it holds a blank, and blanks count';
  if (/[*?]/.test(text)) return 'the authenticator knows no wildcards';
  if (/[<>${}]/.test(text)) return 'a placeholder was left in it';
  const arn = parseArn(text);
  if (arn === null) return 'it is no ARN';
  const { partition, service, region, account } = arn;
  if (canonicalizeArn(`arn:${partition}:iam::${account}:root`) === null)
    return `the authenticator knows no partition "${partition}"`;
  if (service !== 'iam' && service !== 'sts')
    return `callers have ARNs of iam or sts, never of ${service || 'no service'}`;
  if (region !== '') return 'the ARNs of IAM hold no region';
  if (!/^[0-9]{12}$/.test(account)) return describeAccount(account);
  return null;
}

function describeAccount(account: string): string {
  if (!/^[0-9]+$/.test(account)) return `"${account}" is no account id of 12 digits`;
  return `its account id has ${account.length} digits instead of 12`;
}

function describeResource(resource: string): string {
  const [kind = '', name = ''] = resource.split('/');
  if (kind === 'group') return 'it names an IAM group, and groups never log in: name the users';
  if (kind === 'instance-profile') return 'it names an instance profile: name the role in it';
  if (!['role', 'user', 'assumed-role', 'federated-user'].includes(kind)) return `"${kind}" is no kind of caller`;
  return name === '' ? `it names no ${kind}` : `"${resource}" is not spelt like a ${kind} of IAM`;
}
