/** The JSON of an earlier report into as much of it as a comparison needs. */
import { type HolderKind, LEVELS, type Person } from '../model/access.ts';
import type { EarlierPerson, EarlierReport } from '../model/review.ts';
import { isoTime } from '../rules/time.ts';
import { fieldIn, itemsIn, textIn } from './json-fields.ts';
import { parseJson } from './parse-json.ts';

export const REPORT_SCHEMA = 'keyholder.report/v1';

const HOLDER_KINDS: readonly HolderKind[] = [
  'iam',
  'service-account',
  'oidc-user',
  'oidc-group',
  'kubernetes-user',
  'kubernetes-group',
];
const PERSON_KINDS: readonly Person['kind'][] = ['iam-user', 'iam-role', 'sso', 'saml', 'oidc', 'service', 'account'];
/** Where access comes from: without one of them, what is missing may stand all the same. */
const DOORS = new Set(['eks-api', 'aws-auth', 'rbac']);

/** The report, or what is wrong with it: a comparison with half a report would call the other half new. */
export function parseEarlierReport(text: string): EarlierReport | { readonly problem: string } {
  const value = parseJson(text);
  if (value === undefined) return { problem: 'text that is no JSON' };
  if (fieldIn(value, 'schema') !== REPORT_SCHEMA) return { problem: `no report of schema ${REPORT_SCHEMA}` };
  const generatedAt = isoTime(fieldIn(value, 'generatedAt'));
  const clusters = parseAll(itemsIn(value, 'clusters'), parseCluster);
  if (generatedAt === null || clusters === null) return { problem: 'a report whose clusters or time are not whole' };
  return { generatedAt, clusters };
}

function parseAll<T>(items: readonly unknown[] | null, parse: (item: unknown) => T | null): readonly T[] | null {
  if (items === null) return null;
  const parsed = items.flatMap((item) => parse(item) ?? []);
  return parsed.length === items.length ? parsed : null;
}

function parseCluster(item: unknown): EarlierReport['clusters'][number] | null {
  const [arn, name, account, region] = ['arn', 'name', 'account', 'region'].map((key) => textIn(item, key));
  const holders = parseAll(itemsIn(item, 'access'), parseHolder);
  if (arn == null || name == null || account == null || region == null || holders === null) return null;
  const unread = (itemsIn(item, 'coverage') ?? []).flatMap((row) => {
    const source = textIn(row, 'source');
    const entries = fieldIn(fieldIn(row, 'parts'), 'access-entries') ?? 'complete';
    const isWhole = fieldIn(row, 'status') === 'complete' && entries === 'complete';
    return source !== null && DOORS.has(source) && !isWhole ? [source] : [];
  });
  return { arn, name, account, region, unread, createdAt: isoTime(fieldIn(item, 'createdAt')), holders };
}

type Row = EarlierReport['clusters'][number]['holders'][number];

function parseHolder(item: unknown): Row | null {
  const holder = fieldIn(item, 'holder');
  const kind = HOLDER_KINDS.find((known) => known === fieldIn(holder, 'kind'));
  const name = fieldIn(holder, 'name');
  const level = LEVELS.find((known) => known === fieldIn(item, 'level'));
  const people = parseAll(itemsIn(fieldIn(item, 'people'), 'list'), parsePerson);
  if (kind === undefined || typeof name !== 'string' || level === undefined || people === null) return null;
  const arePeopleKnown = textIn(fieldIn(item, 'people'), 'status') !== 'not-readable';
  return { holder: { kind, name }, principalArn: textIn(item, 'principalArn'), level, people, arePeopleKnown };
}

function parsePerson(item: unknown): EarlierPerson | null {
  const name = fieldIn(item, 'name');
  const kind = PERSON_KINDS.find((known) => known === fieldIn(item, 'kind'));
  return typeof name !== 'string' || kind === undefined ? null : { name, kind };
}
