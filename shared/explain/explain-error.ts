/** What kubectl, aws or the authenticator printed into what it means: cause, checks and mend of each known error in it. */
import type { ErrorAnswer, ForbiddenRequest } from '../model/explanation.ts';
import { WHO_AM_I } from '../rules/identity-checks.ts';
import { shellLine } from '../rules/shell.ts';
import { AWS_ERRORS } from './errors-aws.ts';
import { CLIENT_ERRORS } from './errors-client.ts';
import { LOGIN_ERRORS } from './errors-login.ts';
import { NETWORK_ERRORS } from './errors-network.ts';
import { findMissingRole, parseForbidden } from './forbidden-text.ts';
import { DESCRIBE_CLUSTER, type KnownError, LIST_ENTRIES, SHOW_CONFIG } from './known-error.ts';

/** In the order of a request: network, configuration, AWS, login. */
export const KNOWN_ERRORS: readonly KnownError[] = [
  ...NETWORK_ERRORS,
  ...CLIENT_ERRORS,
  ...AWS_ERRORS,
  ...LOGIN_ERRORS,
];

/** Those that say no more than another one in the same text does. */
const GENERAL: ReadonlySet<string> = new Set([
  'unauthorized',
  'connection-refused',
  'eks-call-denied',
  'exec-plugin-failed',
  'token-malformed',
]);

/** No error is longer; whoever pastes a whole log gets what its beginning shows. */
const MOST_TEXT = 20_000;

/** Never empty: an error that is not known gets the checks that fit all of them. */
export function explainError(given: string): readonly ErrorAnswer[] {
  const text = given.slice(0, MOST_TEXT);
  const forbidden = listForbidden(text);
  const matching = KNOWN_ERRORS.filter(({ pattern }) => pattern.test(text));
  const specific = matching.filter(({ id }) => !GENERAL.has(id));
  const known = specific.length + forbidden.length > 0 ? specific : matching;
  const answers = [...forbidden, ...known.map(describe)];
  return answers.length > 0 ? answers : [describe(NOT_KNOWN)];
}

function describe({ id, title, cause, checks, mend, commands }: KnownError): ErrorAnswer {
  return { id, title, cause, request: null, checks: [WHO_AM_I, ...checks], mend, commands };
}

const NOT_KNOWN: KnownError = {
  id: 'not-known',
  title: 'This text is no error that is known here',
  pattern: /(?:)/,
  cause:
    'It names none of the errors of EKS access. These checks tell whether credentials, network, login or rights are the matter.',
  checks: [DESCRIBE_CLUSTER, SHOW_CONFIG, 'kubectl version', 'kubectl auth whoami', LIST_ENTRIES],
  mend: 'The first check that fails is where to look: give its text to keyholder explain --error.',
  commands: [],
};

function listForbidden(text: string): readonly ErrorAnswer[] {
  if (/attempting to grant rbac permissions not currently held/i.test(text)) return [describe(ESCALATION)];
  const request = parseForbidden(text);
  if (request !== null) return [describeForbidden(request, findMissingRole(text))];
  return /\bforbidden\b|\b403\b/i.test(text) ? [describe(FORBIDDEN)] : [];
}

/** The entries of the table that no pattern of one line can find. */
const ESCALATION: KnownError = {
  id: 'rbac-escalation',
  title: 'Nobody may grant by RBAC what one does not hold',
  pattern: /attempting to grant/i,
  cause:
    'Whoever creates a role or a binding must hold all its permissions by RBAC, or may escalate or bind. Permissions that come by an access policy do not count, for RBAC does not see them.',
  checks: ['kubectl auth can-i --list'],
  mend: 'Have it created by somebody who holds the permissions by RBAC, or with AmazonEKSClusterAdminPolicy, which may escalate and bind.',
  commands: [],
};

const FORBIDDEN: KnownError = {
  id: 'forbidden',
  title: 'The login worked, and the request is not allowed',
  pattern: /forbidden/i,
  cause: 'The API server answered 403: it knows the caller, and no binding and no access policy allows the request.',
  checks: ['kubectl auth whoami', 'kubectl auth can-i --list', LIST_ENTRIES],
  mend: 'Have the request allowed in the namespace it is made in; the whole text of the error names user, verb and resource.',
  commands: [],
};

export const OTHER_ERRORS: readonly KnownError[] = [NOT_KNOWN, ESCALATION, FORBIDDEN];

function describeForbidden(request: ForbiddenRequest, missingRole: string | null): ErrorAnswer {
  const { user, verb, namespace } = request;
  const type = wordType(request);
  const place = namespace === null ? [] : ['--namespace', namespace];
  const where = namespace === null ? '' : ` in namespace ${namespace}`;
  const canI = shellLine('kubectl', 'auth', 'can-i', verb, type, ...place);
  const bound = `kubectl get clusterrolebindings,rolebindings -A -o wide | ${shellLine('grep', '-F', '--', user)}`;
  const asked = ['--principal', user, '--verb', verb, '--resource', type, ...place];
  const said = { request, checks: [WHO_AM_I, 'kubectl auth whoami', canI, bound] };
  if (user === 'system:anonymous') return { ...said, ...describeAnonymous() };
  const why =
    missingRole === null
      ? `No binding and no access policy of it allows ${verb} on ${type}${where}.`
      : `A binding of it names ${missingRole}, which does not exist, so that it allows nothing.`;
  return {
    ...said,
    id: missingRole === null ? 'forbidden-request' : 'forbidden-role-missing',
    title: `The API server knows the caller as ${user}, and does not allow ${verb} on ${type}${where}`,
    cause: `The login worked. ${why} Is that the user one expects? If not, another identity was used.`,
    mend:
      missingRole === null
        ? 'Have this one request allowed there: a binding for one of its groups, or an access policy with the namespace in its scope.'
        : 'Create the role that the binding names, with what it was meant to allow, or bind another.',
    commands: [shellLine('keyholder', 'explain', '--cluster', 'CLUSTER', ...asked, '--evidence', 'FOLDER')],
  };
}

/** As kubectl takes it: resource.group/subresource. */
function wordType({ resource, apiGroup }: ForbiddenRequest): string {
  if (apiGroup === '' || resource.startsWith('/')) return resource;
  const [type = '', ...rest] = resource.split('/');
  return [`${type}.${apiGroup}`, ...rest].join('/');
}

function describeAnonymous(): Pick<ErrorAnswer, 'id' | 'title' | 'cause' | 'mend' | 'commands'> {
  return {
    id: 'forbidden-anonymous',
    title: 'The request came without a login',
    cause: 'system:anonymous is whoever sends no token: a browser, curl, or a kubectl whose configuration has no user.',
    mend: 'Write the configuration of kubectl again, so that it fetches a token. Never bind anything to system:anonymous.',
    commands: ['aws eks update-kubeconfig --region REGION --name CLUSTER'],
  };
}
