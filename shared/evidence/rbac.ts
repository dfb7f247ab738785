/** The output of `kubectl get clusterroles,clusterrolebindings,roles,rolebindings -A -o json` into roles and bindings. */
import type { Parsed } from '../model/coverage.ts';
import type { Binding, BindingKind, Rbac, Role, RoleKind } from '../model/rbac.ts';
import { type JsonDocument, parseJsonDocument } from './json-document.ts';
import { isRecord, itemsIn, textIn } from './json-fields.ts';
import { parseBinding, parseRole, type RbacObject } from './rbac-object.ts';
import { type SkipTally, tallySkips } from './skip-tally.ts';

/** `rbac` holds what `records` hold, by kind. */
export interface ParsedRbac extends Parsed<Role | Binding> {
  readonly rbac: Rbac;
}

const ROLE_KINDS: ReadonlyMap<string, RoleKind> = new Map([
  ['ClusterRole', 'ClusterRole'],
  ['Role', 'Role'],
]);
const BINDING_KINDS: ReadonlyMap<string, BindingKind> = new Map([
  ['ClusterRoleBinding', 'ClusterRoleBinding'],
  ['RoleBinding', 'RoleBinding'],
]);
const LIST_KIND = /^(?:ClusterRole|ClusterRoleBinding|Role|RoleBinding)?List$/;
const RBAC_VERSION = /^rbac\.authorization\.k8s\.io\//;

/** Also a single object, a list of one kind (whose items name no kind), and lists of lists. */
export function parseRbac(text: string, file: string): ParsedRbac {
  const tally = tallySkips(file);
  const roles = new Map<string, Role>();
  const bindings = new Map<string, Binding>();
  for (const found of listObjects(text, file, tally)) {
    const roleKind = ROLE_KINDS.get(found.kind);
    const bindingKind = BINDING_KINDS.get(found.kind);
    if (roleKind !== undefined) keepFirst(roles, parseRole(found, roleKind, tally), tally);
    else if (bindingKind !== undefined) keepFirst(bindings, parseBinding(found, bindingKind, tally), tally);
  }
  const rbac = { roles: [...roles.values()], bindings: [...bindings.values()] };
  return { records: [...rbac.roles, ...rbac.bindings], skips: tally.list(), rbac };
}

/** One cluster cannot hold two objects of one kind, namespace and name. */
function keepFirst<T extends Role | Binding>(kept: Map<string, T>, object: T | null, tally: SkipTally): void {
  if (object === null) return;
  const id = object.evidence.id ?? '';
  if (kept.has(id))
    tally.add('an object of this kind, namespace and name came before', id, { line: object.evidence.line });
  else kept.set(id, object);
}

type Path = readonly (string | number)[];

function* listObjects(text: string, file: string, tally: SkipTally): Iterable<RbacObject> {
  const json = parseJsonDocument(text);
  if ('problem' in json) tally.add(json.problem, text, { line: json.line });
  else yield* walk({ value: json.value, kind: null, path: [] }, { ...json, file, tally });
}

interface Source extends JsonDocument {
  readonly file: string;
  readonly tally: SkipTally;
}

/** Recursion is safe: a document that nests deeper than any real one was refused. */
function* walk(at: { value: unknown; kind: string | null; path: Path }, source: Source): Iterable<RbacObject> {
  const { value, path } = at;
  const kind = textIn(value, 'kind') ?? at.kind;
  const isList = LIST_KIND.test(kind ?? '');
  const items = Array.isArray(value) ? value : isList ? itemsIn(value, 'items') : null;
  if (items === null) {
    const fault = findFault(value, isList ? null : kind);
    if (fault !== null) source.tally.add(fault, kind ?? typeof value, { line: source.lineOf(path) });
    else yield { value, kind: kind ?? '', file: source.file, lineOf: () => source.lineOf(path) };
    return;
  }
  const below = isList ? [...path, 'items'] : path;
  const itemKind = kind === null || kind === 'List' ? null : kind.slice(0, -'List'.length);
  for (const [index, item] of items.entries())
    yield* walk({ value: item, kind: itemKind, path: [...below, index] }, source);
}

function findFault(value: unknown, kind: string | null): string | null {
  if (!isRecord(value)) return 'expected an object, got another type';
  if (kind === null) return 'expected an object of some kind or a list of items, got neither';
  const version = textIn(value, 'apiVersion');
  const isRbac = ROLE_KINDS.has(kind) || BINDING_KINDS.has(kind);
  return isRbac && (version === null || RBAC_VERSION.test(version))
    ? null
    : 'expected a role or a binding, got another kind';
}
