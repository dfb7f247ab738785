/** One moment into the form that its place on the wire asks for. */
import type { Member, Shape, TimestampFormat } from './model.ts';

/** A moment is ISO text, as evidence holds it, or epoch seconds. */
export function renderTimestamp(value: unknown, format: TimestampFormat): string | number {
  const at = typeof value === 'number' ? new Date(value * 1000) : new Date(String(value));
  if (format === 'unixTimestamp') return at.getTime() / 1000;
  return format === 'rfc822' ? at.toUTCString() : at.toISOString().replace('.000Z', 'Z');
}

export function timestampFormat(shape: Shape, member: Member | undefined, usual: TimestampFormat): TimestampFormat {
  return member?.timestampFormat ?? shape.timestampFormat ?? usual;
}
