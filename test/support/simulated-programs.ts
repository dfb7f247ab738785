/** What aws, kubectl, git and sleep do when their words reach a simulated cluster. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { SimulatedCluster } from './simulated-cluster.ts';
import { CallError, type SimulatedPrincipal } from './simulated-iam.ts';

export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
}

export interface Outcome {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

export interface SimulatedWorld {
  readonly cluster: SimulatedCluster;
  /** Node roles whose instances run. */
  readonly nodeRoles: readonly string[];
  /** Settings of profiles of the AWS command line. */
  readonly profiles: Map<string, string>;
}

export function runProgram(world: SimulatedWorld, invocation: Invocation): Outcome {
  try {
    return { out: dispatch(world, invocation), err: '', code: 0 };
  } catch (error) {
    if (error instanceof CallError) return { out: '', err: `\n${error.message}\n`, code: 254 };
    return { out: '', err: `${error instanceof Error ? error.message : String(error)}\n`, code: 1 };
  }
}

function dispatch(world: SimulatedWorld, invocation: Invocation): string {
  const { program, args, cwd } = invocation;
  if (program === 'sleep') world.cluster.sleep(Number(args[0]));
  else if (program === 'git') commit(world, args, cwd);
  else if (program === 'kubectl') return runKubectl(world, args, cwd);
  else if (program === 'aws') return runAws(world, args, cwd);
  else throw new Error(`no such program: ${program}`);
  return '';
}

/** --flag value pairs; a flag may take several values. */
function readFlags(args: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const flags = new Map<string, string[]>();
  let last: string[] = [];
  for (const arg of args) {
    if (!arg.startsWith('--')) {
      last.push(arg);
      continue;
    }
    last = [];
    flags.set(arg, last);
  }
  return flags;
}

type Flag = (name: string) => string;

function runAws({ cluster, profiles }: SimulatedWorld, args: readonly string[], cwd: string): string {
  const [service = '', action = '', ...rest] = args;
  const flags = readFlags(rest);
  const flag: Flag = (name) => flags.get(name)?.[0] ?? '';
  if (service === 'configure') return configure(profiles, [action, ...rest]);
  if (service === 'eks') return runEks(cluster, { action, flag, flags, cwd });
  if (service === 'sts' && action === 'get-caller-identity') return `${sessionOf(cluster.iam.caller.arn)}\n`;
  if (service === 'sts' && action === 'assume-role') return `${cluster.iam.assume(flag('--role-arn')).arn}\n`;
  if (service === 'iam') return runIam(cluster, { action, flag, flags, cwd });
  throw new Error(`the simulation does not know aws ${service} ${action}`);
}

/** STS shows a role without its path, and with the name of the session. */
function sessionOf(arn: string): string {
  return arn.replace(/:iam::(\d+):role\/(?:.*\/)?([^/]+)$/, ':sts::$1:assumed-role/$2/alice');
}

function configure(profiles: Map<string, string>, [action, key = '', value = '']: readonly string[]): string {
  if (action === 'get') return `${profiles.get(key.replace('keyholder-recovery.', '')) ?? ''}\n`;
  profiles.set(key, value);
  return '';
}

interface AwsCall {
  readonly action: string;
  readonly flag: Flag;
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly cwd: string;
}

function runEks(cluster: SimulatedCluster, { action, flag, flags, cwd }: AwsCall): string {
  const arn = flag('--principal-arn');
  switch (action) {
    case 'wait':
      cluster.waitUntilActive();
      return '';
    case 'describe-cluster':
      return `${flag('--query').endsWith('authenticationMode') ? cluster.mode : JSON.stringify({ status: cluster.status })}\n`;
    case 'list-associated-access-policies':
      return `${[...cluster.demandEntry(arn, 'ListAssociatedAccessPolicies').policies].join('\n')}\n`;
    case 'update-kubeconfig':
      writeFileSync(join(cwd, flag('--kubeconfig')), JSON.stringify({ role: flag('--role-arn'), profile: '' }));
      return '';
  }
  cluster.iam.demand(
    `eks:${action
      .split('-')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('')}`,
  );
  switch (action) {
    case 'create-access-entry': {
      const groups = flags.get('--kubernetes-groups') ?? [];
      cluster.createEntry(arn, { type: flag('--type'), groups, tags: readTags(flag('--tags'), ',') });
      return '';
    }
    case 'associate-access-policy':
      cluster.associate(arn, flag('--policy-arn'));
      return '';
    case 'disassociate-access-policy':
      cluster.dissociate(arn, flag('--policy-arn'));
      return '';
    case 'delete-access-entry':
      cluster.deleteEntry(arn);
      return '';
    case 'update-cluster-config':
      cluster.switchMode(flag('--access-config').replace('authenticationMode=', ''));
      return '';
  }
  throw new Error(`the simulation does not know aws eks ${action}`);
}

function readTags(text: string, separator: string): ReadonlyMap<string, string> {
  const pairs = text === '' ? [] : text.split(separator).map((pair) => pair.split('='));
  return new Map(pairs.map(([key = '', value = '']) => [key, value]));
}

