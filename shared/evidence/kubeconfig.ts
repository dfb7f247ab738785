/** A kubeconfig into the entry by which kubectl comes to a cluster: its server, and the exec section that fetches tokens. */
import { parse } from 'yaml';
import type { KubeconfigEntry } from '../model/first-answer.ts';
import { parseArn } from '../rules/arn.ts';
import { fieldIn, itemsIn, textIn } from './json-fields.ts';
import { isNestedTooDeep } from './yaml-depth.ts';

/** Every entry that can be made out; a text that is no kubeconfig has none. */
export function parseKubeconfig(text: string, file: string): readonly KubeconfigEntry[] {
  const config = parseText(text);
  const current = textIn(config, 'current-context');
  const clusters = byName(config, 'clusters', 'cluster');
  const users = byName(config, 'users', 'user');
  return (itemsIn(config, 'contexts') ?? []).flatMap((item): readonly KubeconfigEntry[] => {
    const context = textIn(item, 'name');
    const names = fieldIn(item, 'context');
    const clusterName = textIn(names, 'cluster');
    if (context === null || clusterName === null) return [];
    const cluster = clusters.get(clusterName) ?? null;
    const exec = readExec(fieldIn(users.get(textIn(names, 'user') ?? ''), 'exec'));
    const named = nameOf(clusterName) ?? nameOf(context);
    return [
      {
        file,
        context,
        isCurrent: context === current,
        server: textIn(cluster, 'server'),
        ca: decodeCa(textIn(cluster, 'certificate-authority-data')),
        ...exec,
        cluster: exec.cluster ?? named?.name ?? null,
        region: exec.region ?? named?.region ?? null,
        account: named?.account ?? null,
      },
    ];
  });
}

const MAX_LENGTH = 4_000_000;

function parseText(text: string): unknown {
  if (text.length > MAX_LENGTH || isNestedTooDeep(text)) return null;
  try {
    return parse(text, { schema: 'core', maxAliasCount: 0, logLevel: 'silent' });
  } catch {
    return null;
  }
}

/** The one that kubectl takes without --context, if it is for the cluster; else the first that is. */
export function findKubeconfigEntry(
  entries: readonly KubeconfigEntry[],
  wanted: { readonly cluster: string; readonly region: string | null; readonly account: string | null },
): KubeconfigEntry | null {
  const named = entries.filter(({ cluster }) => cluster === wanted.cluster);
  const exact = named.filter(
    ({ region, account }) =>
      (wanted.region === null || region === wanted.region) && (wanted.account === null || account === wanted.account),
  );
  const candidates = exact.length > 0 ? exact : named;
  return candidates.find(({ isCurrent }) => isCurrent) ?? candidates[0] ?? null;
}

function byName(config: unknown, list: string, field: string): ReadonlyMap<string, unknown> {
  const items = itemsIn(config, list) ?? [];
  // The first of a name counts, as for kubectl.
  return new Map([...items].reverse().map((item) => [textIn(item, 'name') ?? '', fieldIn(item, field)]));
}

type Exec = Pick<KubeconfigEntry, 'command' | 'cluster' | 'region' | 'profile' | 'roleArn'>;

const NO_EXEC: Exec = { command: null, cluster: null, region: null, profile: null, roleArn: null };

function readExec(exec: unknown): Exec {
  const command = textIn(exec, 'command');
  if (command === null) return NO_EXEC;
  const args = (itemsIn(exec, 'args') ?? []).filter((arg) => typeof arg === 'string');
  const env = new Map((itemsIn(exec, 'env') ?? []).map((item) => [textIn(item, 'name'), textIn(item, 'value')]));
  const flag = (...names: readonly string[]): string | null => findFlag(args, names);
  return {
    command: command.split(/[\\/]/).at(-1) ?? command,
    cluster: flag('--cluster-name', '--cluster-id', '-i'),
    region: flag('--region') ?? env.get('AWS_REGION') ?? env.get('AWS_DEFAULT_REGION') ?? null,
    profile: flag('--profile') ?? env.get('AWS_PROFILE') ?? null,
    roleArn: flag('--role-arn', '--role', '-r'),
  };
}

function findFlag(args: readonly string[], names: readonly string[]): string | null {
  for (const [index, arg] of args.entries()) {
    if (names.includes(arg)) return args[index + 1] ?? null;
    const name = names.find((one) => arg.startsWith(`${one}=`));
    if (name !== undefined) return arg.slice(name.length + 1);
  }
  return null;
}

/** `aws eks update-kubeconfig` names cluster and context by the ARN; eksctl by user@name.region.eksctl.io. */
function nameOf(
  text: string,
): { readonly name: string; readonly region: string; readonly account: string | null } | null {
  const arn = parseArn(text);
  if (arn !== null && arn.service === 'eks' && arn.resource.startsWith('cluster/')) {
    return { name: arn.resource.slice('cluster/'.length), region: arn.region, account: arn.account };
  }
  const [, name, region] = /(?:^|@)([0-9A-Za-z][\w-]*)\.([a-z0-9-]+)\.eksctl\.io$/.exec(text) ?? [];
  return name === undefined || region === undefined ? null : { name, region, account: null };
}

function decodeCa(data: string | null): string | null {
  return data === null ? null : Buffer.from(data, 'base64').toString('utf8');
}
