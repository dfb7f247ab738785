/** Live sources that make the calls which docs/limits.md counts, in a model of AWS, and write evidence of the least size. */
import { CLUSTER_EVENTS, IAM_EVENTS } from '../shared/aws/cloudtrail-events.ts';
import { mapBounded } from '../shared/bounded.ts';
import type { Source } from '../shared/model/coverage.ts';
import type { ClusterPlace, LiveRead, LiveSources, LiveTask, LogTask } from '../shared/ports.ts';

const NOTHING: LiveRead = { coverage: [], queries: [], mends: [] };
/** As the adapters do. */
const ENTRIES_AT_ONCE = 4;
const GROUPS_AT_ONCE = 5;
const ENTRIES = 12;
/** What a query takes is in nobody's limits; a night of a cluster's log takes seconds. */
const QUERY_MS = 3_000;

export interface ModelledCalls {
  readonly call: (place: { readonly account: string; readonly region: string }, action: string) => Promise<void>;
  readonly sleep: (ms: number) => Promise<void>;
  readonly clustersOf: (account: string, region: string) => readonly string[];
}

const HOME_REGION = 'us-east-1';

interface Model extends ModelledCalls {
  readonly account: string;
  readonly each: (place: Place, actions: readonly string[]) => Promise<void>;
}

type Place = Pick<ClusterPlace, 'account' | 'region'>;

export function openModelledSources(account: string, calls: ModelledCalls): LiveSources {
  const each: Model['each'] = async (place, actions) => {
    for (const action of actions) await calls.call(place, action);
  };
  const model: Model = { ...calls, account, each };
  return {
    readCaller: async () => {
      await each({ account, region: HOME_REGION }, ['sts:AssumeRole', 'sts:GetCallerIdentity']);
      const arn = `arn:aws:sts::${account}:assumed-role/keyholder-audit/keyholder`;
      return { arn, account, userId: 'AROAEXAMPLE:keyholder' };
    },
    listClusters: async (_, region) => {
      await calls.call({ account, region }, 'eks:ListClusters');
      return calls.clustersOf(account, region);
    },
    readAccount: async (_, task) => {
      await each({ account, region: HOME_REGION }, ['iam:GetAccountAuthorizationDetails', 'sso:ListInstances']);
      const iam = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [role(account)], Policies: [] };
      await write(task, `${account}/iam.json`, iam);
      return NOTHING;
    },
    readRegion: async (_, region, task) => {
      await each({ account, region }, ['cloudtrail:DescribeTrails', 'guardduty:ListDetectors']);
      await write(task, `${account}/${region}/trails.json`, { trailList: [] });
      await write(task, `${account}/${region}/guardduty.json`, []);
      return NOTHING;
    },
    readLogs: (clusters, task) => readLogs(model, clusters, task),
    readCloudTrail: (clusters, task) => readCloudTrail(model, clusters, task),
    readEks: (place, task) => readEks(model, place, task),
    readKubernetes: async (place, task) => {
      await each(place, ['kubernetes:ListClusterRoles', 'kubernetes:ListBindings', 'kubernetes:GetAwsAuth']);
      await write(task, `${folderOf(place)}/rbac.json`, { apiVersion: 'v1', kind: 'List', items: [] });
      return NOTHING;
    },
  };
}

/** Both logs at once, each with one query after the other. */
async function readLogs({ call, sleep }: Model, clusters: readonly ClusterPlace[], task: LogTask): Promise<LiveRead> {
  const [first] = clusters;
  if (first === undefined) return NOTHING;
  await mapBounded(clusters, GROUPS_AT_ONCE, (place) => call(place, 'logs:DescribeLogGroups'));
  const readLog = async (): Promise<void> => {
    await mapBounded(clusters, GROUPS_AT_ONCE, (place) => call(place, 'logs:DescribeLogStreams'));
    for (let query = 0; query < 2; query += 1) {
      await call(first, 'logs:StartQuery');
      await sleep(QUERY_MS);
      await call(first, 'logs:GetQueryResults');
    }
  };
  await Promise.all([readLog(), readLog()]);
  for (const place of clusters) {
    for (const name of ['authenticator.log', 'audit.ndjson']) await task.sink.write(`${folderOf(place)}/${name}`, '');
  }
  return coverAll(['authenticator-log', 'audit-log'], first, task);
}

