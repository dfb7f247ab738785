/** Readers over a map from the path in an evidence folder to its text: a folder without a disk. */
import { createHash } from 'node:crypto';
import { KeyholderError } from '../../shared/errors.ts';
import { ACCOUNT_NAMES, CLUSTER_NAMES, REGION_NAMES, TOP_NAMES } from '../../shared/offline/folder-layout.ts';
import type { ClusterPlace, Raw, RawFile, Readers } from '../../shared/ports.ts';

export type MemoryFiles = Readonly<Record<string, string | Uint8Array>>;

/** Files of `brokenOff` give their first bytes (as many as the map holds) and then fail, as a cut download does. */
export function memoryReaders(files: MemoryFiles, brokenOff: readonly string[] = []): Readers {
  const paths = Object.keys(files);
  const open = (path: string): RawFile => rawFile(path, files[path] ?? '', brokenOff.includes(path));
  const readFirst = (folder: string, names: readonly string[]): Raw => {
    const path = names.map((name) => `${folder}${name}`).find((candidate) => paths.includes(candidate));
    return path === undefined
      ? { status: 'unavailable', reason: `${folder}${names[0]} is not there` }
      : { status: 'read', files: [open(path)] };
  };
  const readTrail = (account: string): Raw => {
    const found = paths.filter((path) => path.startsWith(`${account}/cloudtrail/`)).sort();
    return found.length === 0
      ? { status: 'unavailable', reason: `${account}/cloudtrail/ is not there` }
      : { status: 'read', files: found.map(open) };
  };
  return {
    places: async () => listPlaces(paths),
    readTop: async (document) => readFirst('', TOP_NAMES[document]),
    readAccount: async (account, document) =>
      document === 'cloudtrail' ? readTrail(account) : readFirst(`${account}/`, ACCOUNT_NAMES[document]),
    readRegion: async (account, region, document) => readFirst(`${account}/${region}/`, REGION_NAMES[document]),
    readCluster: async ({ account, region, name }, document) =>
      readFirst(`${account}/${region}/${name}/`, CLUSTER_NAMES[document]),
  };
}

function rawFile(file: string, content: string | Uint8Array, breaksOff: boolean): RawFile {
  const bytes = Buffer.from(content);
  let isRead = false;
  return {
    file,
    sha256: () => (isRead ? createHash('sha256').update(bytes).digest('hex') : null),
    async *read() {
      yield bytes;
      if (breaksOff) throw new KeyholderError('read-failed', `${file}: expected the whole file, got its beginning`);
      isRead = true;
    },
  };
}

function listPlaces(paths: readonly string[]): Awaited<ReturnType<Readers['places']>> {
  const accounts = new Set<string>();
  const regions = new Map<string, { readonly account: string; readonly region: string }>();
  const clusters = new Map<string, ClusterPlace>();
  for (const path of paths) {
    const [account = '', region = '', name = '', file] = path.split('/');
    if (!/^\d{12}$/.test(account)) continue;
    accounts.add(account);
    if (region === 'cloudtrail' || name === '') continue;
    regions.set(`${account}/${region}`, { account, region });
    if (file !== undefined) clusters.set(`${account}/${region}/${name}`, { account, region, name });
  }
  return {
    accounts: [...accounts].sort(),
    regions: [...regions.values()],
    clusters: [...clusters.values()],
    problems: [],
    strangers: [],
  };
}
