import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { mapBounded } from '../shared/bounded.ts';
import { openLiveAws } from './support/live-aws.ts';
import { makeFolder } from './support/temp-folder.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-central-1';
const FOLDER = `${ACCOUNT}/${REGION}`;
const NAMES = Array.from({ length: 50 }, (_, number) => `cluster-${String(number).padStart(2, '0')}`);
const PAGE = readFileSync(new URL('../docs/limits.md', import.meta.url), 'utf8');
/** As AWS pages, not as small as the tests of paging have it. */
const PAGES = { default: 100, 'cloudtrail:LookupEvents': 50, 'iam:GetAccountAuthorizationDetails': 1000 };

/** What the example of docs/limits.md says of each cluster: 12 entries, 10 of them STANDARD, and one to three of the rest. */
function describeExample(name: string): Readonly<Record<string, string>> {
  const arn = (role: string): string => `arn:aws:iam::${ACCOUNT}:role/${role}`;
  const many = <T>(length: number, make: (number: number) => T): T[] => Array.from({ length }, (_, at) => make(at));
  const entry = (number: number) => ({
    clusterName: name,
    principalArn: arn(`team-${number}`),
    type: number < 10 ? 'STANDARD' : 'EC2_LINUX',
    createdAt: '2026-03-02T09:19:00+00:00',
    modifiedAt: '2026-03-02T09:19:00+00:00',
    associatedAccessPolicies: [],
  });
  const documents = {
    'describe-cluster': {
      cluster: {
        name,
        arn: `arn:aws:eks:${REGION}:${ACCOUNT}:cluster/${name}`,
        createdAt: '2026-03-02T09:15:00+00:00',
        accessConfig: { authenticationMode: 'API' },
      },
    },
    'access-entries': { accessEntries: many(12, entry) },
    'node-groups': many(2, (at) => ({ nodegroup: { nodegroupName: `group-${at}`, clusterName: name } })),
    'fargate-profiles': many(1, (at) => ({
      fargateProfile: { fargateProfileName: `profile-${at}`, clusterName: name },
    })),
    'pod-identity': many(3, (at) => ({
      association: { associationId: `a-${at}`, clusterName: name, namespace: 'x', serviceAccount: `sa-${at}` },
    })),
    capabilities: many(1, (at) => ({ capability: { capabilityName: `capability-${at}`, clusterName: name } })),
    'identity-providers': many(1, (at) => ({
      identityProviderConfig: { oidc: { identityProviderConfigName: `provider-${at}`, clusterName: name } },
    })),
    'log-group': { logGroups: [{ logGroupName: `/aws/eks/${name}/cluster` }] },
  };
  return Object.fromEntries(
    Object.entries(documents).map(([file, document]) => [`${FOLDER}/${name}/${file}.json`, JSON.stringify(document)]),
  );
}

function exampleFolder(): string {
  const assigned = { accountId: ACCOUNT, principalType: 'GROUP', principalId: 'g-platform' };
  const sets = ['ps-admin', 'ps-read'].map((id) => `arn:aws:sso:::permissionSet/ssoins-0example/${id}`);
  const directory = {
    permissionSets: sets.map((permissionSetArn) => ({ name: permissionSetArn.slice(-5), permissionSetArn })),
    accountAssignments: sets.map((permissionSetArn) => ({ ...assigned, permissionSetArn })),
    users: [{ userId: 'u-alice', userName: 'alice' }],
    groups: [{ groupId: 'g-platform', displayName: 'platform', members: ['u-alice'] }],
  };
  const organization = { Organization: { Id: 'o-example1234' }, Accounts: [{ Id: ACCOUNT, Status: 'ACTIVE' }] };
  const details = { UserDetailList: [], GroupDetailList: [], RoleDetailList: [], Policies: [] };
  return makeFolder({
    ...Object.assign({}, ...NAMES.map(describeExample)),
    [`${ACCOUNT}/iam.json`]: JSON.stringify(details),
    [`${ACCOUNT}/identity-center.json`]: JSON.stringify(directory),
    [`${ACCOUNT}/organization.json`]: JSON.stringify(organization),
    [`${FOLDER}/trails.json`]: JSON.stringify({ trailList: [] }),
    [`${FOLDER}/guardduty.json`]: '[]',
  });
}