async function readCloudTrail(
  { account, each }: Model,
  [first]: readonly ClusterPlace[],
  task: LogTask,
): Promise<LiveRead> {
  if (first === undefined) return NOTHING;
  const isAsked = (name: string): boolean => task.calls?.includes(name) ?? true;
  const lookups = CLUSTER_EVENTS.filter(isAsked).map(() => 'cloudtrail:LookupEvents');
  const iamEvents = task.includesIam === false ? [] : IAM_EVENTS.filter(isAsked);
  const ofIam = iamEvents.map(() => 'cloudtrail:LookupEvents');
  await Promise.all([each(first, lookups), each({ account, region: HOME_REGION }, ofIam)]);
  await write(task, `${account}/cloudtrail/${first.region}.json`, { Records: [] });
  return coverAll(['cloudtrail'], first, task);
}

async function readEks({ call, each }: Model, place: ClusterPlace, task: LiveTask): Promise<LiveRead> {
  const [described, ...others] = documentsOf(place);
  await call(place, 'eks:DescribeCluster');
  await writeDocument(place, described, task);
  await call(place, 'eks:ListAccessEntries');
  await mapBounded(listEntryCalls(), ENTRIES_AT_ONCE, (action) => call(place, action));
  await each(place, OTHER_CALLS);
  for (const document of others) await writeDocument(place, document, task);
  return NOTHING;
}

function writeDocument(place: ClusterPlace, [file, value]: Document, task: LiveTask): Promise<void> {
  return write(task, `${folderOf(place)}/${file}.json`, value);
}

function write({ sink }: LiveTask, file: string, value: unknown): Promise<void> {
  return sink.write(file, JSON.stringify(value));
}

function listEntryCalls(): readonly string[] {
  const described = Array.from({ length: ENTRIES }, () => 'eks:DescribeAccessEntry');
  return [...described, ...described.slice(2).map(() => 'eks:ListAssociatedAccessPolicies')];
}

/** Two node groups, a Fargate profile, three associations, a capability and a provider: 37 calls of EKS with those above. */
const OTHER_CALLS: readonly string[] = [
  ...['eks:ListNodegroups', 'eks:DescribeNodegroup', 'eks:DescribeNodegroup'],
  ...['eks:ListFargateProfiles', 'eks:DescribeFargateProfile', 'eks:ListPodIdentityAssociations'],
  ...Array.from({ length: 3 }, () => 'eks:DescribePodIdentityAssociation'),
  ...['eks:ListCapabilities', 'eks:DescribeCapability'],
  ...['eks:ListIdentityProviderConfigs', 'eks:DescribeIdentityProviderConfig'],
];

type Document = readonly [file: string, value: unknown];

function documentsOf({ account, region, name }: ClusterPlace): readonly [Document, ...Document[]] {
  const cluster = {
    name,
    arn: `arn:aws:eks:${region}:${account}:cluster/${name}`,
    createdAt: '2026-03-02T09:15:00+00:00',
    version: '1.33',
    accessConfig: { authenticationMode: 'API' },
    logging: { clusterLogging: [{ types: ['audit', 'authenticator'], enabled: true }] },
  };
  const entry = { clusterName: name, principalArn: role(account).Arn, type: 'STANDARD', username: 'admin' };
  return [
    ['describe-cluster', { cluster }],
    ['access-entries', { accessEntries: [{ ...entry, kubernetesGroups: [], associatedAccessPolicies: [] }] }],
    ...['node-groups', 'fargate-profiles', 'pod-identity', 'capabilities', 'identity-providers'].map(
      (file) => [file, []] as const,
    ),
    ['log-group', { logGroups: [{ logGroupName: `/aws/eks/${name}/cluster` }] }],
  ];
}

function role(account: string) {
  return {
    RoleName: 'admin',
    Path: '/',
    Arn: `arn:aws:iam::${account}:role/admin`,
    RoleId: 'AROAEXAMPLEADMINS0001',
    CreateDate: '2025-12-01T00:00:00Z',
    AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
    RolePolicyList: [],
    AttachedManagedPolicies: [],
    InstanceProfileList: [],
  };
}

function coverAll(sources: readonly Source[], place: ClusterPlace | undefined, { window }: LogTask): LiveRead {
  const { account = null, region = null } = place ?? {};
  const row = { account, region, cluster: null, part: null, status: 'complete', window, reason: null } as const;
  return { coverage: sources.map((source) => ({ source, ...row })), queries: [], mends: [] };
}

function folderOf({ account, region, name }: ClusterPlace): string {
  return `${account}/${region}/${name}`;
}
