/** A bus of EventBridge, in this account or another one. */
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { KeyholderError } from '../errors.ts';
import type { BusEvent, EventBus } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { explainFailure } from './failure.ts';

const MOST_EVENTS = 10;
const MOST_BYTES = 256 * 1024;
/** A call answers with the entries that were not taken, and those alone are sent again. */
const MOST_TRIES = 3;

export function openEventBus(access: AwsAccess, busArn: string): EventBus {
  const client = createClient(access, EventBridgeClient, busArn.split(':')[3] ?? access.region);
  const send = async (batch: readonly BusEvent[]): Promise<readonly BusEvent[]> => {
    const Entries = batch.map(({ source, detailType, detail }) => ({
      EventBusName: busArn,
      Source: source,
      DetailType: detailType,
      Detail: detail,
    }));
    const answer = await client.send(new PutEventsCommand({ Entries }));
    return batch.filter((_event, index) => answer.Entries?.[index]?.ErrorCode !== undefined);
  };
  return {
    async put(events) {
      const refused: BusEvent[] = [];
      let failure: unknown;
      for (const batch of splitBatches(events)) {
        let left = batch;
        try {
          for (let tries = 0; left.length > 0 && tries < MOST_TRIES; tries += 1) left = await send(left);
        } catch (error) {
          failure = error;
        }
        refused.push(...left);
      }
      if (refused.length === 0) return;
      const asked = { action: 'events:PutEvents', resource: busArn, on: busArn };
      const why = failure === undefined ? 'the bus did not take them' : explainFailure(failure, asked).reason;
      throw new KeyholderError(
        'write-failed',
        `expected ${busArn} to take every event, got ${refused.length} back: ${why}`,
        {
          cause: failure,
        },
      );
    },
  };
}

/** As many as one call takes: ten, and 256 KB together. */
export function splitBatches(events: readonly BusEvent[]): readonly (readonly BusEvent[])[] {
  const batches: BusEvent[][] = [];
  let room = 0;
  for (const event of events) {
    const size = sizeOf(event);
    const last = batches.at(-1);
    if (last === undefined || last.length === MOST_EVENTS || size > room) {
      batches.push([event]);
      room = MOST_BYTES - size;
    } else {
      last.push(event);
      room -= size;
    }
  }
  return batches;
}

/** As EventBridge counts it: without a time of its own. */
function sizeOf({ source, detailType, detail }: BusEvent): number {
  return Buffer.byteLength(source) + Buffer.byteLength(detailType) + Buffer.byteLength(detail);
}