function runIam({ iam }: SimulatedCluster, { action, flag, flags, cwd }: AwsCall): string {
  const role = flag('--role-name');
  const user = flag('--user-name');
  const found = iam.roles.get(role);
  iam.demand(
    `iam:${action
      .split('-')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join('')}`,
  );
  if ((flags.get('--tags') ?? []).length > 0) iam.demand(role === '' ? 'iam:TagUser' : 'iam:TagRole');
  switch (action) {
    case 'get-role':
      if (found === undefined)
        throw new CallError('NoSuchEntity', 'GetRole', `The role with name ${role} cannot be found.`);
      return `${flag('--query') === 'Role.Arn' ? found.arn : JSON.stringify(found.trust)}\n`;
    case 'update-assume-role-policy':
      if (found !== undefined) found.trust = readDocument(flag('--policy-document'), cwd);
      return '';
    case 'create-role':
      iam.makeRole(role, readDocument(flag('--assume-role-policy-document'), cwd), { path: flag('--path') || '/' });
      return '';
    case 'delete-role':
      iam.roles.delete(role);
      return '';
    case 'create-user':
      iam.makeUser(user);
      return '';
    case 'create-access-key':
      return `${iam.makeKey(user)}\tsecret\n`;
    case 'delete-access-key':
      iam.keys.delete(flag('--access-key-id'));
      return '';
    case 'delete-user':
      iam.deleteUser(user);
      return '';
  }
  throw new Error(`the simulation does not know aws iam ${action}`);
}

function readDocument(text: string, cwd: string): unknown {
  return JSON.parse(text.startsWith('file://') ? readFileSync(join(cwd, text.slice('file://'.length)), 'utf8') : text);
}

function runKubectl(world: SimulatedWorld, [, file = '', ...args]: readonly string[], cwd: string): string {
  const path = join(cwd, file);
  const config: { role: string; profile: string } = JSON.parse(readFileSync(path, 'utf8'));
  if (args[0] === 'config') {
    const profile = (args.at(-1) ?? '').replace('AWS_PROFILE=', '');
    writeFileSync(path, JSON.stringify({ ...config, profile }));
    return '';
  }
  const { cluster } = world;
  const identity = cluster.logIn(findPrincipal(world, config));
  if (identity === null) throw new Error('error: You must be logged in to the server (Unauthorized)');
  if (!cluster.isAdmin(identity))
    throw new Error(`Error from server (Forbidden): User "${identity.username}" cannot do this`);
  const words = args.filter((arg) => !arg.startsWith('-')).join(' ');
  if (words.startsWith('get clusterrolebinding')) return 'clusterrolebinding.rbac.authorization.k8s.io/cluster-admin\n';
  if (words.startsWith('get nodes')) {
    const ready = world.nodeRoles.filter((role) => cluster.takesNodes(role));
    return ready.map(() => 'ip-192-0-2-10.ec2.internal   Ready   <none>   1d   v1.33\n').join('');
  }
  if (words.includes('get configmap aws-auth')) return showAwsAuth(cluster, args);
  if (args[0] === 'apply') return apply(cluster, join(cwd, args.at(-1) ?? ''));
  if (words.includes('delete configmap aws-auth')) cluster.awsAuth = null;
  else throw new Error(`the simulation does not know kubectl ${args.join(' ')}`);
  return '';
}

function findPrincipal(
  { cluster, profiles }: SimulatedWorld,
  { role, profile }: { role: string; profile: string },
): SimulatedPrincipal {
  if (role !== '') return cluster.iam.assume(role);
  if (profile === '') return cluster.iam.caller;
  const user = cluster.iam.keys.get(profiles.get('aws_access_key_id') ?? '');
  const found = user === undefined ? undefined : cluster.iam.users.get(user);
  if (found === undefined) throw new Error('the profile holds no key that works');
  return found;
}

function showAwsAuth({ awsAuth }: SimulatedCluster, args: readonly string[]): string {
  if (awsAuth === null && args.includes('--ignore-not-found')) return '';
  if (awsAuth === null) throw new Error('Error from server (NotFound): configmaps "aws-auth" not found');
  if (args.includes('name')) return 'configmap/aws-auth\n';
  const metadata = { name: 'aws-auth', namespace: 'kube-system', resourceVersion: '1', uid: 'u' };
  return stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: awsAuth });
}

function apply(cluster: SimulatedCluster, path: string): string {
  for (const document of parseAllDocuments(readFileSync(path, 'utf8'))) {
    const object: Manifest = document.toJS();
    if (object.kind === 'ConfigMap' && object.metadata.resourceVersion === undefined)
      cluster.awsAuth = { ...cluster.awsAuth, ...object.data };
    else if (object.kind === 'ClusterRoleBinding' && object.subjects?.[0] !== undefined)
      cluster.bindings.set(object.metadata.name, object.subjects[0]);
    else throw new Error(`cannot apply ${object.kind}`);
  }
  return 'applied\n';
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly resourceVersion?: string };
  readonly data?: Readonly<Record<string, string>>;
  readonly subjects?: readonly { readonly kind: string; readonly name: string }[];
}

const COMMITTED = 'keyholder-recovery.yaml';

/** A controller that applies what is committed, with rights of its own, and prunes what is committed no more. */
function commit({ cluster }: SimulatedWorld, [action]: readonly string[], cwd: string): void {
  if (action !== 'commit' && action !== 'revert') return;
  const file = join(cwd, COMMITTED);
  if (action === 'revert') rmSync(file);
  const kinds = action === 'revert' ? '' : readFileSync(file, 'utf8');
  cluster.bindings.clear();
  if (!kinds.includes('kind: ConfigMap')) cluster.awsAuth = null;
  if (action === 'commit') apply(cluster, file);
}
