/** Copies of one cluster of the sample estate into an organisation: so many clusters in each of so many accounts. */
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SAMPLE = join(import.meta.dirname, '..', 'events', 'estate');
const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';
const NAME = 'payments';

export interface EstateSize {
  readonly accounts: readonly string[];
  /** By region. */
  readonly clusters: Readonly<Record<string, number>>;
  /** Of the API server that stands for all of theirs. */
  readonly kubernetes: { readonly endpoint: string; readonly ca: string };
}

export interface EstateFolder {
  readonly dir: string;
  readonly clusters: number;
  readonly remove: () => void;
}

export function makeEstate({ accounts, clusters, kubernetes }: EstateSize): EstateFolder {
  const dir = mkdtempSync(join(tmpdir(), 'keyholder-bench-'));
  cpSync(join(SAMPLE, 'manifest.json'), join(dir, 'manifest.json'));
  let made = 0;
  for (const account of accounts) {
    for (const file of ['iam.json', 'identity-center.json', 'organization.json']) {
      copyText(join(SAMPLE, ACCOUNT, file), join(dir, account, file), [[ACCOUNT, account]]);
    }
    for (const [region, count] of Object.entries(clusters)) {
      for (let number = 1; number <= count; number += 1) {
        copyCluster(dir, { account, region, name: `${NAME}-${number}` }, kubernetes);
        made += 1;
      }
    }
  }
  return { dir, clusters: made, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

interface Place {
  readonly account: string;
  readonly region: string;
  readonly name: string;
}

function copyCluster(dir: string, { account, region, name }: Place, kubernetes: EstateSize['kubernetes']): void {
  const from = join(SAMPLE, ACCOUNT, REGION, NAME);
  const to = join(dir, account, region, name);
  const changes: readonly (readonly [string, string])[] = [
    [ACCOUNT, account],
    [REGION, region],
    [`cluster/${NAME}`, `cluster/${name}`],
    [`"name": "${NAME}"`, `"name": "${name}"`],
    [`"clusterName": "${NAME}"`, `"clusterName": "${name}"`],
    [`/aws/eks/${NAME}/`, `/aws/eks/${name}/`],
  ];
  for (const file of readdirSync(from)) {
    if (statSync(join(from, file)).isFile()) copyText(join(from, file), join(to, file), changes);
  }
  const described = JSON.parse(readFileSync(join(to, 'describe-cluster.json'), 'utf8'));
  described.cluster.endpoint = kubernetes.endpoint;
  described.cluster.certificateAuthority = { data: Buffer.from(kubernetes.ca).toString('base64') };
  writeFileSync(join(to, 'describe-cluster.json'), JSON.stringify(described));
}

function copyText(from: string, to: string, changes: readonly (readonly [string, string])[]): void {
  mkdirSync(join(to, '..'), { recursive: true });
  const text = changes.reduce((changed, [was, is]) => changed.replaceAll(was, is), readFileSync(from, 'utf8'));
  writeFileSync(to, text);
}
