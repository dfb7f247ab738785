/** What each channel was told into one text that a person reviews. */
import type { Message } from '../../shared/message-port.ts';
import { CHANNELS, type Channel } from '../../shared/pipeline/channels.ts';

export type Told = Readonly<Record<Channel, readonly Message[]>>;

export function writeTold(told: Told): string {
  return CHANNELS.flatMap((channel) => told[channel].map((message) => writeMessage(channel, message))).join('\n');
}

function writeMessage(channel: Channel, { subject, text, attributes }: Message): string {
  const named = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = named.map(([name, value]) => `${name}: ${value}`);
  const body = channel === 'people' ? text.trimEnd() : JSON.stringify(JSON.parse(text), null, 2);
  return [`==== ${channel} ====`, subject, ...lines, '', body, ''].join('\n');
}

/** Of test/fixtures/told-ways. */
export function nameFixture(way: string): string {
  return `${way.toLowerCase().replace(/[^a-z0-9]+/g, '-')}.txt`;
}
