/** The story of telling: rows that changed, what is new in them, and each of it told once to whoever listens. */
import { EMPTY_CONFIG, resolveConfig } from '../evidence/config.ts';
import { parseTableStream, type RowChange, type TableStream } from '../evidence/table-stream.ts';
import { isNews, isOfRead, isTellable, routeBeforeRecord, routeChange } from '../findings/changes.ts';
import { narrowGainers } from '../findings/gained.ts';
import { unwrapRemembered } from '../findings/remembered.ts';
import { nameChange } from '../findings/telling.ts';
import type { Config } from '../model/config.ts';
import type { Notice } from '../model/notice.ts';
import { type Channel, type ChannelPorts, sendToChannels } from './channels.ts';
import { describeNotice, findShower } from './describe-notice.ts';
import { type ImportPorts, importFindings, type News } from './import-findings.ts';
import { publishBreakGlass } from './publish-break-glass.ts';
import { joinSent, publishPath } from './publish-path.ts';

export interface PublishChangesPorts extends ChannelPorts, ImportPorts {
  /** The text of keyholder.yml; null where there is none. */
  readonly readConfig: () => Promise<string | null>;
}

export interface PublishedChanges {
  /** Messages, by channel. */
  readonly sent: Readonly<Record<Channel, number>>;
  /** Changes left to the digest of the night, which names what is new in its report. */
  readonly digested: number;
  /** Findings that Security Hub took. */
  readonly imported: number;
  readonly skips: TableStream['skips'];
  /** Records to be delivered again. */
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
  /** Why, each reason once. */
  readonly failures: readonly string[];
  /** ISO: of the changes worth a message that an event showed; null where there is none. */
  readonly oldestChangeAt: string | null;
}

/** What was sent and what was not is known by rows of the table: after a failure, only the rest is sent again. */
export async function publishChanges(event: unknown, ports: PublishChangesPorts): Promise<PublishedChanges> {
  const { changes, skips } = parseTableStream(event);
  const rows = changes.filter(({ key, after }) => key.startsWith('finding#') && after !== null);
  const unread = rows.filter(({ after }) => !isReadable(after));
  const news = rows.flatMap(readNews);
  const urgent = news.filter(({ finding }) => routeBeforeRecord(finding) === 'page');
  const { config, problem } = urgent.length === 0 ? NOTHING_DECLARED : await readConfig(ports);
  const pages: Notice[] = [];
  for (const one of urgent) {
    const record = await findShower(ports.store, one.row.partition, one.finding);
    if (routeChange(one.finding, record, config) === 'page') pages.push(describeNotice(one.finding, record));
  }
  const { failed, ...told } = await sendToChannels(pages, ports);
  const path = await publishPath(changes, ports);
  const reports = await publishBreakGlass(changes, ports);
  const { sent, failures } = joinSent(joinSent(told, path), reports);
  // After the people: what a store of findings lacks can wait.
  const hub = await importFindings(news, ports);
  // The stream goes on from the first of these: what comes after it is read again, and found to be told.
  const again = news.flatMap(({ finding, row }) => (failed.has(nameChange(finding)) ? [row.sequenceNumber] : []));
  const batchItemFailures = [...again, ...path.again, ...reports.again].map((itemIdentifier) => ({ itemIdentifier }));
  return {
    sent,
    digested: news.length - pages.length,
    skips: unread.length === 0 ? skips : [...skips, describeUnread(unread.length)],
    batchItemFailures,
    imported: hub.imported,
    failures: [...(problem === null ? [] : [problem]), ...failures, ...hub.failures],
    oldestChangeAt: listEventTimes(pages).sort()[0] ?? null,
  };
}

/** What an audit brought to light is as old as the night is long, and no message of it is late. */
function listEventTimes(pages: readonly Notice[]): string[] {
  return pages.flatMap(({ finding: { change } }) => (isOfRead(change) ? [] : [change.at]));
}

/** Told by nobody then: counted, so that the alarm goes off, and never in the way of the others. */
function describeUnread(count: number): TableStream['skips'][number] {
  return { reason: 'a row of a finding that this version cannot read', count, sample: '', file: null, line: 0 };
}

function isReadable(body: unknown): boolean {
  const finding = unwrapRemembered('finding', body);
  return finding !== null && isTellable(finding);
}

function readNews(row: RowChange): readonly News[] {
  if (!isReadable(row.after)) return [];
  const before = isReadable(row.before) ? unwrapRemembered('finding', row.before) : null;
  const finding = unwrapRemembered('finding', row.after);
  if (finding === null || !isNews(before, finding)) return [];
  return [{ row, finding: narrowGainers(before, finding) }];
}

interface Declared {
  readonly config: Config;
  readonly problem: string | null;
}

const NOTHING_DECLARED: Declared = { config: EMPTY_CONFIG, problem: null };

/** A file that nobody can read or understand declares nothing: then everything is told. */
async function readConfig({ readConfig: read }: PublishChangesPorts): Promise<Declared> {
  try {
    const text = await read();
    if (text === null) return NOTHING_DECLARED;
    return { config: resolveConfig(text, 'keyholder.yml'), problem: null };
  } catch (error) {
    return { config: EMPTY_CONFIG, problem: error instanceof Error ? error.message : String(error) };
  }
}
