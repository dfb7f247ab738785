/** One live run over the local AWS with one fault in it, and the report that it leads to. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLiveSources } from '../../shared/aws/live.ts';
import type { Timer } from '../../shared/aws/pace.ts';
import type { StatedCoverage } from '../../shared/model/coverage.ts';
import type { Report } from '../../shared/model/report.ts';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { openEvidenceRecorder } from '../../shared/offline/evidence-recorder.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { collectLive } from '../../shared/pipeline/collect-live.ts';
import { ESTATE } from './estate.ts';
import { readFolderLive } from './folder-sources.ts';
import type { CallRecord } from './local-aws/desk.ts';
import type { Injection } from './local-aws/faults.ts';
import { startLocalAws } from './local-aws/local-aws.ts';

const NOW = '2026-11-21T03:00:00Z';
const PLACE = { account: '111122223333', region: 'eu-central-1', cluster: 'payments' };
const WINDOW = { from: '2026-10-01T00:00:00Z', to: NOW };

/** What an earlier run left: the life by which findings are told apart, should EKS not describe the cluster. */
const STATE = {
  creators: [
    {
      clusterArn: 'arn:aws:eks:eu-central-1:111122223333:cluster/payments',
      life: JSON.parse(readFileSync(join(ESTATE, '111122223333/eu-central-1/payments/describe-cluster.json'), 'utf8'))
        .cluster.createdAt,
      principalArn: 'arn:aws:iam::111122223333:role/ci/cluster-pipeline',
      uniqueId: null,
    },
  ],
};

export interface RunOutcome {
  readonly report: Report;
  /** What the recording says of its sources. */
  readonly stated: readonly StatedCoverage[];
  readonly calls: readonly CallRecord[];
  readonly problems: readonly string[];
  /** Queries that nobody waits for, and that go on. */
  readonly leftBehind: number;
  readonly isMet: boolean;
  readonly tookMs: number;
}

export interface RunOptions {
  readonly injection?: Injection;
  /** After which the run is told to stop. */
  readonly deadlineMs: number;
  /** How often a call is made before it counts as failed. */
  readonly maxAttempts?: number;
}

/** The Kubernetes API is read from the folder: what goes wrong here goes wrong with AWS. */
export async function runFaulty({ injection, deadlineMs, maxAttempts = 1 }: RunOptions): Promise<RunOutcome> {
  // Short where an answer is slow on purpose, long where the machine may be.
  const requestTimeoutMs = injection?.fault === 'slow' ? 5_000 : 30_000;
  const timer = createVirtualTimer();
  const clock = (): number => Date.parse(NOW) + timer.nowMs();
  const pageSizes = { default: 10, 'logs:GetQueryResults': 20, 'cloudtrail:LookupEvents': 5 };
  const aws = await startLocalAws({
    folder: ESTATE,
    clock,
    pageSizes,
    slowMs: 60_000,
    trail: { bucket: 'example-trail' },
  });
  if (injection !== undefined) aws.inject(injection);
  const dir = mkdtempSync(join(tmpdir(), 'keyholder-walk-'));
  const started = performance.now();
  try {
    await recordRun(dir, {
      url: aws.url,
      credentials: aws.credentials(PLACE),
      timer,
      deadlineMs,
      maxAttempts,
      requestTimeoutMs,
    });
    const tookMs = performance.now() - started;
    const report = auditEvidence(await collectEvidence(openEvidenceFolder(dir)), NOW);
    const { coverage: stated } = JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8'));
    const open = [...aws.queries.values()].filter(({ status }) => status === 'Scheduled' || status === 'Running');
    const { calls, problems } = aws;
    return { report, stated, calls, problems, leftBehind: open.length, isMet: aws.unmet().length === 0, tookMs };
  } finally {
    await aws.close();
    rmSync(dir, { recursive: true, force: true });
  }
}

interface Recording {
  readonly url: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  readonly timer: Timer;
  readonly deadlineMs: number;
  readonly maxAttempts: number;
  readonly requestTimeoutMs: number;
}

async function recordRun(dir: string, { url, credentials, timer, deadlineMs, ...tools }: Recording): Promise<void> {
  const { region, cluster } = PLACE;
  const access = {
    region,
    profile: null,
    roleArn: null,
    endpoint: url,
    trailBucket: 's3://example-trail',
    maxScanGb: null,
    now: NOW,
  };
  const sources = {
    ...createLiveSources(access, { ...tools, timer, credentials: async () => credentials }),
    readKubernetes: readFolderLive(ESTATE).readKubernetes,
  };
  await collectLive([{ name: 'the caller', account: null, open: async () => sources }], {
    sink: await openEvidenceRecorder(dir),
    regions: [region],
    account: null,
    cluster,
    window: WINDOW,
    now: NOW,
    signal: AbortSignal.timeout(deadlineMs),
    progress: { step: () => undefined, end: () => undefined },
    copies: [{ file: 'state.json', text: JSON.stringify(STATE) }],
  });
}

/** Waiting moves the clock on, and lets what came meanwhile be seen. */
function createVirtualTimer(): Timer {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
