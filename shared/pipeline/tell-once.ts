/** A message on one channel, sent unless a row says that it was; the row is written after it. */
import type { Message } from '../message-port.ts';
import type { Channel, ChannelPorts } from './channels.ts';

export interface ToTell {
  /** Where it stands that the channel was told. */
  readonly partition: string;
  readonly key: string;
  readonly render: () => Message;
}

/** What rows of one kind led to. */
export interface PublishedRows {
  readonly sent: Readonly<Record<Channel, number>>;
  /** Sequence numbers of the records to be delivered again. */
  readonly again: readonly string[];
  readonly failures: readonly string[];
}

/** Longer than a record may wait in the stream. */
const KEPT_MS = 14 * 24 * 3_600_000;

/** True when a message went out. A channel where nobody listens is told nothing, and that is written down. */
export async function tellOnce(
  { partition, key, render }: ToTell,
  channel: Channel,
  ports: ChannelPorts,
): Promise<boolean> {
  const { store, now } = ports;
  if ((await store.get(partition, key)) !== null) return false;
  const publisher = ports.channels[channel];
  await publisher?.publish(render());
  const expiresAt = new Date(Date.parse(now) + KEPT_MS).toISOString();
  await store.put({ partition, key, version: 1, body: { at: now, isSent: publisher !== null }, expiresAt });
  return publisher !== null;
}
