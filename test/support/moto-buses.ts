/** Accounts and regions of moto whose rules are those of the templates, and the home bus that they forward to. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { fieldIn, itemsIn, textIn } from '../../shared/evidence/json-fields.ts';
import { callMoto } from './moto-calls.ts';

export interface MotoPlace {
  readonly account: string;
  readonly region: string;
}

export interface Buses {
  /** Of the home account, for whoever puts events on it. */
  readonly busArn: string;
  /** Puts an event on the default bus of the place; gives what its rules forward, as a bus delivers it. */
  readonly happen: (place: MotoPlace, event: PutEvent) => Promise<readonly unknown[]>;
  /** What came to the target of the home bus, taken out. */
  readonly receive: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export interface PutEvent {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: unknown;
}

interface Rule {
  readonly Type: string;
  readonly Condition?: string;
  readonly Properties: { readonly EventPattern: unknown; readonly EventBusName?: unknown };
}

const HOME: MotoPlace = { account: '123456789012', region: 'eu-central-1' };
const BUS = 'keyholder-prod';

/** A queue stands in for each target that is no bus: moto forgets account and region of what it sends to another bus. */
export async function openBuses(url: string, places: readonly MotoPlace[]): Promise<Buses> {
  const member = readRules('member-events.yml');
  for (const place of places) {
    const of = [undefined, ...(place.region === 'us-east-1' ? ['IsGlobalRegion'] : [])];
    const rules = member.filter(({ Condition }) => of.includes(Condition));
    await makeRules(url, place, { rules, bus: 'default' });
  }
  await callMoto(url, HOME)('events', 'CreateEventBus', { Name: BUS });
  const rules = readRules('home-events.yml').filter(({ Properties }) => Properties.EventBusName !== undefined);
  await makeRules(url, HOME, { rules, bus: BUS });
  return {
    busArn: `arn:aws:events:${HOME.region}:${HOME.account}:event-bus/${BUS}`,
    async happen(place, event) {
      await put(url, place, event, 'default');
      const forwarded = await takeOut(url, place);
      for (const one of forwarded) {
        await put(url, HOME, { ...event, detail: one.detail }, BUS);
      }
      const arrived = await takeOut(url, HOME);
      // A rule that forwards leaves an event its account and its region.
      return arrived.map((one, index) => ({ ...one, account: place.account, region: forwarded[index]?.region }));
    },
    receive: () => takeOut(url, HOME),
  };
}

function readRules(file: string): readonly Rule[] {
  const text = readFileSync(new URL(`../../resources/${file}`, import.meta.url), 'utf8');
  const { Resources } = parse(text, { logLevel: 'error' });
  return Object.values<Rule>(Resources).filter(({ Type }) => Type === 'AWS::Events::Rule');
}

async function makeRules(
  url: string,
  place: MotoPlace,
  { rules, bus }: { readonly rules: readonly Rule[]; readonly bus: string },
): Promise<void> {
  const call = callMoto(url, place);
  await call('sqs', 'CreateQueue', { QueueName: 'target' });
  for (const [index, { Properties }] of rules.entries()) {
    const name = `rule-${index}`;
    const EventPattern = JSON.stringify(Properties.EventPattern);
    await call('events', 'PutRule', { Name: name, EventPattern, State: 'ENABLED', EventBusName: bus });
    const Arn = `arn:aws:sqs:${place.region}:${place.account}:target`;
    await call('events', 'PutTargets', { Rule: name, EventBusName: bus, Targets: [{ Id: 'home', Arn }] });
  }
}

async function put(url: string, place: MotoPlace, event: PutEvent, bus: string): Promise<void> {
  const { source: Source, 'detail-type': DetailType, detail } = event;
  const Entries = [{ Source, DetailType, Detail: JSON.stringify(detail), EventBusName: bus }];
  await callMoto(url, place)('events', 'PutEvents', { Entries });
}

async function takeOut(url: string, place: MotoPlace): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const call = callMoto(url, place);
  const QueueUrl = `${url}/${place.account}/target`;
  const bodies: Readonly<Record<string, unknown>>[] = [];
  for (;;) {
    const answer = await call('sqs', 'ReceiveMessage', { QueueUrl, MaxNumberOfMessages: 10 });
    const messages = itemsIn(answer, 'Messages') ?? [];
    if (messages.length === 0) return bodies;
    for (const message of messages) {
      bodies.push(JSON.parse(textIn(message, 'Body') ?? ''));
      await call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: fieldIn(message, 'ReceiptHandle') });
    }
  }
}