/** Rows of the page: `| eks:DescribeCluster | … | 50 |`, in the order of the page. */
function readTable(): Readonly<Record<string, number>> {
  const rows = [...PAGE.matchAll(/^\| `([a-z-]+:[A-Za-z]+)` \|.*\| ([\d,]+) \|$/gm)];
  return Object.fromEntries(rows.map(([, operation = '', count = '']) => [operation, Number(count.replace(',', ''))]));
}

describe('calls of a live run', () => {
  test('for 50 clusters of one region are those of the table in docs/limits.md', async () => {
    const { open, task, aws } = await openLiveAws({ folder: exampleFolder(), pageSizes: PAGES });
    const sources = open();
    const names = await sources.listClusters(ACCOUNT, REGION);
    const places = names.map((name) => ({ account: ACCOUNT, region: REGION, name }));
    const reads = [await sources.readAccount(ACCOUNT, task), await sources.readRegion(ACCOUNT, REGION, task)];

    reads.push(...(await mapBounded(places, 4, (place) => sources.readEks(place, task))));
    reads.push(await sources.readCloudTrail(places, task));

    expect(reads.flatMap(({ coverage }) => coverage).filter(({ status }) => status !== 'complete')).toEqual([]);
    const counted = new Map<string, number>();
    for (const { name } of aws.calls) counted.set(name, (counted.get(name) ?? 0) + 1);
    process.stdout.write(`calls for ${names.length} clusters in one region: ${aws.calls.length}\n`);
    expect(Object.fromEntries([...counted].sort())).toEqual(Object.fromEntries(Object.entries(readTable()).sort()));
  }, 60_000);

  test('for the logs of 50 clusters are those that docs/limits.md counts', async () => {
    const login =
      'time="2026-11-20T08:00:00Z" level=info msg="access granted" arn="arn:aws:iam::111122223333:role/alice" client="127.0.0.1:1" groups="[]" method=POST path=/authenticate uid="aws-iam-authenticator:111122223333:AROAEXAMPLEALICE0001" username=alice';
    const event = JSON.stringify({ auditID: 'a', requestReceivedTimestamp: '2026-11-20T08:00:00Z' });
    const logs = NAMES.flatMap((name) => [
      [`${FOLDER}/${name}/authenticator.log`, login] as const,
      [`${FOLDER}/${name}/audit.ndjson`, event] as const,
    ]);
    const describe = NAMES.map((name) => {
      const group = { logGroupName: `/aws/eks/${name}/cluster` };
      return [`${FOLDER}/${name}/log-group.json`, JSON.stringify({ logGroups: [group] })] as const;
    });
    const folder = makeFolder(Object.fromEntries([...logs, ...describe]));
    const { open, task, aws } = await openLiveAws({ folder, pageSizes: PAGES });
    const places = NAMES.map((name) => ({ account: ACCOUNT, region: REGION, name }));

    const { coverage } = await open().readLogs(places, task);

    const counted = new Map<string, number>();
    for (const { name } of aws.calls) counted.set(name, (counted.get(name) ?? 0) + 1);
    const polls = counted.get('logs:GetQueryResults') ?? 0;
    const [, groups, streams, queries] =
      /Fifty clusters take (\d+) \+ (\d+) \+ (\d+) calls for their logs, and four a poll/.exec(PAGE) ?? [];
    process.stdout.write(
      `calls for the logs of ${places.length} clusters: ${aws.calls.length}, ${polls} of them polls\n`,
    );
    expect(coverage.filter(({ status }) => status !== 'complete')).toEqual([]);
    expect([
      counted.get('logs:DescribeLogGroups'),
      counted.get('logs:DescribeLogStreams'),
      counted.get('logs:StartQuery'),
      polls % 4,
    ]).toEqual([Number(groups), Number(streams), Number(queries), 0]);
  });
});
