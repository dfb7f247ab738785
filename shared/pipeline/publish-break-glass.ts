/** Rows of reports, as they are written, into messages: each report once to whoever listens. */
import type { RowChange } from '../evidence/table-stream.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import type { Message } from '../message-port.ts';
import type { RememberedEmergency } from '../model/break-glass.ts';
import {
  nameReport,
  renderBreakGlassAlert,
  renderBreakGlassChat,
  renderBreakGlassMachine,
} from '../reports/break-glass-message.ts';
import { CHANNELS, type Channel, type ChannelPorts } from './channels.ts';
import { type PublishedRows, tellOnce } from './tell-once.ts';

const RENDER: Readonly<Record<Channel, (told: RememberedEmergency) => Message>> = {
  people: renderBreakGlassAlert,
  chat: renderBreakGlassChat,
  machines: renderBreakGlassMachine,
};

/** Every channel is tried, whatever became of the others. */
export async function publishBreakGlass(changes: readonly RowChange[], ports: ChannelPorts): Promise<PublishedRows> {
  const sent = { people: 0, chat: 0, machines: 0 };
  const again = new Set<string>();
  const failures = new Set<string>();
  for (const { before, after, partition, sequenceNumber } of changes) {
    const told = unwrapRemembered('break-glass', after);
    if (told === null || told.number <= (unwrapRemembered('break-glass', before)?.number ?? 0)) continue;
    for (const channel of CHANNELS) {
      const key = `told#${nameReport(told)}#${channel}`;
      try {
        if (await tellOnce({ partition, key, render: () => RENDER[channel](told) }, channel, ports)) sent[channel] += 1;
      } catch (error) {
        failures.add(error instanceof Error ? error.message : String(error));
        again.add(sequenceNumber);
      }
    }
  }
  return { sent, again: [...again], failures: [...failures] };
}
