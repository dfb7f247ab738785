import { describe, expect, test } from 'vitest';
import { KeyholderError } from '../../shared/errors.ts';
import { publishChanges } from '../../shared/pipeline/publish-changes.ts';
import { testAlert } from '../../shared/pipeline/test-alert.ts';
import { type AlertWay, createAlertWay } from '../support/alert-way.ts';

const ACCOUNT = '444455556666';
const CALLER = { arn: `arn:aws:iam::${ACCOUNT}:user/tester`, account: ACCOUNT, userId: 'AIDAEXAMPLE' };
const ID = '8a4c1b5e-0f6e-4d53-9a3c-2f1f6f0c7b10';
const ROLE = `arn:aws:iam::${ACCOUNT}:role/emergency`;
const START_MS = Date.parse('2026-11-21T08:04:00Z');

interface Asked {
  readonly regions?: readonly string[];
  /** Whether publish-changes is called while the test waits. */
  readonly isPublishing?: boolean;
  readonly isSent?: boolean;
  readonly publish?: () => Promise<unknown>;
  readonly listRules?: AlertWay['listRules'];
}

async function ask(way: AlertWay, asked: Asked = {}) {
  const { regions = ['eu-west-1'], isPublishing = true, isSent = true } = asked;
  const { publish = way.publish, listRules = way.listRules } = asked;
  let ms = START_MS;
  let count = 0;
  return testAlert(
    { caller: CALLER, regions, timeoutMs: 60_000 },
    {
      store: way.ports.store,
      openBus: (region) => ({
        put: async (events) => {
          if (isSent) await way.put({ account: ACCOUNT, region }, events);
        },
      }),
      listRules,
      clock: { now: () => new Date(ms).toISOString() },
      wait: async (by) => {
        ms += by;
        if (isPublishing) await publish();
      },
      createId: () => ID.replace(/.$/, String(count++)),
    },
  );
}

const hopsOf = (answer: Awaited<ReturnType<typeof ask>>) =>
  answer.places.map(({ hops }) => hops.map(({ hop, status }) => `${hop} ${status}`));

