/** An evidence folder that lies in a store of objects, each file under its path, into the Readers of the ports. */
import { createHash } from 'node:crypto';
import { KeyholderError } from '../errors.ts';
import type { ClusterPlace, ObjectStore, Places, Raw, RawFile, Readers } from '../ports.ts';
import { compareByCodePoint } from './code-point-order.ts';
import * as layout from './folder-layout.ts';
import { inflate, isGzip } from './inflate.ts';

type Stored = Pick<ObjectStore, 'list' | 'read'>;

/** `prefix` ends with a slash. Whoever knows the places gives them: listing those of an organisation takes long. */
export function openObjectEvidence(store: Stored, prefix: string, known?: Places): Readers {
  const readFirst = async (folder: string, names: readonly string[]): Promise<Raw> => {
    for (const name of names) {
      // Ours are packed; whoever fills a folder by hand does not pack.
      for (const file of [`${folder}${name}.gz`, `${folder}${name}`]) {
        const bytes = await store.read(`${prefix}${file}`);
        if (bytes !== null) return { status: 'read', files: [openBytes(file, bytes)] };
      }
    }
    const missing = names.length === 1 ? `${names[0]} is not` : `neither ${names.join(' nor ')} is`;
    return { status: 'unavailable', reason: `${missing} in the folder` };
  };
  const readTrail = async (account: string): Promise<Raw> => {
    const keys = await store.list(`${prefix}${account}/${layout.CLOUDTRAIL_FOLDER}/`);
    const files = keys.filter((key) => /\.json(?:\.gz)?$/.test(key)).map((key) => key.slice(prefix.length));
    if (files.length === 0) return { status: 'unavailable', reason: 'cloudtrail/ is not in the folder' };
    return { status: 'read', files: files.map((file) => openObject(store, { file, key: `${prefix}${file}` })) };
  };
  return {
    places: async () => known ?? listPlaces((await store.list(prefix)).map((key) => key.slice(prefix.length))),
    readTop: (document) => readFirst('', layout.TOP_NAMES[document]),
    readAccount: (account, document) =>
      document === 'cloudtrail' ? readTrail(account) : readFirst(`${account}/`, layout.ACCOUNT_NAMES[document]),
    readRegion: (account, region, document) => readFirst(`${account}/${region}/`, layout.REGION_NAMES[document]),
    readCluster: ({ account, region, name }, document) =>
      readFirst(`${account}/${region}/${name}/`, layout.CLUSTER_NAMES[document]),
  };
}

/** A file that is in memory already, packed or not. */
export function openBytes(file: string, bytes: Uint8Array): RawFile {
  let isRead = false;
  return {
    file,
    sha256: () => (isRead ? createHash('sha256').update(bytes).digest('hex') : null),
    async *read() {
      if (isGzip(bytes)) yield* inflate(file, once(bytes));
      else yield bytes;
      isRead = true;
    },
  };
}

/** Fetched when it is read: the files of a trail are many. */
function openObject(store: Stored, { file, key }: { readonly file: string; readonly key: string }): RawFile {
  let opened: RawFile | null = null;
  return {
    file,
    sha256: () => opened?.sha256() ?? null,
    async *read() {
      const bytes = await store.read(key);
      if (bytes === null)
        throw new KeyholderError('read-failed', `${file}: expected a file, got none since it was listed`);
      opened = openBytes(file, bytes);
      yield* opened.read();
    },
  };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function listPlaces(files: readonly string[]): Places {
  const accounts = new Set<string>();
  const regions = new Map<string, { readonly account: string; readonly region: string }>();
  const clusters = new Map<string, ClusterPlace>();
  const strangers: string[] = [];
  for (const file of files) {
    const [account = '', region = '', name, ...rest] = file.split('/');
    if (!layout.isAccountName(account)) {
      if (region !== '' || !isNamed(file, layout.TOP_NAMES)) strangers.push(file);
      continue;
    }
    accounts.add(account);
    if (region === layout.CLOUDTRAIL_FOLDER || (name === undefined && isNamed(region, layout.ACCOUNT_NAMES))) continue;
    if (!layout.isRegionName(region) || name === undefined) strangers.push(file);
    else {
      regions.set(`${account}/${region}`, { account, region });
      if (rest.length > 0) clusters.set(`${account}/${region}/${name}`, { account, region, name });
    }
  }
  return {
    accounts: [...accounts].sort(),
    regions: sortByKey(regions),
    clusters: sortByKey(clusters),
    problems: [],
    strangers,
  };
}

function isNamed(file: string, names: Readonly<Record<string, readonly string[]>>): boolean {
  return Object.values(names).some((known) => known.includes(file.replace(/\.gz$/, '')));
}

function sortByKey<T>(byKey: ReadonlyMap<string, T>): readonly T[] {
  return [...byKey].sort(([a], [b]) => compareByCodePoint(a, b)).map(([, value]) => value);
}
