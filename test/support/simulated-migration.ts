/** The commands of a plan, carried out on a cluster as EKS and Kubernetes would: what they would refuse, throws. */
import { ACCOUNT, type MigrationWorld, type WorldEntry } from './migration-world.ts';

const NOW = '2026-11-21T03:00:00Z';

export function carryOut(world: MigrationWorld, commands: readonly string[]): MigrationWorld {
  return commands.reduce((changed, command) => runLine(changed, command), world);
}

function runLine(world: MigrationWorld, line: string): MigrationWorld {
  if (line.startsWith('for try in ')) return world;
  const [first = [], ...others] = splitAt(splitWords(line), '||');
  const [found = []] = splitAt(first, '|');
  if (others.length === 0) return run(world, found);
  const arn = found[found.indexOf('--principal-arn') + 1];
  if (world.entries.some(({ principalArn }) => principalArn === arn)) return world;
  return others.flatMap((words) => splitAt(words, '&&')).reduce(run, world);
}

/** Of the quotes of a shell, those that plans of harmless names hold: single ones. */
export function splitWords(line: string): readonly string[] {
  const words: string[] = [];
  for (const [text] of line.matchAll(/(?:'[^']*'|\\.|"[^"]*"|[^\s'"\\])+/g))
    words.push(text.replace(/'([^']*)'|"([^"]*)"|\\(.)/g, (_all, single, double, one) => single ?? double ?? one));
  return words;
}

function splitAt(words: readonly string[], operator: string): readonly (readonly string[])[] {
  const at = words.indexOf(operator);
  return at === -1 ? [words] : [words.slice(0, at), ...splitAt(words.slice(at + 1), operator)];
}

/** One program with its words; what only reads gives the world back as it is. */
export function run(world: MigrationWorld, words: readonly string[]): MigrationWorld {
  const [program = '', first = '', second = ''] = words;
  if (program === 'aws' && first === 'eks') return runEks(world, second, readFlags(words.slice(3)));
  if (program === 'aws' && first === 'logs') return world;
  if (program === 'kubectl') return runKubectl(world, words.slice(3));
  throw new Error(`no such program: ${words.join(' ')}`);
}

type Flags = ReadonlyMap<string, readonly string[]>;

function readFlags(words: readonly string[]): Flags {
  const flags = new Map<string, string[]>();
  let last: string[] = [];
  for (const word of words) {
    const [, name, value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) last.push(word);
    else {
      last = value === undefined ? [] : [value];
      flags.set(name, last);
    }
  }
  return flags;
}

function runEks(world: MigrationWorld, action: string, flags: Flags): MigrationWorld {
  const one = (name: string): string => flags.get(name)?.[0] ?? '';
  switch (action) {
    case 'wait':
    case 'describe-cluster':
    case 'list-access-entries':
    case 'update-kubeconfig':
      return world;
    case 'update-cluster-config':
      return flags.has('logging') ? world : switchMode(world, one('access-config').replace('authenticationMode=', ''));
    case 'describe-access-entry':
      if (world.entries.some(({ principalArn }) => principalArn === one('principal-arn'))) return world;
      throw new Error('ResourceNotFoundException');
    case 'create-access-entry':
      return createEntry(world, flags);
    case 'delete-access-entry':
      return { ...world, entries: world.entries.filter(({ principalArn }) => principalArn !== one('principal-arn')) };
    case 'associate-access-policy':
      return associate(world, one);
    default:
      throw new Error(`no such call of EKS: ${action}`);
  }
}

function switchMode(world: MigrationWorld, mode: string): MigrationWorld {
  const steps = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];
  if (steps.indexOf(mode) !== steps.indexOf(world.mode) + 1)
    throw new Error(`no mode leads from ${world.mode} to ${mode}`);
  const creator = world.principals.find(({ arn }) => arn === world.creator.arn);
  const isNew = world.entries.every(({ principalArn }) => principalArn !== world.creator.arn);
  const entries = mode === 'API' || creator === undefined || !isNew ? [] : [makeCreatorEntry(creator.arn)];
  return { ...world, mode, entries: [...world.entries, ...entries] };
}

function makeCreatorEntry(principalArn: string): WorldEntry {
  const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';
  return {
    ...{ principalArn, type: 'STANDARD', kubernetesGroups: [], createdAt: NOW },
    username: defaultUsername(principalArn),
    policies: [{ policyArn, accessScope: { type: 'cluster', namespaces: [] } }],
  };
}

function defaultUsername(arn: string): string {
  const name = arn.split('/').at(-1) ?? '';
  const [, , , , account = ''] = arn.split(':');
  return arn.includes(':user/') ? arn : `arn:aws:sts::${account}:assumed-role/${name}/{{SessionName}}`;
}

function refuse(condition: boolean, why: string): void {
  if (condition) throw new Error(`EKS refuses the entry: ${why}`);
}

const NODE_GROUPS: ReadonlyMap<string, readonly string[]> = new Map([
  ['EC2_LINUX', ['system:nodes']],
  ['EC2_WINDOWS', ['system:nodes', 'eks:kube-proxy-windows']],
  ['FARGATE_LINUX', ['system:bootstrappers', 'system:nodes', 'system:node-proxier']],
]);

function createEntry(world: MigrationWorld, flags: Flags): MigrationWorld {
  const arn = flags.get('principal-arn')?.[0] ?? '';
  const type = flags.get('type')?.[0] ?? '';
  const username = flags.get('username')?.[0];
  const groups = flags.get('kubernetes-groups') ?? [];
  const [, , service, , account] = arn.split(':');
  const nodeGroups = NODE_GROUPS.get(type);
  refuse(world.mode === 'CONFIG_MAP', 'the mode is CONFIG_MAP');
  refuse(service !== 'iam' || !/:(role|user)\//.test(arn), 'no role and no user');
  refuse(arn.includes('/aws-service-role/'), 'a service-linked role');
  refuse(account === ACCOUNT && world.principals.every((known) => known.arn !== arn), `invalid principal ${arn}`);
  refuse(
    world.entries.some(({ principalArn }) => principalArn === arn),
    'already in use',
  );
  refuse(
    groups.some((group) => group === '' || group.startsWith('system:')),
    'a group of system',
  );
  refuse(/^(?:system|eks|aws|amazon|iam):/.test(username ?? ''), 'a reserved username');
  refuse(/^[^:]*\{\{SessionName/.test(username ?? ''), 'a session name without a colon before it');
  refuse(/\{\{(?!SessionName(?:Raw)?\}\})/.test(username ?? ''), 'a template that it does not know');
  refuse(type !== 'STANDARD' && nodeGroups === undefined, `type ${type}`);
  refuse(nodeGroups !== undefined && (account !== ACCOUNT || groups.length > 0 || username !== undefined), 'a node');
  const nodeName = type === 'FARGATE_LINUX' ? 'system:node:{{SessionName}}' : 'system:node:{{EC2PrivateDNSName}}';
  const entry: WorldEntry = {
    ...{ principalArn: arn, type, createdAt: NOW, policies: [] },
    kubernetesGroups: nodeGroups ?? groups,
    username: nodeGroups === undefined ? (username ?? defaultUsername(arn)) : nodeName,
  };
  return { ...world, entries: [...world.entries, entry] };
}

function associate(world: MigrationWorld, one: (name: string) => string): MigrationWorld {
  const arn = one('principal-arn');
  const scope = one('access-scope');
  const accessScope: WorldEntry['policies'][number]['accessScope'] =
    scope === 'type=cluster' ? { type: 'cluster', namespaces: [] } : JSON.parse(scope);
  refuse(
    world.entries.every((entry) => entry.principalArn !== arn || entry.type !== 'STANDARD'),
    'no STANDARD entry',
  );
  const entries = world.entries.map((entry) => {
    const others = entry.policies.filter(({ policyArn }) => policyArn !== one('policy-arn'));
    return entry.principalArn === arn
      ? { ...entry, policies: [...others, { policyArn: one('policy-arn'), accessScope }] }
      : entry;
  });
  return { ...world, entries };
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['clusterrolebinding', 'ClusterRoleBinding'],
  ['rolebinding', 'RoleBinding'],
]);

function runKubectl(world: MigrationWorld, args: readonly string[]): MigrationWorld {
  const [namespace, rest] = args[0] === '-n' ? [args[1] ?? null, args.slice(2)] : [null, args];
  const [verb, kind = '', name = '', ...more] = rest;
  if (verb === 'get') return { ...world, copy: world.data };
  if (verb === 'replace') return { ...world, data: world.copy ?? null };
  if (verb === 'patch') return patch(world, JSON.parse(more.at(-1) ?? ''));
  const isNamed = (each: MigrationWorld['bindings'][number]): boolean =>
    each.kind === KINDS.get(kind) && each.name === name && each.namespace === namespace;
  if (verb === 'delete') return { ...world, bindings: world.bindings.filter((each) => !isNamed(each)) };
  if (verb !== 'create') throw new Error(`kubectl ${verb} is no step of a plan`);
  const flags = readFlags(more);
  if (world.bindings.some(isNamed)) throw new Error(`${kind} ${name} exists already`);
  const role = {
    kind: flags.has('role') ? 'Role' : 'ClusterRole',
    name: (flags.get('role') ?? flags.get('clusterrole'))?.[0] ?? '',
  };
  const subjects = (flags.get('group') ?? []).map((group) => ({ kind: 'Group', name: group }));
  return { ...world, bindings: [...world.bindings, { kind: KINDS.get(kind) ?? '', namespace, name, role, subjects }] };
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: string;
}

/** The version of the object is known to a first patch alone. */
function patch(world: MigrationWorld, operations: readonly Operation[]): MigrationWorld {
  let data = world.data;
  for (const { op, path, value } of operations) {
    const section = path.replace('/data/', '');
    if (op === 'test' && path === '/metadata/resourceVersion') continue;
    if (data === null || !Object.hasOwn(data, section)) throw new Error(`aws-auth has no ${section}`);
    if (op === 'test' && data[section] !== value) throw new Error(`${section} is not as it was`);
    if (op === 'replace') data = { ...data, [section]: value };
  }
  return { ...world, data };
}
