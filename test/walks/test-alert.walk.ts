import {
  CreateEventBusCommand,
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { fieldsAt, isFields, readYaml } from '../../scripts/templates.ts';
import { CHANNELS } from '../../shared/pipeline/channels.ts';
import { emergencyPattern } from '../../shared/rules/event-patterns.ts';
import { type AlertStack, startAlertStack } from '../support/alert-stack.ts';
import { callMoto, makeQueue, type Queue } from '../support/moto-calls.ts';
import { recordWorld } from '../support/world.ts';

const REGION = 'eu-central-1';
const TABLE = ['--table', 'keyholder-findings'];
const ASKED = ['test-alert', '--region', REGION, '--timeout', '20s'];

let stack: AlertStack;
let events: EventBridgeClient;
/** In the place of the functions' own queues: moto invokes no function. */
let home: Queue;
let logs: Queue;
let alert: (event: unknown) => Promise<unknown>;
let forward: (event: unknown) => Promise<unknown>;
let publish: (event: unknown) => Promise<unknown>;
let runKeyholder: typeof import('../../cli/run.ts').runKeyholder;

beforeAll(async () => {
  stack = await startAlertStack();
  for (const [name, value] of Object.entries({ ...stack.environment, AWS_REGION: REGION })) vi.stubEnv(name, value);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  events = new EventBridgeClient({ region: REGION, endpoint: urlOf(stack) });
});

afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  events.destroy();
  await stack.close();
});

beforeEach(async () => {
  await stack.empty();
  vi.resetModules();
  alert = (await import('../../functions/alert-on-api-call.ts')).handler;
  forward = (await import('../../functions/alert-on-log-batch.ts')).handler;
  publish = (await import('../../functions/publish-changes.ts')).handler;
  // After the modules were reset: an error is then of the class that the command knows.
  ({ runKeyholder } = await import('../../cli/run.ts'));
  home = await makeQueue(callMoto(urlOf(stack)), 'home');
  logs = await makeQueue(callMoto(urlOf(stack)), 'logs');
  const { EventBusArn = '' } = await events.send(new CreateEventBusCommand({ Name: 'keyholder-prod' }));
  vi.stubEnv('KEYHOLDER_BUS_ARN', EventBusArn);
  await putRules('resources/home-events.yml', { target: home.arn, bus: 'keyholder-prod' });
  await putRules('resources/member-events.yml', { target: EventBusArn, bus: 'default' });
});

function urlOf({ environment }: AlertStack): string {
  return environment.AWS_ENDPOINT_URL ?? '';
}

/** The rules of a template, as CloudFormation would make them outside of us-east-1. */
async function putRules(template: string, { target, bus }: { readonly target: string; readonly bus: string }) {
  const path = new URL(`../../${template}`, import.meta.url).pathname;
  for (const [Name, resource] of Object.entries(fieldsAt(readYaml(path), 'Resources'))) {
    const { EventPattern } = fieldsAt(resource, 'Properties');
    if (!isFields(EventPattern) || Object.hasOwn(fieldsAt(resource), 'Condition')) continue;
    await putRule(Name, { pattern: EventPattern, target: Name === 'LogTests' ? logs.arn : target, bus });
  }
}

async function putRule(
  Rule: string,
  { pattern, target, bus }: { readonly pattern: object; readonly target: string; readonly bus: string },
): Promise<void> {
  const there = { EventBusName: bus };
  await events.send(new PutRuleCommand({ ...there, Name: Rule, EventPattern: JSON.stringify(pattern) }));
  await events.send(new PutTargetsCommand({ ...there, Rule, Targets: [{ Id: 'home', Arn: target }] }));
}

async function deleteRule(Rule: string, EventBusName: string): Promise<void> {
  await events.send(new RemoveTargetsCommand({ Rule, EventBusName, Ids: ['home'] }));
  await events.send(new DeleteRuleCommand({ Name: Rule, EventBusName }));
}

