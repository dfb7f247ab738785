import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { splitBatches } from '../../shared/aws/event-bus.ts';
import { parseArrivals } from '../../shared/evidence/happenings.ts';
import { parsePathEvent } from '../../shared/evidence/path-event.ts';
import { forwardLogs } from '../../shared/pipeline/forward-logs.ts';
import type { BusEvent } from '../../shared/ports.ts';
import { clusterRoleBinding } from '../support/alert-estate.ts';
import { auditLine } from '../support/cloudtrail-events.ts';

const at = '2026-11-21T08:00:00Z';
const GROUP = '/aws/eks/payments/cluster';
const REGION = 'eu-west-1';

function payload(messages: readonly string[], more: Readonly<Record<string, unknown>> = {}) {
  const logEvents = messages.map((message, index) => ({ id: `log-${index}`, timestamp: Date.parse(at), message }));
  const body = {
    messageType: 'DATA_MESSAGE',
    owner: '111122223333',
    logGroup: GROUP,
    logStream: 'kube-apiserver-audit-0',
    logEvents,
    ...more,
  };
  return { awslogs: { data: gzipSync(JSON.stringify(body)).toString('base64') } };
}

function collector() {
  const events: BusEvent[] = [];
  return { events, put: async (more: readonly BusEvent[]) => void events.push(...more) };
}

const binding = (name: string, metadata: Readonly<Record<string, unknown>> = {}) => {
  const body = clusterRoleBinding(name, 'cluster-admin', [['User', 'mallory']]);
  return JSON.stringify(
    auditLine({
      verb: 'create',
      at,
      resource: 'clusterrolebindings',
      name,
      body: { ...body, metadata: { ...body.metadata, ...metadata } },
    }),
  );
};

