/** The nightly state machine, started for a single cluster, as a way to have it read again. */
import { createHash } from 'node:crypto';
import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { KeyholderError } from '../errors.ts';
import type { Clock, LiveRefresh } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { explainFailure } from './failure.ts';

const TEN_MINUTES_MS = 10 * 60_000;
const MOST_REASON = 1_000;

/** At most one run a cluster in ten minutes: a second one with the name of the first is not started. */
export function openMachineRefresh(access: AwsAccess, stateMachineArn: string, clock: Clock): LiveRefresh {
  const client = createClient(access, SFNClient, access.region);
  return {
    async request(clusterArn, reason) {
      const slot = Math.floor(Date.parse(clock.now()) / TEN_MINUTES_MS);
      const name = `refresh-${createHash('sha256').update(clusterArn).digest('hex').slice(0, 32)}-${slot}`;
      const input = JSON.stringify({ clusters: [clusterArn], reason: reason.slice(0, MOST_REASON) });
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      } catch (error) {
        if (error instanceof ExecutionAlreadyExists) return;
        const failure = explainFailure(error, {
          action: 'states:StartExecution',
          resource: stateMachineArn,
          on: clusterArn,
        });
        throw new KeyholderError('write-failed', failure.reason, { cause: error });
      }
    },
  };
}
