/** CloudTrail's event history into one file for each region and event name, as lookup-events prints them. */
import {
  CloudTrailClient,
  type Event,
  LookupEventsCommand,
  type LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import type { Window } from '../model/coverage.ts';
import type { LogTask } from '../ports.ts';
import { type AwsAccess, createClient } from './access.ts';
import { type Answer, askPages } from './call.ts';
import { renderList } from './cli-json.ts';
import type { Failure } from './failure.ts';
import type { Gap } from './live-read.ts';

export interface History {
  readonly account: string;
  readonly region: string;
  readonly eventNames: readonly string[];
}

export interface HistoryRead {
  /** What was asked for: CloudTrail keeps 90 days, however little of them the run is about. */
  readonly window: Window;
  readonly failures: readonly Failure[];
  /** Sequences that ended before their time. */
  readonly gaps: readonly Gap[];
  readonly inPart: boolean;
}

const KEPT_MS = 90 * 24 * 3_600_000;
/** 50 events each, at two a second: a name that fills them takes a minute, and is then left. */
const MOST_PAGES = 120;

/** All that CloudTrail keeps, up to the present of the run. */
export function historyWindow({ window: { to } }: Pick<LogTask, 'window'>): Window {
  return { from: new Date(Date.parse(to) - KEPT_MS).toISOString().replace('.000Z', 'Z'), to };
}

/**
 * All that is kept is asked for, whatever the window: who made a cluster, or gave a grant, is rarely of yesterday, and
 * calls of these names are few. One name after the other: CloudTrail takes two requests a second from an account.
 */
export async function readEventHistory(access: AwsAccess, history: History, task: LogTask): Promise<HistoryRead> {
  const window = historyWindow(task);
  const failures: Failure[] = [];
  const gaps: Gap[] = [];
  let inPart = false;
  for (const eventName of history.eventNames) {
    const sequence: Sequence = { access, history, eventName, window, task };
    const end = await readSequence(sequence);
    inPart ||= end.wasRead;
    if (end.failure !== null) failures.push(end.failure);
    if (end.gap !== null) gaps.push(end.gap);
  }
  return { window, failures, gaps, inPart };
}

interface Sequence {
  readonly access: AwsAccess;
  readonly history: History;
  readonly eventName: string;
  readonly window: Window;
  readonly task: LogTask;
}

interface SequenceEnd {
  readonly wasRead: boolean;
  readonly failure: Failure | null;
  readonly gap: Gap | null;
}

async function readSequence(sequence: Sequence): Promise<SequenceEnd> {
  const { history, eventName, task } = sequence;
  const { account, region } = history;
  task.progress.step(`${account}/${region}: ${eventName}`);
  const pages = askForPages(sequence);
  const first = await pages.next();
  const answer = first.value;
  if (answer === undefined || answer.failure !== null) {
    return { wasRead: false, failure: answer?.failure ?? null, gap: null };
  }
  const end: Rest['end'] = { failure: null, gap: null };
  const events = listEvents(answer.value, { pages, end, eventName });
  const file = `${account}/cloudtrail/${region}-${eventName}.json`;
  await task.sink.write(file, renderList({ head: '{"Events": [', tail: ']}' }, events));
  return { wasRead: true, ...end };
}

function askForPages({
  access,
  history,
  eventName,
  window,
  task,
}: Sequence): AsyncGenerator<Answer<LookupEventsCommandOutput>> {
  const { region } = history;
  const client = createClient(access, CloudTrailClient, region);
  return askPages({
    asked: { action: 'cloudtrail:LookupEvents', resource: '*', on: `region ${region}` },
    ask: (NextToken) => {
      const command = new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
        StartTime: new Date(window.from),
        EndTime: new Date(window.to),
        NextToken,
      });
      return client.send(command, { abortSignal: task.signal });
    },
    tokenOf: (page) => page.NextToken,
  });
}

interface Rest {
  readonly pages: AsyncGenerator<Answer<LookupEventsCommandOutput>>;
  readonly end: { failure: Failure | null; gap: Gap | null };
  readonly eventName: string;
}

/** Newest first, so that what is cut off is the oldest. */
async function* listEvents(first: LookupEventsCommandOutput, { pages, end, eventName }: Rest): AsyncGenerator<Event> {
  const events = first.Events ?? [];
  yield* events;
  let oldest = events.at(-1)?.EventTime;
  let count = 1;
  for await (const { value, failure } of pages) {
    count += 1;
    if (failure !== null) {
      end.failure = failure;
      return;
    }
    yield* value.Events ?? [];
    oldest = value.Events?.at(-1)?.EventTime ?? oldest;
    if (count >= MOST_PAGES && value.NextToken !== undefined) {
      const backTo = oldest?.toISOString() ?? 'an unknown time';
      end.gap = { reason: `more than ${MOST_PAGES} pages of ${eventName}: read back to ${backTo}`, isCut: true };
      return;
    }
  }
}
