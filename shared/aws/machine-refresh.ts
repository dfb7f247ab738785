/** The nightly state machine, started for a single cluster, as a way to have it read again. */
import { createHash } from 'node:crypto';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { KeyholderError } from '../errors.ts';
import type { Clock, LiveRefresh } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { explainFailure } from './failure.ts';

const SLOT_MS = 10 * 60_000;
const MOST_REASON = 1_000;

/**
 * At most one run a cluster in ten minutes. Where there was one already, it may have read the cluster before what is asked
 * for now: then the run of the next ten minutes is started, which waits for them, and whoever asks until then is content
 * with it.
 */
export function openMachineRefresh(access: AwsAccess, stateMachineArn: string, clock: Clock): LiveRefresh {
  const client = createClient(access, SFNClient, access.region);
  const start = async (name: string, input: Readonly<Record<string, unknown>>): Promise<boolean> => {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
      return true;
    } catch (error) {
      if (error instanceof ExecutionAlreadyExists) return false;
      const { reason } = explainFailure(error, {
        action: 'states:StartExecution',
        resource: stateMachineArn,
        on: String(input.clusters),
      });
      throw new KeyholderError('write-failed', reason, { cause: error });
    }
  };
  return {
    async request(clusterArn, reason) {
      const now = clock.now();
      const slot = Math.floor(Date.parse(now) / SLOT_MS);
      const id = createHash('sha256').update(clusterArn).digest('hex').slice(0, 32);
      // With the moment in it no two inputs are the same: one that is the same would be taken for a repeated call.
      const input = { clusters: [clusterArn], reason: reason.slice(0, MOST_REASON), askedAt: now };
      if (await start(`refresh-${id}-${slot}`, input)) return;
      const startAt = new Date((slot + 1) * SLOT_MS).toISOString();
      await start(`refresh-${id}-${slot + 1}`, { ...input, startAt });
    },
  };
}
