/** What a person gives for a principal (an ARN, or a name of Kubernetes) into the identity that the question is about. */
import { KeyholderError } from '../errors.ts';
import type { Identity, Principal } from '../model/principal.ts';
import type { Subject } from '../model/rbac.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { serviceAccountUsername, withImpliedGroups } from '../rules/authorizer.ts';

/** An IAM identity comes in through a mapping. */
export interface IamAsker {
  readonly kind: 'iam';
  readonly text: string;
  readonly principal: Principal;
  /** As an assumed-role ARN names it; '' for users, who have none; null when it was not given. */
  readonly session: string | null;
}

/** A Kubernetes identity is there by its name. */
export interface SubjectAsker {
  readonly kind: 'subject';
  readonly text: string;
  readonly subject: Subject;
  /** With the groups that Kubernetes adds. */
  readonly identity: Identity;
}

export type Asker = IamAsker | SubjectAsker;

const SERVICE_ACCOUNT = /^(?:system:serviceaccount:|serviceaccount:)([a-z0-9.-]+)[:/]([a-z0-9.-]+)$/;
const WELL_KNOWN_GROUPS =
  /^system:(?:masters|authenticated|unauthenticated|nodes|monitoring|bootstrappers(?::.+)?|serviceaccounts(?::.+)?)$/;

const EXPECTED = 'an IAM ARN, a Kubernetes user, group:NAME, or system:serviceaccount:NAMESPACE:NAME for --principal';

/** Throws KeyholderError('usage') for what can be nobody. */
export function parseAsker(given: string): Asker {
  const text = given.trim();
  if (text === '') throw new KeyholderError('usage', `expected ${EXPECTED}, got nothing`);
  if (/^arn:/i.test(text)) return parseIamAsker(text);
  const [, namespace, name] = SERVICE_ACCOUNT.exec(text) ?? [];
  if (namespace !== undefined && name !== undefined) {
    const identity = withImpliedGroups({ username: serviceAccountUsername(namespace, name), groups: [] });
    return { kind: 'subject', text, subject: { kind: 'ServiceAccount', name, namespace }, identity };
  }
  if (/^(?:system:serviceaccount:|serviceaccount:)/.test(text)) throw refuse(text, 'which is no service account');
  if (text.startsWith('group:')) return askAsGroup(text, text.slice('group:'.length));
  if (WELL_KNOWN_GROUPS.test(text)) return askAsGroup(text, text);
  return askAsUser(text, text.startsWith('user:') ? text.slice('user:'.length) : text);
}

function parseIamAsker(text: string): IamAsker {
  const principal = parsePrincipal(text);
  if (principal.type === 'unknown' || principal.name === '') {
    const isGroup = /^arn:[^:]*:iam::[^:]*:group\//.test(text);
    throw refuse(
      text,
      isGroup ? 'an IAM group, and groups never log in' : 'which is no ARN of a role, user or session',
    );
  }
  if (!/^\d{12}$/.test(principal.account)) throw refuse(text, 'of which the account id has not 12 digits');
  const [kind = ''] = text.split(':').slice(5).join(':').split('/');
  const session = kind === 'assumed-role' ? (text.split('/').at(-1) ?? '') : principal.type === 'role' ? null : '';
  return { kind: 'iam', text, principal, session };
}

function refuse(text: string, why: string): KeyholderError {
  return new KeyholderError('usage', `expected ${EXPECTED}, got ${JSON.stringify(text)}, ${why}`);
}

function askAsGroup(text: string, name: string): SubjectAsker {
  if (name === '') throw refuse(text, 'which names no group');
  const everybody = name === 'system:unauthenticated' ? [] : ['system:authenticated'];
  const parents = name.startsWith('system:serviceaccounts:') ? ['system:serviceaccounts'] : [];
  const groups = [...new Set([name, ...parents, ...everybody])];
  return {
    kind: 'subject',
    text,
    subject: { kind: 'Group', name, namespace: null },
    identity: { username: '', groups },
  };
}

function askAsUser(text: string, name: string): SubjectAsker {
  if (name === '') throw refuse(text, 'which names no user');
  const identity = withImpliedGroups({ username: name, groups: [] });
  return { kind: 'subject', text, subject: { kind: 'User', name, namespace: null }, identity };
}