describe('forwardLogs', () => {
  test('sends the canary of the log function when it is asked for, and reads it as one', async () => {
    const bus = collector();
    const outcome = await forwardLogs({ keyholder: 'canary' }, bus, REGION);
    const [event] = bus.events;
    const ofBus = { account: '444455556666', region: 'eu-central-1' };

    expect(outcome).toEqual({ forwarded: 1, passed: 0 });
    expect(parsePathEvent({ ...ofBus, source: event?.source, detail: JSON.parse(event?.detail ?? '') })).toEqual({
      account: '444455556666',
      region: REGION,
      kind: 'canary',
      rule: 'log-batch',
    });
    await expect(forwardLogs({ keyholder: 'test' }, bus, REGION)).rejects.toThrow(
      'expected the payload of a log subscription',
    );
  });

  test('answers a test that a rule hands to it, and passes what is marked as one and is none', async () => {
    const bus = collector();
    const test = '8a4c1b5e-0f6e-4d53-9a3c-2f1f6f0c7b10';
    const detail = { eventSource: 'keyholder-alert-on-log-batch', eventName: 'KeyholderTest', purpose: 'test', test };
    const event = { source: 'keyholder.test', account: '444455556666', region: REGION, detail };

    expect(await forwardLogs(event, bus, REGION)).toEqual({ forwarded: 1, passed: 0 });
    expect(JSON.parse(bus.events[0]?.detail ?? '')).toEqual({ ...detail, region: REGION });
    expect(await forwardLogs({ ...event, detail: { ...detail, purpose: 'canary' } }, bus, REGION)).toEqual({
      forwarded: 0,
      passed: 1,
    });
    expect(bus.events).toHaveLength(1);
  });

  test.each([
    ['that was let through', {}, 0],
    ['that was refused', { code: 403 }, 1],
    ['as somebody else', { more: { impersonatedUser: { username: 'root-of-all', groups: [] } } }, 1],
  ])('passes of dry runs only one %s', async (_what, more, forwarded) => {
    const object = { verb: 'patch', at, resource: 'clusterrolebindings', name: 'team', query: '?dryRun=All' } as const;
    const line = JSON.stringify(auditLine({ ...object, ...more }));

    expect(await forwardLogs(payload([line]), collector(), REGION)).toEqual({ forwarded, passed: 1 - forwarded });
  });

  test('forwards what decides about access, and passes the rest', async () => {
    const bus = collector();
    const ordinary = JSON.stringify(
      auditLine({ verb: 'create', at, resource: 'configmaps', name: 'coredns', namespace: 'kube-system' }),
    );
    const denied =
      'time="2026-11-21T08:00:00Z" level=warning msg="access denied" arn="arn:aws:iam::111122223333:role/a" error="ARN is not mapped"';

    expect(await forwardLogs(payload([binding('a'), ordinary, denied]), bus, REGION)).toEqual({
      forwarded: 2,
      passed: 1,
    });
    expect(bus.events).toHaveLength(1);
  });

  test('sends what the home account reads as the record that it was', async () => {
    const bus = collector();
    await forwardLogs(payload([binding('a')]), bus, REGION);
    const [event] = bus.events;

    const { arrivals, skipped } = parseArrivals({
      id: '1',
      source: event?.source,
      account: '111122223333',
      region: 'eu-west-1',
      time: at,
      detail: JSON.parse(event?.detail ?? ''),
    });

    expect(skipped).toEqual([]);
    expect(arrivals).toMatchObject([
      {
        clusterArn: 'arn:aws:eks:eu-west-1:111122223333:cluster/payments',
        at,
        record: {
          verb: 'create',
          written: { kind: 'binding', binding: { name: 'a', subjects: [{ name: 'mallory' }] } },
        },
      },
    ]);
  });

  test('leaves out who manages which field, and marks what is still too large', async () => {
    const bus = collector();
    const managed = binding('managed', { managedFields: [{ text: 'x'.repeat(200_000) }] });
    const large = binding('large', { labels: { text: 'x'.repeat(200_000) } });

    await forwardLogs(payload([managed, large]), bus, REGION);

    const messages = bus.events.flatMap(({ detail }) =>
      JSON.parse(detail).logEvents.map((one: { message: string }) => JSON.parse(one.message)),
    );
    expect(messages).toMatchObject([
      { responseObject: { metadata: { name: 'managed' } } },
      { objectRef: { name: 'large' }, annotations: { 'audit.k8s.io/truncated': 'true' } },
    ]);
    expect(messages[1]).not.toHaveProperty('responseObject');
  });

  test('sends nothing that is too large for the bus, whatever a client writes into its request', async () => {
    const bus = collector();
    const message = binding('long').replace('"requestURI":"', `"requestURI":"${'€'.repeat(200_000)}`);

    expect(await forwardLogs(payload([binding('a'), message, binding('b')]), bus, REGION)).toEqual({
      forwarded: 3,
      passed: 0,
    });

    const sizes = bus.events.map(({ detail }) => Buffer.byteLength(detail));
    expect(Math.max(...sizes)).toBeGreaterThan(100_000);
    expect(Math.max(...sizes)).toBeLessThan(256 * 1024);
  });

  test('ignores the message that a subscription stands', async () => {
    const bus = collector();

    expect(await forwardLogs(payload([], { messageType: 'CONTROL_MESSAGE' }), bus, REGION)).toEqual({
      forwarded: 0,
      passed: 0,
    });
    expect(bus.events).toEqual([]);
  });

  test.each([[{}], [{ awslogs: { data: 'no gzip' } }], [null]])('says what it expected of %j', async (event) => {
    await expect(forwardLogs(event, collector(), REGION)).rejects.toThrow('expected the payload of a log subscription');
  });
});

describe('splitBatches', () => {
  const event = (detail: string): BusEvent => ({ source: 'keyholder.logs', detailType: 'x', detail });

  test('puts ten events into a call at most', () => {
    expect(splitBatches(Array.from({ length: 23 }, () => event('{}'))).map(({ length }) => length)).toEqual([
      10, 10, 3,
    ]);
  });

  test('puts 256 KB into a call at most', () => {
    const large = event(JSON.stringify('x'.repeat(100_000)));

    expect(splitBatches([large, large, large]).map(({ length }) => length)).toEqual([2, 1]);
  });
});
