import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { ESTATE } from '../support/estate.ts';
import { readFolderLive } from '../support/folder-sources.ts';
import { type LocalAws, startLocalAws } from '../support/local-aws/local-aws.ts';
import type { LocalKubernetesOptions } from '../support/local-kubernetes/serve.ts';
import { startLocalKubernetes } from '../support/local-kubernetes/server.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

const DESCRIBE = '111122223333/eu-central-1/payments/describe-cluster.json';
const TWO_PERMISSIONS = ['sts:GetCallerIdentity', 'eks:DescribeCluster'];

beforeEach(() => vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true'));
afterEach(() => vi.unstubAllEnvs());

interface Place {
  readonly kubernetes?: LocalKubernetesOptions;
  readonly caller?: Partial<Parameters<LocalAws['credentials']>[0]>;
  readonly latencyMs?: number;
  /** Of the cluster, as DescribeCluster gives it. */
  readonly endpoint?: string;
}

/** The sample estate served by a local AWS, the API server of its cluster payments beside it. */
async function serve({ kubernetes = {}, caller = {}, latencyMs = 0, endpoint }: Place) {
  const folder = makeFolder();
  cpSync(ESTATE, folder, { recursive: true });
  const server = await startLocalKubernetes({ delayMs: latencyMs, ...kubernetes });
  const described = JSON.parse(readFileSync(join(folder, DESCRIBE), 'utf8'));
  described.cluster.endpoint = endpoint ?? server.endpoint;
  described.cluster.certificateAuthority = { data: Buffer.from(server.ca).toString('base64') };
  writeFileSync(join(folder, DESCRIBE), JSON.stringify(described));
  const aws = await startLocalAws({ folder, latencyMs });
  onTestFinished(() => aws.close());
  const { accessKeyId, secretAccessKey, sessionToken } = aws.credentials({
    account: '111122223333',
    allow: TWO_PERMISSIONS,
    ...caller,
  });
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', sessionToken);
  return { aws, server, secrets: [secretAccessKey, sessionToken] };
}

async function ask(aws: LocalAws, args: readonly string[], kubeconfig: readonly string[] = []) {
  const world = recordWorld({ aws: { endpoint: aws.url, region: 'eu-central-1', kubeconfig } });
  const exitCode = await runKeyholder([...args, '--now', '2026-11-21T03:00:00Z'], world);
  return { exitCode, out: world.out(), err: world.err() };
}

describe('keyholder recover and explain without evidence', () => {
  it.each(['recover', 'explain'])(
    '%s answers within 10 seconds, with two permissions and 100 ms a call',
    async (command) => {
      const { aws, server, secrets } = await serve({ latencyMs: 100, kubernetes: { answers: { '*': 401 } } });

      const begun = performance.now();
      const { exitCode, out, err } = await ask(aws, [command, '--cluster', 'payments']);
      const seconds = (performance.now() - begun) / 1000;

      expect([exitCode, err]).toEqual([0, '']);
      expect(out.split('\n')[0]).toBe('It is you: the cluster does not know you.');
      expect(seconds).toBeLessThan(10);
      expect(new Set(aws.calls.map(({ name }) => name))).toEqual(new Set(TWO_PERMISSIONS));
      expect(server.requests).toHaveLength(1);
      for (const secret of [...secrets, server.requests[0]?.token ?? 'no token']) expect(out).not.toContain(secret);
    },
  );

  it.each<[string, Place, string]>([
    ['works', {}, 'works'],
    ['mapped without rights', { kubernetes: { isAdmin: false } }, 'mapped-without-rights'],
    ['an expired login', { caller: { isExpired: true } }, 'expired-login'],
    ['a closed endpoint', { endpoint: 'https://localhost:1' }, 'unreachable'],
    ['another account', { caller: { account: '444455556666' } }, 'not-found'],
    ['a description that is denied', { caller: { deny: ['eks:*'] } }, 'not-known'],
  ])('tells %s', async (_, place, id) => {
    const { aws } = await serve(place);

    const { out } = await ask(aws, ['recover', '--cluster', 'payments', '--format', 'json']);

    expect(JSON.parse(out)).toMatchObject({ id, cluster: 'payments' });
    expect(listAnswerErrors('first-answer', JSON.parse(out))).toEqual([]);
  });

  it('asks the server of the kubeconfig where EKS does not describe the cluster', async () => {
    const { aws, server } = await serve({ caller: { deny: ['eks:*'] }, kubernetes: { answers: { '*': 401 } } });
    const cluster = {
      server: server.endpoint,
      'certificate-authority-data': Buffer.from(server.ca).toString('base64'),
    };
    const file = join(
      makeFolder({
        config: JSON.stringify({
          clusters: [{ name: 'c', cluster }],
          contexts: [{ name: 'p', context: { cluster: 'c', user: 'u' } }],
          users: [
            { name: 'u', user: { exec: { command: 'aws', args: ['eks', 'get-token', '--cluster-name', 'payments'] } } },
          ],
        }),
      }),
      'config',
    );

    const { out } = await ask(aws, ['explain', '--cluster', 'payments', '--format', 'json'], [file, '/nowhere/config']);

    expect(JSON.parse(out)).toMatchObject({
      id: 'not-mapped',
      differences: ['kubectl: the current context is another one than p.'],
    });
  });

  it('names the identity that kubectl comes as, where it is another one than the shell', async () => {
    const { aws, server } = await serve({ kubernetes: { answers: { '*': 401 } } });
    const arn = 'arn:aws:sts::111122223333:assumed-role/pipeline/ci';
    const other = aws.credentials({ account: '111122223333', arn });
    const keys = `aws_access_key_id = ${other.accessKeyId}\naws_secret_access_key = ${other.secretAccessKey}`;
    const dir = makeFolder({
      credentials: `[ci]\n${keys}\naws_session_token = ${other.sessionToken}\n`,
      config: JSON.stringify({
        'current-context': 'p',
        clusters: [{ name: 'c', cluster: { server: server.endpoint } }],
        contexts: [{ name: 'p', context: { cluster: 'c', user: 'u' } }],
        users: [
          {
            name: 'u',
            user: {
              exec: {
                command: 'aws',
                args: ['--region', 'eu-central-1', 'eks', 'get-token', '--cluster-name', 'payments'],
                env: [{ name: 'AWS_PROFILE', value: 'ci' }],
              },
            },
          },
        ],
      }),
    });
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(dir, 'credentials'));
    vi.stubEnv('AWS_CONFIG_FILE', join(dir, 'nothing'));

    const { out } = await ask(aws, ['recover', '--cluster', 'payments', '--format', 'json'], [join(dir, 'config')]);

    expect(JSON.parse(out)).toMatchObject({
      id: 'other-identity',
      concerns: 'you',
      differences: [
        `The shell is arn:aws:sts::111122223333:assumed-role/auditor/session; kubectl comes as ${arn} (profile ci).`,
      ],
    });
    expect(out).not.toContain(other.secretAccessKey);
  });

  it('goes on to the whole plan with --refine', async () => {
    const world = recordWorld({ aws: { region: 'eu-central-1' }, openLiveSources: () => readFolderLive(ESTATE) });
    const args = ['recover', '--cluster', 'payments', '--refine', '--now', '2026-11-21T08:00:00Z'];

    const exitCode = await runKeyholder(args, world);

    expect([exitCode, world.err()]).toEqual([0, '']);
    expect(world.out()).toMatch(/^(?:Fine|Degraded|Locked out)/);
    expect(world.out()).toContain('Way 1: ');
  });

  it.each([
    [
      ['--cluster', 'arn:aws:eks:eu-central-1:111122223333:cluster/payments', '--region', 'us-east-1'],
      'expected eu-central-1 for --region, as the ARN of --cluster says, got us-east-1',
    ],
    [
      ['--cluster', 'payments', '--region', 'eu-central-1,us-east-1'],
      'expected one region for --region, got eu-central-1,us-east-1',
    ],
    [
      [
        '--cluster',
        'payments',
        ...['a', 'b'].flatMap((name) => ['--role-arn', `arn:aws:iam::111122223333:role/${name}`]),
      ],
      'expected one role for --role-arn, got 2',
    ],
  ])('looks at one cluster in one place, and refuses %j', async (flags, message) => {
    const world = recordWorld();

    expect(await runKeyholder(['recover', ...flags], world)).toBe(2);
    expect(world.err()).toBe(`keyholder: ${message}\n`);
  });

  it('says that there is no login', async () => {
    const { aws } = await serve({});
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN']) vi.stubEnv(name, '');
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere/credentials');
    vi.stubEnv('AWS_CONFIG_FILE', '/nowhere/config');

    const { out } = await ask(aws, ['recover', '--cluster', 'payments']);

    expect(out.split('\n')[0]).toBe('It is you: the shell has no login to AWS that works.');
  });
});
