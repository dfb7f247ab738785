/** Rows about the way of alerts, as they are written, into messages about it, and into the proof that they came to this end. */
import type { RowChange } from '../evidence/table-stream.ts';
import { canaryKey, HEARD_PREFIX, PATH_PARTITION, TOLD_PREFIX, testPartition } from '../findings/path-rows.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import type { Message } from '../message-port.ts';
import type { RememberedCanary } from '../model/alert-path.ts';
import { type PathNews, renderPathAlert, renderPathChat, renderPathMachine } from '../reports/path-message.ts';
import { CHANNELS, type Channel, type ChannelPorts } from './channels.ts';
import { keepRow } from './remembered-row.ts';
import { type PublishedRows, tellOnce } from './tell-once.ts';

interface ToldNews {
  readonly news: PathNews;
  /** Where it stands that a channel was told. */
  readonly partition: string;
}

const RENDER: Readonly<Record<Channel, (news: PathNews) => Message>> = {
  people: renderPathAlert,
  chat: renderPathChat,
  machines: renderPathMachine,
};

/** Every row is tried, whatever became of the others. */
export async function publishPath(changes: readonly RowChange[], ports: ChannelPorts): Promise<PublishedRows> {
  const sent = { people: 0, chat: 0, machines: 0 };
  const again: string[] = [];
  const failures = new Set<string>();
  for (const change of changes) {
    const canary = unwrapRemembered('canary', change.after);
    const told = findNews(change);
    const tasks = [
      ...(canary === null ? [] : [() => hear(canary, ports)]),
      ...(told === null
        ? []
        : CHANNELS.map((channel) => async () => {
            if (await tell(told, channel, ports)) sent[channel] += 1;
          })),
    ];
    for (const task of tasks) {
      try {
        await task();
      } catch (error) {
        failures.add(error instanceof Error ? error.message : String(error));
        again.push(change.sequenceNumber);
      }
    }
  }
  return { sent, again: [...new Set(again)], failures: [...failures] };
}

function findNews({ before, after }: RowChange): ToldNews | null {
  const test = unwrapRemembered('test', after);
  if (test !== null) {
    if (before !== null) return null;
    const { account, region, at, id } = test;
    const news: PathNews = { kind: 'test', account, region, at, deduplicationId: `test-${id}` };
    return { news, partition: testPartition(test) };
  }
  const letters = unwrapRemembered('dead-letters', after);
  const since = letters?.since ?? null;
  if (letters === null || since === null || unwrapRemembered('dead-letters', before)?.since === since) return null;
  const { account, region } = letters;
  const deduplicationId = `dead-letters-${account}-${region}-${since}`;
  return { news: { kind: 'dead-letters', account, region, at: since, deduplicationId }, partition: PATH_PARTITION };
}

/** A canary that came to this end; its row is no call of this function again. */
async function hear(canary: RememberedCanary, { store, now }: ChannelPorts): Promise<void> {
  const { account, region, rule } = canary;
  const key = canaryKey(HEARD_PREFIX, canary);
  const change = () => ({ account, region, rule, at: now });
  await keepRow(store, { partition: PATH_PARTITION, key, kind: 'canary', change });
}

function tell({ news, partition }: ToldNews, channel: Channel, ports: ChannelPorts): Promise<boolean> {
  const name = news.kind === 'test' ? '' : `${news.deduplicationId}#`;
  const key = `${TOLD_PREFIX}${name}${channel}`;
  return tellOnce({ partition, key, render: () => RENDER[channel](news) }, channel, ports);
}

/** What went out of both, on the same channels. */
export function joinSent(
  one: Pick<PublishedRows, 'sent' | 'failures'>,
  other: Pick<PublishedRows, 'sent' | 'failures'>,
): Pick<PublishedRows, 'sent' | 'failures'> {
  const sent = { people: 0, chat: 0, machines: 0 };
  for (const channel of CHANNELS) sent[channel] = one.sent[channel] + other.sent[channel];
  return { sent, failures: [...one.failures, ...other.failures] };
}
