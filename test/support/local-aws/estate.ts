/** An evidence folder into the accounts, regions and clusters that the local AWS serves. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Fields, fieldsOf, isFields } from './fields.ts';

export interface Estate {
  /** As the manifest states it, in epoch milliseconds. */
  readonly collectedAt: number | undefined;
  readonly accounts: ReadonlyMap<string, AccountEstate>;
  /** Identifiers of evidence are made up, and need not look as AWS makes them. */
  readonly mentions: (text: string) => boolean;
}

export interface AccountEstate {
  readonly id: string;
  readonly iam: Fields | undefined;
  readonly identityCenter: Fields | undefined;
  readonly organization: Fields | undefined;
  /** CloudTrail records, newest first. */
  readonly records: readonly Fields[];
  readonly regions: ReadonlyMap<string, RegionEstate>;
}

export interface RegionEstate {
  readonly trails: unknown;
  readonly guardduty: unknown;
  readonly clusters: ReadonlyMap<string, ClusterEstate>;
}

/** Documents of one cluster by file name without its ending. */
export interface ClusterEstate {
  readonly name: string;
  readonly json: (document: string) => unknown;
  readonly text: (file: string) => string | undefined;
}

export function readEstate(folder: string): Estate {
  const accounts = listFolders(folder).filter((name) => /^\d{12}$/.test(name));
  const texts = new Set<string>();
  const read = accounts.map((id) => [id, readAccount(id, join(folder, id))] as const);
  for (const [, { identityCenter, organization, iam }] of read)
    for (const document of [identityCenter, organization, iam]) collectTexts(document, texts);
  const collectedAt = Date.parse(String(readFields(folder, 'manifest.json')?.collectedAt));
  return {
    collectedAt: Number.isNaN(collectedAt) ? undefined : collectedAt,
    accounts: new Map(read),
    mentions: (text) => texts.has(text),
  };
}

function readAccount(id: string, folder: string): AccountEstate {
  const regions = listFolders(folder).filter((name) => name !== 'cloudtrail');
  return {
    id,
    iam: readFields(folder, 'iam.json'),
    identityCenter: readFields(folder, 'identity-center.json'),
    organization: readFields(folder, 'organization.json'),
    records: readRecords(join(folder, 'cloudtrail')),
    regions: new Map(regions.map((region) => [region, readRegion(join(folder, region))])),
  };
}

function readRegion(folder: string): RegionEstate {
  return {
    trails: readJson(folder, 'trails.json'),
    guardduty: readJson(folder, 'guardduty.json'),
    clusters: new Map(
      listFolders(folder).map((name) => {
        const json = (document: string): unknown => readJson(join(folder, name), `${document}.json`);
        return [name, { name, json, text: (file) => readText(join(folder, name), file) }];
      }),
    ),
  };
}

function readRecords(folder: string): readonly Fields[] {
  const files = listFiles(folder).filter((file) => /\.json(\.gz)?$/.test(file));
  const records = files.flatMap((file) => parseRecords(readStored(file)));
  const unique = new Map(records.map((record, index) => [record.eventID ?? index, record]));
  return [...unique.values()].sort((a, b) => Date.parse(String(b.eventTime)) - Date.parse(String(a.eventTime)));
}

/** A file of CloudTrail, the output of lookup-events, or one record a line. */
function parseRecords(text: string): readonly Fields[] {
  const documents = isDocument(text)
    ? [parseJson(text)]
    : text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map(parseJson);
  return documents.flatMap((document) => {
    const { Records: records, Events: events, ...single } = fieldsOf(document);
    if (Array.isArray(records)) return records.filter(isFields);
    if (!Array.isArray(events)) return [single];
    return events.map((event) => fieldsOf(parseJson(String(fieldsOf(event).CloudTrailEvent))));
  });
}

function isDocument(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
}

function readJson(folder: string, file: string): unknown {
  const text = readText(folder, file);
  return text === undefined ? undefined : parseJson(text);
}

function readFields(folder: string, file: string): Fields | undefined {
  const value = readJson(folder, file);
  return isFields(value) ? value : undefined;
}

function readText(folder: string, file: string): string | undefined {
  const stored = listFiles(folder).find((path) => path === join(folder, file) || path === join(folder, `${file}.gz`));
  return stored === undefined ? undefined : readStored(stored);
}

function readStored(path: string): string {
  const bytes = readFileSync(path);
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
}

function listFolders(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function listFiles(folder: string): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  } catch {
    return [];
  }
}

function collectTexts(value: unknown, into: Set<string>): void {
  if (typeof value === 'string') into.add(value);
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) collectTexts(item, into);
}
