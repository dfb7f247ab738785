/** A verb, a resource as kubectl takes it, and a namespace into the request that the authorizers are asked. */
import { KeyholderError } from '../errors.ts';
import type { Ask } from '../model/explanation.ts';
import type { AccessRequest } from '../model/rbac.ts';
import { type ApiResource, findApiResource } from '../rules/api-resources.ts';

export interface AskedFor {
  readonly verb: string;
  /** RESOURCE[.VERSION][.GROUP][/SUBRESOURCE or /NAME[/SUBRESOURCE]], or a path such as /metrics. */
  readonly resource: string;
  readonly namespace?: string | undefined;
}

/** Throws KeyholderError('usage') for what Kubernetes cannot be asked. */
export function parseAsk({ verb: given, resource, namespace }: AskedFor): Ask {
  const verb = parseVerb(given);
  const place = parseNamespace(namespace);
  if (resource.startsWith('/')) return askForPath(verb, resource, place);
  const [type = '', ...rest] = resource.split('/');
  const known = parseType(type, resource);
  // Whoever serves other resources may ask about verbs of their own.
  if (known.isNamespaced !== null && !KUBERNETES_VERB.test(verb)) {
    throw usage('a verb that Kubernetes asks about, such as get, list, create or delete', given);
  }
  const { name, subresource } = parseRest(known, rest, resource);
  const isOneNamespace = known.name === 'namespaces' && known.group === '' && name !== '';
  // The API server takes a request for one namespace as made in it, so that a RoleBinding there can allow it.
  const effective = isOneNamespace ? name : known.isNamespaced === false ? '' : place;
  const request: AccessRequest = {
    verb,
    apiGroup: known.group,
    resource: known.name,
    subresource,
    name,
    namespace: effective,
    path: null,
  };
  const isNamespaced = isOneNamespace || (known.isNamespaced ?? effective !== '');
  return { request, isNamespaced, text: wordRequest(request, isNamespaced) };
}

/** Words of kubectl that are no verbs of the API, and what they ask for. */
const COMMANDS: ReadonlyMap<string, string> = new Map([
  ['exec', 'create on pods/exec'],
  ['attach', 'create on pods/attach'],
  ['logs', 'get on pods/log'],
  ['log', 'get on pods/log'],
  ['port-forward', 'create on pods/portforward'],
  ['cp', 'create on pods/exec'],
  ['debug', 'patch on pods/ephemeralcontainers'],
  ['apply', 'get, create and patch'],
  ['edit', 'get and patch'],
  ['describe', 'get'],
  ['scale', 'patch on deployments/scale'],
  ['drain', 'create on pods/eviction'],
  ['cordon', 'patch on nodes'],
  ['read', 'get, list or watch'],
  ['write', 'create, update, patch or delete'],
]);

/** A slip of the pen would be allowed to those with a wildcard alone, and read like an answer. */
const KUBERNETES_VERB =
  /^(?:\*|get|list|watch|create|update|patch|delete|deletecollection|use|bind|escalate|approve|sign|attest|impersonate|request-.+|.+:.+)$/;
const PATH_VERB = /^(?:\*|get|head|options|post|put|patch|delete)$/;

function parseVerb(given: string): string {
  const verb = given.trim();
  const folded = verb.toLowerCase();
  const instead = COMMANDS.get(folded);
  if (instead !== undefined) {
    throw usage('a verb of the API, such as get, list, create or delete', given, `it asks for ${instead}`);
  }
  if (!/^(?:\*|[a-z][a-z0-9:._-]*)$/.test(folded)) throw usage('a verb, such as get, list, create or delete', given);
  return folded;
}

function parseNamespace(namespace: string | undefined): string {
  if (namespace === undefined) return '';
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace)) return namespace;
  throw usage('the name of a namespace for --namespace', namespace);
}

function askForPath(verb: string, path: string, namespace: string): Ask {
  if (namespace !== '') throw usage('no --namespace with a path, which lies in none', namespace);
  if (!PATH_VERB.test(verb)) throw usage('a verb that a path takes, such as get or post', verb);
  const request = { verb, apiGroup: '', resource: '', subresource: '', name: '', namespace: '', path };
  return { request, isNamespaced: false, text: `${verb} ${path}` };
}

type KnownType = Pick<ApiResource, 'name' | 'group' | 'subresources'> & {
  /** null for a resource that Kubernetes does not ship. */
  readonly isNamespaced: boolean | null;
};

const VERSION = /^v\d+(?:(?:alpha|beta)\d+)?$/;

function parseType(type: string, resource: string): KnownType {
  if (type === '*' || type === '*.*') return { name: '*', group: '*', isNamespaced: null, subresources: [] };
  if (!/^[A-Za-z0-9*][A-Za-z0-9.*-]*$/.test(type)) throw usage('a resource such as pods or deployments.apps', resource);
  const [name = '', ...parts] = type.split('.');
  const group = parts.length === 0 ? null : parts.slice(VERSION.test(parts[0] ?? '') ? 1 : 0).join('.');
  const known = findApiResource(name, group);
  if (known !== null) return known;
  if (group !== null) return { name: name.toLowerCase(), group, isNamespaced: null, subresources: ['scale', 'status'] };
  throw usage('a resource that Kubernetes ships, or RESOURCE.GROUP such as certificates.cert-manager.io', resource);
}

/** kubectl has a flag for subresources and takes what follows a slash for a name; RBAC writes pods/exec. Both are read. */
function parseRest(
  { subresources }: KnownType,
  rest: readonly string[],
  resource: string,
): { readonly name: string; readonly subresource: string } {
  const [first = '', second = '', ...more] = rest;
  const isComplete = rest.length === 0 || (first !== '' && (rest.length === 1 || second !== ''));
  if (!isComplete || more.length > 0) throw usage('RESOURCE, RESOURCE/NAME or RESOURCE/SUBRESOURCE', resource);
  if (second !== '') return { name: first, subresource: second };
  return subresources.includes(first) ? { name: '', subresource: first } : { name: first, subresource: '' };
}

function wordRequest(request: AccessRequest, isNamespaced: boolean): string {
  const { verb, name, namespace } = request;
  const named = name === '' ? '' : ` ${JSON.stringify(name)}`;
  const where = namespace !== '' ? ` in namespace ${namespace}` : isNamespaced ? ' in all namespaces' : '';
  return `${verb} ${wordResource(request)}${named}${where}`;
}

/** As kubectl and RBAC write it: "deployments.apps/scale". */
export function wordResource({ apiGroup, resource, subresource, path }: AccessRequest): string {
  if (path !== null) return path;
  const group = apiGroup === '' || apiGroup === '*' ? '' : `.${apiGroup}`;
  return `${resource}${group}${subresource === '' ? '' : `/${subresource}`}`;
}

function usage(expected: string, got: string, why = ''): KeyholderError {
  return new KeyholderError('usage', `expected ${expected}, got ${JSON.stringify(got)}${why === '' ? '' : `: ${why}`}`);
}
