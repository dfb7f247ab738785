/** JSON rows of mapRoles or mapUsers into what Go's encoding/json puts into the authenticator's structs, and what it passes over. */
import { append } from '../rules/lists-by-key.ts';
import type { JsonEntry, JsonMap, JsonValue } from './go-json.ts';
import type { Span } from './go-yaml.ts';

export type ArnField = 'rolearn' | 'userarn';

/** A text field: empty, without a span, where nothing was set. */
export interface TextField {
  readonly text: string;
  readonly span: Span | null;
}

export type Mistake =
  /** A value of the wrong type leaves the field as it was. */
  | { readonly kind: 'wrong-type'; readonly field: string; readonly got: JsonValue }
  /** A group that is no text. */
  | { readonly kind: 'wrong-item'; readonly got: JsonValue }
  | { readonly kind: 'unknown-key'; readonly entry: JsonEntry }
  /** An earlier entry of a field that is set again. */
  | { readonly kind: 'repeated'; readonly field: string; readonly entry: JsonEntry };

export interface SsoDraft {
  readonly permissionSetName: TextField;
  readonly accountId: TextField;
  readonly partition: TextField;
}

export interface RowDraft {
  readonly span: Span;
  readonly kind: JsonValue['kind'];
  readonly arn: TextField;
  readonly username: TextField;
  readonly groups: readonly TextField[];
  readonly sso: (SsoDraft & { readonly span: Span }) | null;
  /** Names of the fields that the row sets, whatever with. */
  readonly given: ReadonlySet<string>;
  readonly mistakes: readonly Mistake[];
}

export function decodeRow(item: JsonValue, arnField: ArnField): RowDraft {
  const mistakes: Mistake[] = [];
  const known = ['username', 'groups', 'userid', arnField, ...(arnField === 'rolearn' ? ['sso'] : [])];
  const fields = sortFields(item, known, mistakes);
  const row = {
    span: { start: item.start, end: item.end },
    kind: item.kind,
    arn: decodeText(fields, arnField, mistakes),
    username: decodeText(fields, 'username', mistakes),
    groups: decodeGroups(fields.get('groups') ?? [], mistakes),
    sso: decodeSso(fields.get('sso') ?? [], mistakes),
    given: new Set(fields.keys()),
  };
  decodeText(fields, 'userid', mistakes);
  return { ...row, mistakes };
}

type Fields = ReadonlyMap<string, readonly JsonEntry[]>;

/** Keys match in any case, and are set in the order of their bytes: of several that match, the last sets the field. */
function sortFields(value: JsonValue, known: readonly string[], mistakes: Mistake[]): Fields {
  const fields = new Map<string, JsonEntry[]>();
  if (value.kind !== 'map') return fields;
  const entries = [...value.entries].sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const entry of entries) {
    const field = foldCase(entry.key);
    if (!known.includes(field)) mistakes.push({ kind: 'unknown-key', entry });
    else append(fields, field, entry);
  }
  mistakes.push(...listRepeated(value, fields));
  return fields;
}

function* listRepeated({ replaced }: JsonMap, fields: Fields): Iterable<Mistake> {
  for (const entry of replaced) {
    const field = foldCase(entry.key);
    if (fields.has(field)) yield { kind: 'repeated', field, entry };
  }
  for (const [field, entries] of fields)
    for (const entry of entries.slice(0, -1)) yield { kind: 'repeated', field, entry };
}

/** Unicode knows two letters that fold to ASCII ones: the long s and the Kelvin sign. */
export function foldCase(text: string): string {
  return text.replaceAll('\u017f', 's').replaceAll('\u212a', 'k').toLowerCase();
}

function decodeText(fields: Fields, field: string, mistakes: Mistake[]): TextField {
  let decoded: TextField = { text: '', span: null };
  for (const { value } of fields.get(field) ?? []) {
    if (value.kind === 'string') decoded = { text: value.text, span: value };
    else if (value.kind !== 'null') mistakes.push({ kind: 'wrong-type', field, got: value });
  }
  return decoded;
}

/** A list is decoded over the one before it: an item that cannot be set keeps what stood in its place. */
function decodeGroups(entries: readonly JsonEntry[], mistakes: Mistake[]): readonly TextField[] {
  let groups: readonly TextField[] = [];
  for (const { value } of entries) {
    if (value.kind === 'null') groups = [];
    else if (value.kind !== 'list') mistakes.push({ kind: 'wrong-type', field: 'groups', got: value });
    else {
      const before = groups;
      groups = value.items.map((item, index) => decodeGroup(item, before[index], mistakes));
    }
  }
  return groups;
}

function decodeGroup(item: JsonValue, before: TextField | undefined, mistakes: Mistake[]): TextField {
  if (item.kind === 'string') return { text: item.text, span: item };
  if (item.kind !== 'null') mistakes.push({ kind: 'wrong-item', got: item });
  return before ?? { text: '', span: item.kind === 'null' ? item : null };
}

/** Anything but null makes the authenticator take the row for an sso row, even what holds no field of it. */
function decodeSso(entries: readonly JsonEntry[], mistakes: Mistake[]): RowDraft['sso'] {
  let sso: RowDraft['sso'] = null;
  for (const { value } of entries) sso = value.kind === 'null' ? null : decodeSsoFields(value, sso, mistakes);
  return sso;
}

function decodeSsoFields(value: JsonValue, before: SsoDraft | null, mistakes: Mistake[]): RowDraft['sso'] {
  if (value.kind !== 'map') mistakes.push({ kind: 'wrong-type', field: 'sso', got: value });
  const fields = sortFields(value, ['permissionsetname', 'accountid', 'partition'], mistakes);
  const decode = (field: string, earlier: TextField | undefined): TextField => {
    const decoded = decodeText(fields, field, mistakes);
    return decoded.span === null ? (earlier ?? decoded) : decoded;
  };
  return {
    permissionSetName: decode('permissionsetname', before?.permissionSetName),
    accountId: decode('accountid', before?.accountId),
    partition: decode('partition', before?.partition),
    span: value,
  };
}
