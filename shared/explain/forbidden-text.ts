/** The text of a Forbidden error into who asked for what, as the API server prints it. */
import type { ForbiddenRequest } from '../model/explanation.ts';

/** As Go quotes a text. */
const QUOTED = '"((?:[^"\\\\]|\\\\.)*)"';
const WHERE = `(?: in the namespace ${QUOTED})?`;
const RESOURCE = new RegExp(`User ${QUOTED} cannot (\\S+) resource ${QUOTED}(?: in API group ${QUOTED})?${WHERE}`, 'i');
const PATH = new RegExp(`User ${QUOTED} cannot (\\S+) path ${QUOTED}`, 'i');
/** Kubernetes up to 1.13. */
const BARE = new RegExp(`User ${QUOTED} cannot (\\S+) ([^\\s":]+)(?:\\.[a-z0-9.]+)?${WHERE}`, 'i');
const NAMED = /"((?:[^"\\]|\\.)*)" is forbidden/;

/** null for a text that is no such error, or names nobody. */
export function parseForbidden(given: string): ForbiddenRequest | null {
  const text = straighten(given);
  const [path, pathUser, pathVerb, url] = PATH.exec(text) ?? [];
  if (path !== undefined) {
    return {
      user: unquote(pathUser),
      verb: pathVerb ?? '',
      resource: unquote(url),
      apiGroup: '',
      namespace: null,
      name: null,
    };
  }
  const [found, user, verb, resource, apiGroup, namespace] = RESOURCE.exec(text) ?? [];
  if (found !== undefined) return build({ user, verb, resource, apiGroup, namespace, text });
  const [bare, bareUser, bareVerb, bareResource, bareNamespace] = BARE.exec(text) ?? [];
  return bare === undefined
    ? null
    : build({ user: bareUser, verb: bareVerb, resource: bareResource, apiGroup: '', namespace: bareNamespace, text });
}

type Found = Readonly<Record<'user' | 'verb' | 'resource' | 'apiGroup' | 'namespace', string | undefined>>;

function build({
  user,
  verb,
  resource,
  apiGroup,
  namespace,
  text,
}: Found & { readonly text: string }): ForbiddenRequest {
  const name = NAMED.exec(text)?.[1];
  return {
    user: unquote(user),
    verb: verb ?? '',
    resource: unquote(resource),
    apiGroup: unquote(apiGroup),
    namespace: namespace === undefined ? null : unquote(namespace),
    name: name === undefined || name === '' ? null : unquote(name),
  };
}

/** The role that a binding of the caller names and that is not there, as RBAC appends it to the text. */
export function findMissingRole(given: string): string | null {
  const [, kind, name] =
    /RBAC: \[?(clusterrole|role)\.rbac\.authorization\.k8s\.io "((?:[^"\\]|\\.)*)" not found/i.exec(
      straighten(given),
    ) ?? [];
  return kind === undefined || name === undefined ? null : `${kind} ${unquote(name)}`;
}

/** Chat programs make quotes curly; a log in JSON puts a backslash before each. */
function straighten(text: string): string {
  const straight = text.replace(/[\u201c\u201d\u201e\u2033]/g, '"');
  return /user \\"/i.test(straight) ? straight.replaceAll('\\"', '"') : straight;
}

function unquote(text: string | undefined): string {
  return (text ?? '').replace(/\\(["\\])/g, '$1');
}
