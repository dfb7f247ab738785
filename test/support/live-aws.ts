/** Live sources over the local AWS, whose files stay in memory: what an adapter writes, and what it says of it. */
import { onTestFinished } from 'vitest';
import { type AwsAccess, createAwsAccess, enterAccount } from '../../shared/aws/access.ts';
import { createLiveSources } from '../../shared/aws/live.ts';
import type { Timer } from '../../shared/aws/pace.ts';
import type { LiveAccess, LiveSources, LogTask } from '../../shared/ports.ts';
import { ESTATE } from './estate.ts';
import type { CallerOptions } from './local-aws/identities.ts';
import { type LocalAws, type LocalAwsOptions, startLocalAws } from './local-aws/local-aws.ts';

export const NOW = '2026-11-21T03:00:00Z';
export const PLACE = { account: '111122223333', region: 'eu-central-1', name: 'payments' };

export interface LiveAws {
  readonly aws: LocalAws;
  readonly access: AwsAccess;
  readonly files: ReadonlyMap<string, string>;
  readonly task: LogTask;
  readonly open: (changes?: Partial<LiveAccess>) => LiveSources;
}

export interface LiveAwsOptions extends Partial<LocalAwsOptions> {
  readonly caller?: Partial<CallerOptions>;
  readonly signal?: AbortSignal;
  readonly requestTimeoutMs?: number;
}

/** Time is told by one clock, which waiting moves on: nothing is waited for. */
export async function openLiveAws(asked: LiveAwsOptions = {}): Promise<LiveAws> {
  const { caller, signal, requestTimeoutMs = 30_000, ...options } = asked;
  const timer = createSharedTimer();
  const clock = (): number => Date.parse(NOW) + timer.nowMs();
  const aws = await startLocalAws({ folder: ESTATE, clock, ...options });
  onTestFinished(aws.close);
  const { account } = PLACE;
  const issued = aws.credentials({ account, ...caller });
  const tools = { credentials: async () => issued, timer, maxAttempts: 2, requestTimeoutMs };
  const base = { region: PLACE.region, endpoint: aws.url, version: '0.1.0' };
  const files = new Map<string, string>();
  return {
    aws,
    access: enterAccount(createAwsAccess({ ...base, ...tools }), { account, partition: 'aws' }),
    files,
    task: {
      sink: { write: async (file, text) => void files.set(file, typeof text === 'string' ? text : await join(text)) },
      signal: signal ?? new AbortController().signal,
      progress: { step: () => undefined, end: () => undefined },
      window: { from: '2026-11-20T03:00:00Z', to: NOW },
    },
    open: (changes = {}) =>
      createLiveSources(
        { ...base, profile: null, roleArn: null, trailBucket: null, maxScanGb: null, now: NOW, ...changes },
        tools,
      ),
  };
}

function createSharedTimer(): Timer {
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
  };
}

async function join(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}
