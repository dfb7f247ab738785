/** Notices into messages on every channel, each change once: a row says that it was told, after it was. */
import { foldByCause, nameChange } from '../findings/telling.ts';
import type { Message, Publisher } from '../message-port.ts';
import type { Notice, Telling } from '../model/notice.ts';
import type { FindingStore } from '../ports.ts';
import { renderAlert } from '../reports/alert-message.ts';
import { renderChat } from '../reports/chat-message.ts';
import { renderMachine } from '../reports/machine-message.ts';

export const CHANNELS = ['people', 'chat', 'machines'] as const;
export type Channel = (typeof CHANNELS)[number];

export interface ChannelPorts {
  readonly store: FindingStore;
  /** null: nobody listens there. */
  readonly channels: Readonly<Record<Channel, Publisher | null>>;
  /** ISO. */
  readonly now: string;
}

export interface Sent {
  readonly sent: Readonly<Record<Channel, number>>;
  /** By nameChange: those that at least one channel was not told. */
  readonly failed: ReadonlySet<string>;
  readonly failures: readonly string[];
}

const RENDER: Readonly<Record<Channel, (telling: Telling) => Message>> = {
  people: renderAlert,
  chat: renderChat,
  machines: renderMachine,
};

/** Longer than a record may wait in the stream. */
const KEPT_MS = 14 * 24 * 3_600_000;

/** Every channel and every message is tried, whatever became of the others. */
export async function sendToChannels(notices: readonly Notice[], ports: ChannelPorts): Promise<Sent> {
  const sent = { people: 0, chat: 0, machines: 0 };
  const failed = new Set<string>();
  const failures = new Set<string>();
  const tellings = foldByCause(notices);
  for (const channel of CHANNELS) {
    const publisher = ports.channels[channel];
    if (publisher === null) continue;
    for (const telling of tellings) {
      try {
        if (await isTold(telling, channel, ports.store)) continue;
        await publisher.publish(RENDER[channel](telling));
        sent[channel] += 1;
        await markTold(telling, channel, ports);
      } catch (error) {
        failures.add(error instanceof Error ? error.message : String(error));
        for (const { finding } of listNotices(telling)) failed.add(nameChange(finding));
      }
    }
  }
  return { sent, failed, failures: [...failures] };
}

/** Whole or not at all: a message of which a part was told goes out once more as it was, under the same id. */
async function isTold(telling: Telling, channel: Channel, store: FindingStore): Promise<boolean> {
  for (const notice of listNotices(telling)) {
    const { partition, key } = rowOf(notice, channel);
    if ((await store.get(partition, key)) === null) return false;
  }
  return true;
}

async function markTold(telling: Telling, channel: Channel, { store, now }: ChannelPorts): Promise<void> {
  const expiresAt = new Date(Date.parse(now) + KEPT_MS).toISOString();
  // Those that were overtaken first: after a crash among these rows the message still counts as untold.
  for (const notice of [...telling.overtaken, ...listNotices(telling)]) {
    const body = { deduplicationId: telling.deduplicationId, at: now };
    await store.put({ ...rowOf(notice, channel), version: 1, body, expiresAt });
  }
}

function listNotices({ head, others }: Telling): readonly Notice[] {
  return [head, ...others];
}

function rowOf({ finding }: Notice, channel: Channel): { readonly partition: string; readonly key: string } {
  return { partition: finding.cluster?.arn ?? 'estate', key: `told#${nameChange(finding)}#${channel}` };
}
