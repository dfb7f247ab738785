/** A request and whom to let make it, into the smallest grant as commands: a role with this one permission, and its binding. */
import type { Ask } from '../model/explanation.ts';
import type { AccessRequest, Subject } from '../model/rbac.ts';
import { shellLine } from '../rules/shell.ts';
import type { Question } from './question.ts';
import { wordResource } from './request.ts';

/** Creates what is not there yet: nothing else changes. */
export function createGrant({ facts, ask }: Question, subject: Subject): readonly string[] {
  const here = [...facts.roles, ...facts.bindings].filter(
    ({ namespace }) => (namespace ?? '') === ask.request.namespace,
  );
  const taken = new Set(here.map(({ name }) => name));
  const name = findFreeName(nameGrant(ask.request), taken);
  return [createRole(ask, name), createBinding(ask, { name, role: { kind: roleKind(ask), name } }, subject)];
}

/** The one permission that was asked for, in the namespace it was asked for. */
export function createRole(ask: Ask, name: string): string {
  const { verb, path, name: resourceName } = ask.request;
  const where = path === null ? [`--resource=${wordRoleResource(ask.request)}`] : [`--non-resource-url=${path}`];
  const names = resourceName === '' ? [] : [`--resource-name=${resourceName}`];
  const [kind, ...place] = isInNamespace(ask) ? ['role', '-n', ask.request.namespace] : ['clusterrole'];
  return shellLine('kubectl', ...place, 'create', kind ?? '', name, `--verb=${verb}`, ...where, ...names);
}

export function createBinding(
  ask: Ask,
  binding: { readonly name: string; readonly role: { readonly kind: 'Role' | 'ClusterRole'; readonly name: string } },
  subject: Subject,
): string {
  const { name, role } = binding;
  const [kind, ...place] = isInNamespace(ask) ? ['rolebinding', '-n', ask.request.namespace] : ['clusterrolebinding'];
  const to = role.kind === 'Role' ? `--role=${role.name}` : `--clusterrole=${role.name}`;
  return shellLine('kubectl', ...place, 'create', kind ?? '', name, to, `--${wordSubjectFlag(subject)}`);
}

/** Of a new group or binding, in the words of the request; no group of ours begins with `system:`. */
export function nameGrant({ verb, apiGroup, resource, subresource, path }: AccessRequest): string {
  const parts =
    path === null
      ? [verb, resource, subresource, apiGroup === '*' ? '' : (apiGroup.split('.')[0] ?? '')]
      : [verb, path];
  const words = parts.map((part) => (part === '*' ? 'all' : part.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-|-$/g, '')));
  return words
    .filter((word) => word !== '')
    .join('-')
    .toLowerCase()
    .slice(0, 63);
}

export function findFreeName(name: string, taken: ReadonlySet<string>): string {
  for (let free = name, number = 2; ; number += 1) {
    if (!taken.has(free)) return free;
    free = `${name}-${number}`;
  }
}

function isInNamespace({ request }: Ask): boolean {
  return request.namespace !== '';
}

function roleKind(ask: Ask): 'Role' | 'ClusterRole' {
  return isInNamespace(ask) ? 'Role' : 'ClusterRole';
}

function wordRoleResource(request: AccessRequest): string {
  return request.apiGroup === '*' ? `${request.resource}.*` : wordResource(request);
}

function wordSubjectFlag({ kind, name, namespace }: Subject): string {
  if (kind === 'ServiceAccount') return `serviceaccount=${namespace ?? ''}:${name}`;
  return kind === 'Group' ? `group=${name}` : `user=${name}`;
}
