/** The sample estate as a live one: a local AWS, API servers beside it, and credentials in the environment. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import { createLiveSources } from '../../shared/aws/live.ts';
import type { OpenLiveSources } from '../../shared/ports.ts';
import { ESTATE, ESTATE_NOW } from './estate.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from './local-aws/local-aws.ts';
import type { LocalKubernetes, LocalKubernetesOptions } from './local-kubernetes/serve.ts';
import { startLocalKubernetes } from './local-kubernetes/server.ts';
import { makeFolder } from './temp-folder.ts';

export interface LiveEstateOptions {
  readonly caller?: Partial<Parameters<LocalAws['credentials']>[0]>;
  readonly kubernetes?: LocalKubernetesOptions;
  readonly aws?: Partial<LocalAwsOptions>;
  /** Changes the folder before it is served. */
  readonly prepare?: (folder: string) => void;
}

export interface LiveEstate {
  readonly aws: LocalAws;
  readonly kubernetes: LocalKubernetes;
  /** The folder that is served. */
  readonly folder: string;
  /** What must be seen nowhere. */
  readonly secrets: readonly string[];
}

/** The clock of the served estate stands still: no second ever passes in which more is allowed. */
const UNLIMITED = Object.fromEntries(
  [
    'cloudtrail:LookupEvents',
    'logs:StartQuery',
    'logs:GetQueryResults',
    'logs:FilterLogEvents',
    'logs:DescribeLogGroups',
    'logs:DescribeLogStreams',
    'logs:DescribeSubscriptionFilters',
  ].map((name) => [name, Number.POSITIVE_INFINITY]),
);

const PAYMENTS = '111122223333/eu-central-1/payments';

/** Paces and pauses pass at once: the pace has tests of its own. */
export const openWithoutPauses: OpenLiveSources = (access) => {
  let nowMs = 0;
  const sleep = async (ms: number): Promise<void> => {
    nowMs += ms;
  };
  return createLiveSources(access, { timer: { nowMs: () => nowMs, sleep } });
};

/** Only payments has an API server that answers. Everything ends with the test. */
export async function startLiveEstate({
  caller,
  kubernetes,
  aws,
  prepare,
}: LiveEstateOptions = {}): Promise<LiveEstate> {
  const folder = makeFolder();
  cpSync(ESTATE, folder, { recursive: true });
  const server = await startLocalKubernetes({ folder: join(folder, PAYMENTS), ...kubernetes });
  const file = join(folder, PAYMENTS, 'describe-cluster.json');
  const described = JSON.parse(readFileSync(file, 'utf8'));
  described.cluster.endpoint = server.endpoint;
  described.cluster.certificateAuthority = { data: Buffer.from(server.ca).toString('base64') };
  writeFileSync(file, JSON.stringify(described));
  prepare?.(folder);
  const local = await startLocalAws({ folder, clock: () => Date.parse(ESTATE_NOW), limits: UNLIMITED, ...aws });
  onTestFinished(async () => {
    await local.close();
    vi.unstubAllEnvs();
  });
  const { accessKeyId, secretAccessKey, sessionToken } = local.credentials({ account: '111122223333', ...caller });
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_ACCESS_KEY_ID', accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', sessionToken);
  return { aws: local, kubernetes: server, folder, secrets: [secretAccessKey, sessionToken] };
}
