/** What `kubectl get configmap -o yaml|json` printed, or a manifest to be applied, into the data of one ConfigMap. */
import { type JsonMap, type JsonValue, toJson } from './go-json.ts';
import { parseGoYaml, type Span } from './go-yaml.ts';
import { parseJsonSpans } from './json-spans.ts';

export interface ConfigMapEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonValue;
}

export interface ConfigMap {
  /** null where the text does not say. */
  readonly name: string | null;
  readonly namespace: string | null;
  readonly nameSpan: Span;
  readonly resourceVersion: string | null;
  readonly createdAt: string | null;
  readonly entries: readonly ConfigMapEntry[];
  /** Entries that a later one with the same key replaced. */
  readonly replaced: readonly ConfigMapEntry[];
}

export interface Unreadable {
  readonly unreadable: string;
  readonly at: number;
}

/** The text is a few times what etcd can hold: no ConfigMap is larger. */
const MAX_LENGTH = 16_000_000;

/** Of several objects the one of that name; else the first that is a ConfigMap. */
export function readConfigMap(text: string, name: string): ConfigMap | Unreadable {
  const trouble = findTrouble(text);
  if (trouble !== null) return { unreadable: trouble, at: 0 };
  const found: ConfigMap[] = [];
  const others: Unreadable[] = [];
  for (const value of listDocuments(text)) {
    if ('refused' in value) others.unshift({ unreadable: `not YAML: ${value.refused}`, at: value.start });
    else
      for (const object of listObjects(value)) {
        if (isConfigMap(object)) found.push(readObject(object));
        else others.push({ unreadable: `expected a ConfigMap, got ${nameKind(object)}`, at: object.start });
      }
  }
  const chosen = found.find((map) => map.name === name) ?? found[0];
  return chosen ?? others[0] ?? { unreadable: 'expected a ConfigMap, got none', at: 0 };
}

/** True for what kubectl prints when the cluster has no such ConfigMap: an answer, and no failure to get one. */
export function isNotFound(text: string): boolean {
  return /^\s*Error from server \(NotFound\)/i.test(text.slice(0, 1000).replace('\ufeff', ''));
}

function findTrouble(text: string): string | null {
  if (text.length > MAX_LENGTH) return `expected a ConfigMap, got ${text.length} characters`;
  const trimmed = text.slice(0, 1000).replace('\ufeff', '').trim();
  if (trimmed === '' && text.trim() === '') return 'expected a ConfigMap, got an empty file';
  if (isNotFound(trimmed)) return 'kubectl found no such ConfigMap';
  if (/^(?:Error from server|error:|Unable to connect|The connection to the server)/i.test(trimmed))
    return 'expected a ConfigMap, got an error message of kubectl';
  return null;
}

/** The documents of a manifest, parted as kubectl parts them: by lines that start with three dashes. */
function* listDocuments(text: string): Iterable<JsonValue | (Span & { readonly refused: string })> {
  const json = /^[\s\ufeff]*\{/.test(text) ? parseJsonSpans(text.replace(/^\ufeff/, ' ')) : null;
  if (json !== null) {
    yield json;
    return;
  }
  for (const { start, end } of listParts(text)) {
    const document = parseGoYaml(text.slice(start, end), start);
    yield 'refused' in document ? document : toJson(document.root);
  }
}

function* listParts(text: string): Iterable<Span> {
  let start = 0;
  for (const { index } of text.matchAll(/^---(?=[ \t\r]*(?:#.*)?$)/gm)) {
    if (text.slice(start, index).trim() !== '') yield { start, end: index };
    start = index + '---'.length;
  }
  yield { start, end: text.length };
}

function listObjects(value: JsonValue): readonly JsonValue[] {
  const items = fieldOf(value, 'items');
  return items?.kind === 'list' ? items.items : [value];
}

/** An object without a kind passes for one when it has `data`. */
function isConfigMap(value: JsonValue): value is JsonMap {
  const kind = stringOf(value, 'kind');
  return value.kind === 'map' && (kind === null ? fieldOf(value, 'data') !== null : kind === 'ConfigMap');
}

function nameKind(value: JsonValue): string {
  if (value.kind === 'list') return 'a list: the rows belong into data.mapRoles of one';
  if (value.kind !== 'map') return 'text without fields';
  const kind = stringOf(value, 'kind');
  if (kind !== null) return `a ${kind.slice(0, 60)}`;
  const isBare = value.entries.some(({ key }) => /^map(?:Roles|Users|Accounts)$/i.test(key));
  return isBare
    ? 'its content alone: mapRoles, mapUsers and mapAccounts belong under data'
    : 'an object without kind and data';
}

function readObject(value: JsonMap): ConfigMap {
  const metadata = fieldOf(value, 'metadata');
  const data = fieldOf(value, 'data');
  const repeated = value.replaced.flatMap((entry) => (entry.key === 'data' ? entriesOf(entry.value) : []));
  return {
    name: stringOf(metadata, 'name'),
    namespace: stringOf(metadata, 'namespace'),
    nameSpan: fieldOf(metadata, 'name') ?? { start: value.start, end: value.start },
    resourceVersion: stringOf(metadata, 'resourceVersion'),
    createdAt: stringOf(metadata, 'creationTimestamp'),
    entries: entriesOf(data),
    replaced: [...(data?.kind === 'map' ? data.replaced : []), ...repeated],
  };
}

function entriesOf(value: JsonValue | null): readonly ConfigMapEntry[] {
  return value?.kind === 'map' ? value.entries : [];
}

function fieldOf(value: JsonValue | null, key: string): JsonValue | null {
  if (value?.kind !== 'map') return null;
  return value.entries.find((entry) => entry.key === key)?.value ?? null;
}

function stringOf(value: JsonValue | null, key: string): string | null {
  const field = fieldOf(value, key);
  return field?.kind === 'string' ? field.text : null;
}
