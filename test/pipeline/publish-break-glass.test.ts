import { describe, expect, test } from 'vitest';
import { publishChanges } from '../../shared/pipeline/publish-changes.ts';
import { nightOfUse } from '../support/break-glass-night.ts';
import { createChangePorts } from '../support/change-ports.ts';
import { dieAt } from '../support/crashing-changes.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { auditAt } from '../support/remembering.ts';

const KIND = 'break-glass-report';

async function recordsOfNight() {
  const ports = createChangePorts();
  await auditAt(ports.store, '2026-11-21T03:00:00Z', nightOfUse());
  return ports.store.drain();
}

const count = (ports: ReturnType<typeof createChangePorts>, channel: 'people' | 'chat' | 'machines') =>
  ports.told[channel].filter(({ attributes }) => attributes.kind === KIND).length;

describe('publishBreakGlass', () => {
  test('tells the report of a night once on each channel, however often the stream delivers it', async () => {
    const ports = createChangePorts();
    const records = await recordsOfNight();
    const first = await publishChanges({ Records: records }, ports);
    await publishChanges({ Records: records }, ports);

    expect(first.batchItemFailures).toEqual([]);
    expect([count(ports, 'people'), count(ports, 'chat'), count(ports, 'machines')]).toEqual([1, 1, 1]);
    expect(ports.told.people.at(-1)?.text.split('\n')[0]).toBe(
      'payments: break-glass session over: role/emergency, from 192.0.2.10, for 30 minutes, 20 Nov 2026 22:01 UTC to 20 Nov 2026 22:31 UTC.',
    );
  });

  test('tells it at least once wherever the process dies, always under one id', async () => {
    const records = await recordsOfNight();
    const whole = dieAt(createChangePorts(), 0);
    await publishChanges({ Records: records }, whole.ports);
    expect(whole.moments()).toBeGreaterThan(10);

    for (let at = 1; at <= whole.moments(); at += 1) {
      const ports = createChangePorts();
      const store = createMemoryStore();
      await publishChanges({ Records: records }, dieAt({ ...ports, store }, at).ports).catch(() => null);
      await publishChanges({ Records: records }, { ...ports, store });

      const told = Object.values(ports.told)
        .flat()
        .filter(({ attributes }) => attributes.kind === KIND);
      expect(new Set(told.map(({ attributes }) => attributes.deduplicationId)).size, `died at ${at}`).toBe(1);
      expect(told.length, `died at ${at}`).toBeGreaterThanOrEqual(3);
      expect(told.length, `died at ${at}`).toBeLessThanOrEqual(4);
    }
  });

  test('asks for the record again when a channel refuses, and tells the others', async () => {
    const ports = createChangePorts();
    const records = await recordsOfNight();
    const refuse = { publish: () => Promise.reject(new Error('throttled')) };
    const first = await publishChanges(
      { Records: records },
      { ...ports, channels: { ...ports.channels, chat: refuse } },
    );

    expect(first).toMatchObject({ sent: { people: 1, chat: 0, machines: 1 }, failures: ['throttled'] });
    expect(first.batchItemFailures.length).toBe(1);
  });
});
