/** The text of one section of aws-auth into rows or accounts, by the parser that the authenticator uses for it. */
import type { AwsAuthSection } from '../model/aws-auth.ts';
import { type ArnField, decodeRow, type RowDraft } from './aws-auth-decode.ts';
import {
  type Wording,
  wordBadAccount,
  wordNotAList,
  wordRestIgnored,
  wordSectionLost,
  wordStrangeAccount,
} from './aws-auth-wording.ts';
import { toJson } from './go-json.ts';
import { type GoNode, parseGoYaml, type Refusal, type Span } from './go-yaml.ts';
import { resolveScalar } from './go-yaml-scalar.ts';

export interface Complaint {
  readonly wording: Wording;
  /** Offset into the text of the section. */
  readonly at: number;
}

export interface RowsRead {
  readonly drafts: readonly RowDraft[];
  readonly complaints: readonly Complaint[];
  readonly isLost: boolean;
}

export interface AccountsRead {
  readonly accounts: readonly (Span & { readonly text: string })[];
  readonly complaints: readonly Complaint[];
  readonly isLost: boolean;
}

/** What Go's TrimSpace takes off. */
const BLANKS = '[\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]*';
const SKIPPED = new RegExp(`^${BLANKS}(?:\`\`|""|'')?${BLANKS}$`);
const OPENS_OBJECT = new RegExp(`^${BLANKS}\\{`);

/** Blank, or a pair of quotes or backticks: the authenticator passes over it without an error. */
export function isSkipped(text: string): boolean {
  return SKIPPED.test(text);
}

export function readRows(section: 'mapRoles' | 'mapUsers', text: string): RowsRead {
  if (isSkipped(text)) return { drafts: [], complaints: [], isLost: false };
  const document = parseGoYaml(text);
  const json = 'refused' in document ? document : toJson(document.root);
  // Text that begins with a brace is not converted but read as JSON; an object is no list either way.
  if (OPENS_OBJECT.test(text)) return loseRows({ wording: wordNotAList(section, 'map'), at: text.indexOf('{') });
  if ('refused' in json) return loseRows(complainOfYaml(section, text, json));
  const complaints = complainOfRest(section, 'refused' in document ? null : document.ignoredFrom);
  if (json.kind === 'null') return { drafts: [], complaints, isLost: false };
  if (json.kind !== 'list') return loseRows({ wording: wordNotAList(section, json.kind), at: json.start });
  const field: ArnField = section === 'mapRoles' ? 'rolearn' : 'userarn';
  return { drafts: json.items.map((item) => decodeRow(item, field)), complaints, isLost: false };
}

function loseRows(complaint: Complaint): RowsRead {
  return { drafts: [], complaints: [complaint], isLost: true };
}

function complainOfYaml(section: AwsAuthSection, text: string, { refused, start }: Refusal): Complaint {
  const lineEnd = text.indexOf('\n', start);
  const before = lineEnd === -1 ? text : text.slice(0, lineEnd);
  return { wording: wordSectionLost(section, refused, before), at: start };
}

function complainOfRest(section: AwsAuthSection, ignoredFrom: number | null): readonly Complaint[] {
  return ignoredFrom === null ? [] : [{ wording: wordRestIgnored(section), at: ignoredFrom }];
}

/** mapAccounts goes straight into Go strings: numbers stay as written, and what stands before a fatal item is kept. */
export function readAccounts(text: string): AccountsRead {
  if (isSkipped(text)) return { accounts: [], complaints: [], isLost: false };
  const section = 'mapAccounts';
  const lose = (complaint: Complaint): AccountsRead => ({ accounts: [], complaints: [complaint], isLost: true });
  const document = parseGoYaml(text);
  if ('refused' in document) return lose(complainOfYaml(section, text, document));
  const rest = complainOfRest(section, document.ignoredFrom);
  const root = followAlias(document.root);
  if (root.kind === 'list') return readAccountItems(root.items, rest, text);
  if (root.kind !== 'scalar') return lose({ wording: wordNotAList(section, 'map'), at: root.start });
  const value = resolveScalar(root);
  if ('refused' in value) return lose(complainOfYaml(section, text, { ...value, start: root.start, end: root.end }));
  if (value.kind === 'null') return { accounts: [], complaints: rest, isLost: false };
  return lose({ wording: wordNotAList(section, value.kind), at: root.start });
}

function readAccountItems(items: readonly GoNode[], rest: readonly Complaint[], text: string): AccountsRead {
  const accounts: (Span & { text: string })[] = [];
  const complaints = [...rest];
  for (const item of items) {
    const { start, end } = item;
    const node = followAlias(item);
    if (node.kind !== 'scalar') {
      complaints.push({ wording: wordBadAccount(node.kind === 'list' ? 'list' : 'map'), at: start });
      continue;
    }
    const value = resolveScalar(node);
    if ('refused' in value) {
      complaints.push(complainOfYaml('mapAccounts', text, { ...value, start, end }));
      return { accounts, complaints, isLost: accounts.length === 0 };
    }
    if (value.kind === 'null' || value.text === '') complaints.push({ wording: wordBadAccount('null'), at: start });
    else accounts.push({ text: value.text, start, end });
    if (value.text !== '' && value.kind !== 'null' && !/^[0-9]{12}$/.test(value.text))
      complaints.push({ wording: wordStrangeAccount(value.text), at: start });
  }
  return { accounts, complaints, isLost: false };
}

/** An alias inside its own anchor stands for no scalar: as an alias it stays. */
function followAlias(node: GoNode): Exclude<GoNode, { kind: 'alias' }> {
  if (node.kind !== 'alias') return node;
  const target = node.target.node;
  if (target === null || target.kind === 'alias') return { kind: 'list', items: [], start: node.start, end: node.end };
  return target;
}
