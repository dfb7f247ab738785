/** The recorded answers of the authenticator, and what each of them shows to be lost: judged without any code of ours. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface RecordedRow {
  readonly arn: string;
  readonly username: string;
  readonly groups: readonly string[];
  readonly stored: boolean;
}

interface Answer {
  readonly name: string;
  readonly roles: readonly RecordedRow[];
  readonly users: readonly RecordedRow[];
  /** An empty one stands for an item that could not be used. */
  readonly accounts: readonly string[];
  readonly lost: readonly string[];
}

export interface DialectCase {
  readonly name: string;
  readonly data: Readonly<Record<string, string>>;
  readonly answer: Answer;
}

function readLines<T>(name: string): readonly T[] {
  const text = readFileSync(new URL(`../fixtures/aws-auth-dialect/${name}`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

export function readDialect(): readonly DialectCase[] {
  const cases = readLines<Omit<DialectCase, 'answer'>>('cases.jsonl');
  const answers = readLines<Answer>('answers.jsonl');
  if (answers.length !== cases.length) throw new Error(`expected ${cases.length} answers, got ${answers.length}`);
  return cases.map((one, index) => ({ ...one, answer: answers[index]! }));
}

/** A section is a literal block where that can hold its text, else a quoted line, as kubectl prints it. */
export function writeYaml(data: DialectCase['data']): string {
  const blocks = Object.entries(data).map(([key, text]) => {
    const block = `  ${key}: |\n${text.replace(/^(?=.)/gm, '    ').replace(/\n?$/, '\n')}`;
    return holds(block, key, text) ? block : `  ${key}: ${quote(text)}\n`;
  });
  return [
    'apiVersion: v1\ndata:\n',
    ...blocks,
    'kind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\n',
  ].join('');
}

function quote(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function holds(block: string, key: string, text: string): boolean {
  const isAscii = /^[\n\x20-\x7e]*$/.test(text);
  try {
    const data: unknown = parse(`data:\n${block}`, { logLevel: 'error' });
    return isAscii && JSON.stringify(data) === JSON.stringify({ data: { [key]: text.replace(/\n?$/, '\n') } });
  } catch {
    return false;
  }
}

/** What STS prints of a caller, once the session is taken off. */
const CALLER =
  /^arn:aws(?:-cn|-us-gov|-iso|-iso-b|-iso-e|-iso-f|-eusc)?:(?:iam::\d{12}:(?:role\/[\w+=,.@-]{1,64}|user\/(?:[!-~]+\/)?[\w+=,.@-]{1,64}|root)|sts::\d{12}:federated-user\/\S+)$/i;

/** Why somebody who is written down does not get in as written; empty when all do. */
export function listLosses({ data, answer }: DialectCase): readonly string[] {
  const { roles, users, accounts, lost } = answer;
  const kept = [...roles, ...users];
  const arns = Object.values(data).flatMap((text) => text.match(/arn:[\w:/.@+=-]+/g) ?? []);
  return [
    ...lost.map((section) => `all of ${section}`),
    ...Object.keys(data).filter((key) => /^map/i.test(key) && !/^map(?:Roles|Users|Accounts)$/.test(key)),
    ...arns.filter((arn) => !kept.some((row) => row.arn === arn)).map((arn) => `no row of ${arn}`),
    ...kept.filter(({ arn }) => !CALLER.test(arn)).map(({ arn }) => `no caller is "${arn}"`),
    ...kept.filter((row) => !row.stored && !hasTwin(row, kept)).map(({ arn }) => `another row of ${arn} counts`),
    ...kept.flatMap(({ groups }) => groups.filter((group) => / - |,|\s$/.test(group))),
    ...accounts.filter((account) => !/^\d{12}$/.test(account)).map((account) => `no account is "${account}"`),
    ...listItemLosses(data.mapAccounts ?? '', accounts, lost.includes('mapAccounts')),
    ...listRowLosses(data.mapRoles ?? '', roles, lost.includes('mapRoles')),
    ...listRowLosses(data.mapUsers ?? '', users, lost.includes('mapUsers')),
  ];
}

function hasTwin(row: RecordedRow, kept: readonly RecordedRow[]): boolean {
  const text = ({ arn, username, groups }: RecordedRow) => JSON.stringify([arn.toLowerCase(), username, groups]);
  return kept.some((other) => other.stored && text(other) === text(row));
}

function listItemLosses(text: string, kept: readonly string[], isLost: boolean): readonly string[] {
  const written = isLost ? 0 : readList(text).length;
  return written > kept.length ? [`${written} accounts written, ${kept.length} kept`] : [];
}

function listRowLosses(text: string, kept: readonly RecordedRow[], isLost: boolean): readonly string[] {
  const written = isLost ? [] : readRows(text);
  if (written.length === 0) return [];
  if (written.length !== kept.length) return [`${written.length} rows written, ${kept.length} kept`];
  return written.flatMap(({ username, groups }, index) => {
    const row = kept[index]!;
    return [
      ...(username != null && username !== '' && row.username === '' ? ['a username'] : []),
      ...(groups != null && JSON.stringify(groups) !== JSON.stringify(row.groups) ? ['groups'] : []),
    ];
  });
}

/** As YAML 1.1 has it, by a parser that is not ours; nothing where that one finds no list. */
function readList(text: string): readonly unknown[] {
  try {
    const list: unknown = parse(text, { version: '1.1', uniqueKeys: false, merge: true, logLevel: 'error' });
    return Array.isArray(list) ? list.filter((item) => item !== null) : [];
  } catch {
    return [];
  }
}

function readRows(text: string): readonly { readonly username?: unknown; readonly groups?: unknown }[] {
  return readList(text).map((row) => (typeof row === 'object' && row !== null ? lowerKeys(row) : {}));
}

function lowerKeys(row: object): object {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key.toLowerCase(), value]));
}
