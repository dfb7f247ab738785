/** Every parser that reads what others wrote, as a fuzz target: add yours to the list. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAccessEntries } from '../shared/evidence/access-entries.ts';
import { parseAuditFragment } from '../shared/evidence/audit-fragment.ts';
import { parseAuditEvent } from '../shared/evidence/audit-log.ts';
import { parseAuthenticatorLine } from '../shared/evidence/authenticator-log.ts';
import { parseAwsAuth } from '../shared/evidence/aws-auth.ts';
import { mendAwsAuth } from '../shared/evidence/aws-auth-fix.ts';
import { parseCloudTrailRecord } from '../shared/evidence/cloudtrail-record.ts';
import { parseConfig } from '../shared/evidence/config.ts';
import { parseDescribeCluster } from '../shared/evidence/describe-cluster.ts';
import { parseIam } from '../shared/evidence/iam.ts';
import { parseIdentityCenter } from '../shared/evidence/identity-center.ts';
import { parseJsonDocument } from '../shared/evidence/json-document.ts';
import { isRecord } from '../shared/evidence/json-fields.ts';
import { createLineSplitter } from '../shared/evidence/lines.ts';
import { createLogReader, type LogOptions } from '../shared/evidence/log-records.ts';
import { parseManifest } from '../shared/evidence/manifest.ts';
import { createNotableReader } from '../shared/evidence/notable-records.ts';
import type { Origin } from '../shared/evidence/origin.ts';
import type { JsonObject } from '../shared/evidence/parse-json.ts';
import { parseRbac } from '../shared/evidence/rbac.ts';
import { parseState } from '../shared/evidence/state.ts';
import { damageValue, type Random } from './fuzz-inputs.ts';

export interface FuzzTarget {
  readonly name: string;
  /** Valid inputs, which are damaged before each run. */
  readonly seeds: readonly Buffer[];
  /** Must not throw, and must come back at once. */
  readonly run: (input: Buffer, random: Random) => void;
}

const RECORDS = readFolder('records');
const LINES = RECORDS.flatMap((file) => file.toString('utf8').split('\n')).map((line) => Buffer.from(line));
const CONFIG_MAPS = readDialect();
const PLACE = { account: '111122223333', region: 'eu-central-1', name: 'payments' };
const ORIGIN: Origin = { file: null, line: 1, id: null, at: null, stream: null };

export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  { name: 'log-records', seeds: [...RECORDS, ...LINES], run: (input) => readLog(input) },
  { name: 'log-records, small limits', seeds: RECORDS, run: (input) => readLog(input, 200, 500) },
  { name: 'notable-records', seeds: [...RECORDS, ...LINES], run: readNotable },
  textTarget('authenticator-log', LINES, (text) => parseAuthenticatorLine(text, ORIGIN)),
  textTarget('audit-fragment', LINES, (text) => parseAuditFragment(text, ORIGIN)),
  textTarget('json-document', RECORDS, (text) => askLine(text)),
  textTarget('aws-auth', CONFIG_MAPS, (text) => parseAwsAuth(text, 'aws-auth.yaml')),
  textTarget('aws-auth-fix', CONFIG_MAPS, (text) => mendAwsAuth(text, 'aws-auth.yaml')),
  estateTarget('rbac', 'payments/rbac.json', parseRbac),
  estateTarget('describe-cluster', 'payments/describe-cluster.json', (text, file) =>
    parseDescribeCluster({ text, file, place: PLACE }),
  ),
  estateTarget('access-entries', 'payments/access-entries.json', (text, file) =>
    parseAccessEntries({ text, file, place: PLACE }),
  ),
  estateTarget('iam', '../iam.json', parseIam),
  estateTarget('identity-center', '../identity-center.json', parseIdentityCenter),
  estateTarget('config', '../../keyholder.yml', parseConfig),
  estateTarget('manifest', '../../manifest.json', parseManifest),
  estateTarget('state', '../../state.json', parseState),
  objectTarget('audit-log', 'audit.ndjson', (value) => parseAuditEvent(value, ORIGIN)),
  objectTarget('cloudtrail-record', 'cloudtrail.json', (value) => parseCloudTrailRecord(value, ORIGIN)),
];

/** The files of a folder of fixtures. */
function readFolder(folder: string): readonly Buffer[] {
  const path = join(import.meta.dirname, '..', 'test', 'fixtures', folder);
  return readdirSync(path)
    .sort()
    .map((name) => readFileSync(join(path, name)));
}

/** The content of each case as a ConfigMap: in JSON, and with a literal block for each of its sections. */
function readDialect(): readonly Buffer[] {
  const path = join(import.meta.dirname, '..', 'test', 'fixtures', 'aws-auth-dialect', 'cases.jsonl');
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .flatMap((line) => {
      const { data }: { data: Readonly<Record<string, string>> } = JSON.parse(line);
      const blocks = Object.entries(data).map(([key, text]) => `  ${key}: |\n${text.replace(/^/gm, '    ')}\n`);
      const texts = [JSON.stringify({ kind: 'ConfigMap', data }), `kind: ConfigMap\ndata:\n${blocks.join('')}`];
      return texts.map((text) => Buffer.from(text));
    });
}

/** A file of the sample estate, named from the folder of its clusters. */
function estateTarget(name: string, file: string, parse: (text: string, file: string) => unknown): FuzzTarget {
  const path = join(import.meta.dirname, '..', 'events', 'estate', '111122223333', 'eu-central-1', file);
  return textTarget(name, [readFileSync(path)], (text) => parse(text, file));
}

function textTarget(name: string, seeds: readonly Buffer[], parse: (text: string) => unknown): FuzzTarget {
  return { name, seeds, run: (input) => void parse(input.toString('utf8')) };
}

/** For parsers of parsed JSON: the members of the first record of a file are damaged, not its text. */
function objectTarget(name: string, file: string, parse: (value: JsonObject) => unknown): FuzzTarget {
  const text = readFileSync(join(import.meta.dirname, '..', 'test', 'fixtures', 'records', file), 'utf8');
  const whole: unknown = JSON.parse(file.endsWith('.ndjson') ? (text.split('\n')[0] ?? '') : text);
  const seed = isRecord(whole) && Array.isArray(whole.Records) ? whole.Records[0] : whole;
  const run = (_input: Buffer, random: Random): void => {
    const value = damageValue(seed, random);
    if (isRecord(value)) parse(value);
  };
  return { name, seeds: [], run };
}

function readLog(input: Buffer, maxLineBytes?: number, maxDocumentBytes?: number): void {
  const limits = maxLineBytes === undefined ? {} : { maxLineBytes };
  const options: LogOptions = { file: null, ...(maxDocumentBytes === undefined ? {} : { maxDocumentBytes }) };
  const splitter = createLineSplitter(limits);
  const reader = createLogReader(options);
  for (const line of [...splitter.push(input), ...splitter.end()]) drain(reader.read(line));
  drain(reader.end());
}

/** In two chunks, for a line may lie over both. */
function readNotable(input: Buffer, random: Random): void {
  const reader = createNotableReader({ file: null });
  const cut = Math.floor(random() * input.length);
  for (const chunk of [input.subarray(0, cut), input.subarray(cut)]) drain(reader.push(chunk));
  drain(reader.end());
}

function drain(items: Iterable<unknown>): void {
  for (const _item of items);
}

function askLine(text: string): void {
  const document = parseJsonDocument(text);
  if ('lineOf' in document) document.lineOf(['Records', 1, 'eventName']);
}