/** What AWS does while a test waits: gives events and records to the functions. */
async function run(...args: readonly string[]) {
  let ms = Date.parse('2026-11-21T08:04:00Z');
  const recorded = recordWorld({ aws: { endpoint: urlOf(stack), region: REGION } });
  const wait = async (by: number): Promise<void> => {
    ms += by;
    // moto tells a queue everything that a bus vouches for but the account, of which it has one.
    const receive = async (queue: Queue) =>
      (await queue.receive()).map((event) => ({ account: '123456789012', ...JSON.parse(event) }));
    for (const event of await receive(logs)) await forward(event);
    for (const event of await receive(home)) await alert(event);
    await publish({ Records: await stack.readStream() });
  };
  const world = { ...recorded, clock: { now: () => new Date(ms).toISOString() }, wait };
  const exitCode = await runKeyholder([...ASKED, ...(args.includes('--table') ? [] : TABLE), ...args], world);
  return { exitCode, out: recorded.out(), err: recorded.err() };
}

function hopsOf(out: string): Readonly<Record<string, string>> {
  const hops: readonly { readonly hop: string; readonly status: string }[] = JSON.parse(out).places[0].hops;
  return Object.fromEntries(hops.map(({ hop, status }) => [hop, status]));
}

async function countTold(): Promise<readonly number[]> {
  const told = await Promise.all(CHANNELS.map((channel) => stack.receive(channel)));
  for (const { subject } of told.flat()) expect(subject).toMatch(/^\[test\] Keyholder: TEST, nothing happened in /);
  return told.map(({ length }) => length);
}

describe('keyholder test-alert', () => {
  test('finds the way open through buses, functions, table, stream and topics, with one message on each', async () => {
    const { exitCode, out, err } = await run();

    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/^Alerts arrive: every hop of \d{12} eu-central-1 that is deployed answered\.\n/);
    expect(await countTold()).toEqual([1, 1, 1]);
  });

  test('comes by the function that forwards logs, and by the rule of emergencies where one stands', async () => {
    const pattern = emergencyPattern(['arn:aws:iam::111122223333:role/emergency']);
    await putRule('EmergencyCalls', { pattern, target: process.env.KEYHOLDER_BUS_ARN ?? '', bus: 'default' });
    const { exitCode, out } = await run('--format', 'json');

    expect(exitCode).toBe(0);
    expect(hopsOf(out)).toMatchObject({ 'rule-sts': 'answered', 'log-function': 'answered' });
  });

  test('says that the function is not deployed where no rule leads to it', async () => {
    await deleteRule('LogTests', 'default');
    const { exitCode, out } = await run('--format', 'json');

    expect(exitCode).toBe(1);
    expect(hopsOf(out)).toMatchObject({ 'rule-eks': 'answered', 'log-function': 'absent' });
    expect(await countTold()).toEqual([1, 1, 1]);
  });

  test('says that the function sends nothing where its bus is another one', async () => {
    const { EventBusArn = '' } = await events.send(new CreateEventBusCommand({ Name: 'other' }));
    vi.stubEnv('KEYHOLDER_BUS_ARN', EventBusArn);
    const { exitCode, out } = await run('--format', 'json');

    expect(exitCode).toBe(1);
    expect(hopsOf(out)).toMatchObject({ 'rule-eks': 'answered', 'log-function': 'silent' });
  });

  test('names the rule that is gone, and tells people all the same', async () => {
    await deleteRule('TrailCalls', 'default');
    const { exitCode, out } = await run('--format', 'json');

    expect(exitCode).toBe(1);
    expect(JSON.parse(out).places[0].next).toContain('while others did: TrailCalls.');
    expect(await countTold()).toEqual([1, 1, 1]);
  });

  test('says that nothing came home where the bus gives nothing to the function', async () => {
    await deleteRule('BusRule', 'keyholder-prod');
    const { exitCode, out } = await run('--format', 'json');

    expect(exitCode).toBe(1);
    expect(JSON.parse(out).places[0]).toMatchObject({
      lastAnswered: 'default-bus',
      pages: ['member-dead-letters', 'event-dead-letters', 'alert-errors'],
    });
    expect(await countTold()).toEqual([0, 0, 0]);
  });

  test('ends with 2 and sends nothing where the table is not there', async () => {
    const { exitCode, err } = await run('--table', 'none');

    expect(exitCode).toBe(2);
    expect(err).toMatch(/^keyholder: dynamodb:GetItem on table none: it is not there/);
    expect(await home.receive()).toEqual([]);
  });
});
