/** Commands that mend access, carried out on the files of an evidence folder as EKS and Kubernetes would. */
import { spawnSync } from 'node:child_process';

type Files = Readonly<Record<string, string>>;
type Json = Record<string, unknown>;

/** Throws for a command that it does not know, and for one that EKS would refuse. Those that only read change nothing. */
export function mendFiles(files: Files, commands: readonly string[]): Files {
  return commands.reduce((mended, command) => runCommand(mended, splitWords(command)), files);
}

/** As the shell of the machine splits them. */
export function splitWords(command: string): readonly string[] {
  const run = spawnSync('sh', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`sh: ${run.stderr}`);
  return run.stdout.split('\0').slice(0, -1);
}

function runCommand(files: Files, words: readonly string[]): Files {
  const [program = '', ...args] = words;
  if (program === 'aws' && args[0] === 'eks') return runEks(files, args[1] ?? '', readFlags(args.slice(2)));
  if (program === 'aws') return files;
  if (program === 'eksctl') return createRow(files, readFlags(args.slice(2)));
  if (program === 'kubectl') return runKubectl(files, args);
  throw new Error(`no such program: ${program}`);
}

type Flags = ReadonlyMap<string, readonly string[]>;

function readFlags(args: readonly string[]): Flags {
  const flags = new Map<string, string[]>();
  let last: string[] = [];
  for (const arg of args) {
    const [, name, value] = /^--([a-z-]+)(?:=(.*))?$/s.exec(arg) ?? [];
    if (name === undefined) last.push(arg);
    else {
      last = flags.get(name) ?? [];
      flags.set(name, last);
      if (value !== undefined) last.push(value);
    }
  }
  return flags;
}

function editItems(files: Files, file: string, edit: (items: Json[]) => Json[]): Files {
  const path = Object.keys(files).find((each) => each.endsWith(`/${file}`));
  if (path === undefined) throw new Error(`no ${file} to change`);
  const document: Json = JSON.parse(files[path] ?? '');
  const key = file === 'rbac.json' ? 'items' : 'accessEntries';
  const items = document[key];
  if (!Array.isArray(items)) throw new Error(`${file} holds no ${key}`);
  return { ...files, [path]: JSON.stringify({ ...document, [key]: edit(items) }) };
}

function runEks(files: Files, action: string, flags: Flags): Files {
  const one = (name: string): string => flags.get(name)?.[0] ?? '';
  const arn = one('principal-arn');
  const groups = flags.get('kubernetes-groups') ?? [];
  if (groups.some((group) => group.startsWith('system:'))) throw new Error('EKS takes no system group');
  const change = (edit: (entry: Json) => Json): Files =>
    editItems(files, 'access-entries.json', (items) =>
      items.map((entry) => (entry.principalArn === arn ? edit(entry) : entry)),
    );
  switch (action) {
    case 'describe-access-entry':
    case 'describe-cluster':
    case 'list-associated-access-policies':
      return files;
    case 'delete-access-entry':
      return editItems(files, 'access-entries.json', (items) => items.filter((entry) => entry.principalArn !== arn));
    case 'update-access-entry':
      return change((entry) => ({ ...entry, kubernetesGroups: groups }));
    case 'associate-access-policy':
      return change((entry) => ({ ...entry, associatedAccessPolicies: associate(entry, one) }));
    case 'create-access-entry': {
      const username = one('username') === '' ? {} : { username: one('username') };
      const more = { createdAt: '2026-11-21T02:00:00Z', associatedAccessPolicies: [] };
      const entry = { principalArn: arn, type: one('type'), kubernetesGroups: groups, ...username, ...more };
      return editItems(files, 'access-entries.json', (items) => {
        if (items.some((each) => each.principalArn === arn)) throw new Error('the entry is there already');
        return [...items, entry];
      });
    }
    default:
      throw new Error(`no such call of EKS: ${action}`);
  }
}

/** A policy is associated once: again means with another scope. */
function associate({ associatedAccessPolicies }: Json, one: (name: string) => string): readonly Json[] {
  const policyArn = one('policy-arn');
  const scope = one('access-scope');
  const accessScope: unknown = scope === 'type=cluster' ? { type: 'cluster', namespaces: [] } : JSON.parse(scope);
  const others = Array.isArray(associatedAccessPolicies) ? associatedAccessPolicies : [];
  return [...others.filter((each) => each.policyArn !== policyArn), { policyArn, accessScope }];
}

function runKubectl(files: Files, args: readonly string[]): Files {
  const [namespace, rest] = args[0] === '-n' ? [args[1] ?? null, args.slice(2)] : [null, args];
  if (rest[0] === 'get' || rest[0] === 'auth') return files;
  const [verb, kind = '', name = '', ...more] = rest;
  if (verb !== 'create') throw new Error(`kubectl ${verb} cannot be carried out here`);
  const flags = readFlags(more);
  const object = kind.endsWith('binding') ? makeBinding(kind, flags) : makeRole(kind, flags);
  return editItems(files, 'rbac.json', (items) => [
    ...items,
    {
      ...object,
      apiVersion: 'rbac.authorization.k8s.io/v1',
      metadata: { name, ...(namespace === null ? {} : { namespace }) },
    },
  ]);
}

/** `--resource` is resource.group/subresource. */
function makeRole(kind: string, flags: Flags): Json {
  const verbs = flags.get('verb') ?? [];
  const urls = flags.get('non-resource-url');
  const rules = (flags.get('resource') ?? []).map((text) => {
    const [, resource = '', group = '', subresource = ''] = /^([^./]+)(?:\.([^/]+))?(\/.+)?$/.exec(text) ?? [];
    const names = flags.get('resource-name') ?? [];
    return { verbs, apiGroups: [group], resources: [`${resource}${subresource}`], resourceNames: names };
  });
  return {
    kind: kind === 'role' ? 'Role' : 'ClusterRole',
    rules: urls === undefined ? rules : [{ verbs, nonResourceURLs: urls }],
  };
}

function makeBinding(kind: string, flags: Flags): Json {
  const role = flags.get('role')?.[0];
  const subjects = [
    ...(flags.get('user') ?? []).map((name) => ({ kind: 'User', name })),
    ...(flags.get('group') ?? []).map((name) => ({ kind: 'Group', name })),
    ...(flags.get('serviceaccount') ?? []).map((text) => {
      const [namespace, name] = text.split(':');
      return { kind: 'ServiceAccount', name, namespace };
    }),
  ];
  return {
    kind: kind === 'rolebinding' ? 'RoleBinding' : 'ClusterRoleBinding',
    roleRef:
      role === undefined ? { kind: 'ClusterRole', name: flags.get('clusterrole')?.[0] } : { kind: 'Role', name: role },
    subjects,
  };
}

/** The ConfigMap gets a row more at the end of mapRoles, which every folder here ends in. */
function createRow(files: Files, flags: Flags): Files {
  const path = Object.keys(files).find((each) => each.endsWith('/aws-auth.yaml'));
  if (path === undefined) throw new Error('no aws-auth.yaml to change');
  const one = (name: string): string => JSON.stringify(flags.get(name)?.[0] ?? '');
  const groups = (flags.get('group') ?? []).map((group) => `        - ${JSON.stringify(group)}\n`).join('');
  const row = `    - rolearn: ${one('arn')}\n      username: ${one('username')}\n      groups:\n${groups}`;
  return { ...files, [path]: `${files[path]}${row}` };
}