describe('testAlert', () => {
  test('finds the way open when every rule, and every channel, answered', async () => {
    const way = createAlertWay();
    const answer = await ask(way);

    expect(answer).toMatchObject({ isOpen: true, caller: CALLER.arn });
    expect(hopsOf(answer)).toEqual([
      [
        'default-bus answered',
        'rule-eks answered',
        'rule-logs answered',
        'rule-cloudtrail answered',
        'rule-sts absent',
        'log-function answered',
        'people answered',
        'chat answered',
        'machines answered',
      ],
    ]);
    expect(way.ports.told.people.map(({ subject }) => subject)).toEqual([
      '[test] Keyholder: TEST, nothing happened in 444455556666 eu-west-1',
    ]);
    expect([way.ports.told.chat.length, way.ports.told.machines.length]).toEqual([1, 1]);
  });

  test('asks for the rule of IAM where its calls appear, and for each region by itself', async () => {
    const way = createAlertWay();
    const answer = await ask(way, { regions: ['us-east-1', 'eu-west-1'] });

    expect(hopsOf(answer).map((hops) => hops.includes('rule-iam answered'))).toEqual([true, false]);
    expect(way.ports.told.people).toHaveLength(2);
  });

  test('names the rule that is off, though others sent', async () => {
    const answer = await ask(createAlertWay(['LogCalls']));

    expect(answer.isOpen).toBe(false);
    expect(answer.places[0]).toMatchObject({
      next: 'Of account 444455556666, region eu-west-1 these rules sent nothing, while others did: LogCalls. They are off, changed or gone: deploy resources/member-events.yml there again.',
      pages: ['canaries-missing', 'member-dead-letters'],
    });
    expect(hopsOf(answer)[0]).toContain('rule-logs silent');
  });

  test('asks for the rule of emergencies where roles are named for it', async () => {
    const [answer, broken] = await Promise.all([
      ask(createAlertWay([], { roles: [ROLE] })),
      ask(createAlertWay(['EmergencyCalls'], { roles: [ROLE] })),
    ]);

    expect(answer.isOpen).toBe(true);
    expect(hopsOf(answer)[0]).toContain('rule-sts answered');
    expect(broken.isOpen).toBe(false);
    expect(broken.places[0]?.next).toContain('while others did: EmergencyCalls.');
    expect(broken.places[0]?.hops.find(({ hop }) => hop === 'rule-sts')?.reason).toBe('Its rule is switched off.');
  });

  test('never takes a region without the log function for one whose logs come home', async () => {
    const answer = await ask(createAlertWay([], { gone: ['LogTests'] }));

    expect(answer.isOpen).toBe(false);
    expect(hopsOf(answer)[0]).toContain('log-function absent');
    expect(answer.places[0]?.next).toContain('while others did: LogTests (or its function, LogBatch).');
    expect(answer.places[0]?.hops.find(({ hop }) => hop === 'log-function')?.reason).toBe(
      'Not deployed here: resources/member-events.yml is not deployed there, or is of an earlier version.',
    );
  });

  test('says what it was not allowed to ask, and takes no silence for a pass', async () => {
    const listRules = () => Promise.reject(new KeyholderError('read-failed', 'events:ListRules on region eu: denied'));
    const answer = await ask(createAlertWay(), { listRules });

    expect(answer.isOpen).toBe(false);
    expect(answer.places[0]?.hops.find(({ hop }) => hop === 'rule-sts')).toEqual({
      hop: 'rule-sts',
      status: 'unknown',
      at: null,
      reason: 'Whether it is deployed there could not be asked: events:ListRules on region eu: denied.',
    });
    expect(answer.places[0]?.next).toMatch(/could not be asked, and nothing came by one: allow events:ListRules there/);
    expect((await ask(createAlertWay([], { roles: [ROLE] }), { listRules })).isOpen).toBe(true);
  });

  test('waits for nothing where no rule would send anything', async () => {
    const listRules = async () => [];
    const publish = () => Promise.reject(new Error('waited'));
    const answer = await ask(createAlertWay(), { isSent: false, listRules, publish });

    expect(hopsOf(answer)[0]?.slice(0, 3)).toEqual(['default-bus answered', 'rule-eks absent', 'rule-logs absent']);
    expect(answer.places[0]).toMatchObject({ isOpen: false, pages: expect.arrayContaining(['member-dead-letters']) });
    expect(answer.places[0]?.next).toContain('resources/member-events.yml is not deployed there');
  });

  test('says that nothing came home', async () => {
    const answer = await ask(createAlertWay(), { isSent: false });

    expect(answer.places[0]).toMatchObject({
      isOpen: false,
      lastAnswered: 'default-bus',
      pages: ['member-dead-letters', 'event-dead-letters', 'alert-errors'],
    });
  });

  test('says that nobody was told', async () => {
    const answer = await ask(createAlertWay(), { isPublishing: false });

    expect(answer.places[0]).toMatchObject({
      isOpen: false,
      lastAnswered: 'log-function',
      pages: ['tell-waits', 'tell-errors', 'tell-failures'],
    });
  });

  test('names the topic that refuses', async () => {
    const way = createAlertWay();
    const chat = { publish: () => Promise.reject(new Error('denied')) };
    const ports = { ...way.ports, channels: { ...way.ports.channels, chat } };
    const publish = () => publishChanges({ Records: way.ports.store.drain() }, ports);
    const answer = await ask(way, { publish });

    expect(answer.places[0]).toMatchObject({
      isOpen: false,
      next: 'The topic for chat did not take the message, while others did.',
      pages: ['tell-failures'],
    });
  });

  test('says why the bus did not take the events, and waits for nothing', async () => {
    const way = createAlertWay();
    const refuse = () => Promise.reject(new KeyholderError('write-failed', 'events:PutEvents on the bus: denied'));
    const { listRules } = way;
    const clock = { now: () => '2026-11-21T08:04:00Z' };
    const ports = { store: way.ports.store, listRules, clock, createId: () => ID };
    const answer = await testAlert(
      { caller: CALLER, regions: ['eu-west-1'], timeoutMs: 60_000 },
      { ...ports, openBus: () => ({ put: refuse }), wait: () => Promise.reject(new Error('waited')) },
    );

    expect(answer.places[0]).toMatchObject({ isOpen: false, lastAnswered: null, pages: [] });
    expect(answer.places[0]?.hops[0]).toEqual({
      hop: 'default-bus',
      status: 'refused',
      at: null,
      reason: 'events:PutEvents on the bus: denied',
    });
  });

  test('says that an account has used up its tests of the hour', async () => {
    const way = createAlertWay();
    for (let index = 0; index < 20; index += 1) {
      const test = `${String(index).padStart(8, '0')}-0000-4000-8000-000000000000`;
      const detail = { eventSource: 'eks.amazonaws.com', eventName: 'KeyholderTest', purpose: 'test', test };
      await way.bring({ source: 'keyholder.test', account: ACCOUNT, region: 'eu-west-2', detail });
    }
    const answer = await ask(way);

    expect(answer.places[0]?.isOpen).toBe(false);
    expect(answer.places[0]?.next).toMatch(/^20 tests of account 444455556666 were answered within this hour/);
    expect(way.ports.told.people).toHaveLength(20);
  });
});
