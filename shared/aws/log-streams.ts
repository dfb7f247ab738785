/** Turns the streams of log groups into the filters of as few queries as hold their names. */
import type { ClusterPlace } from '../ports.ts';
import { type Listed, listPages } from './call.ts';
import type { QueryWindow } from './insights-query.ts';
import type { LogsApi } from './logs-api.ts';

/** AWS takes 10,000 characters. */
const MOST_CHARACTERS = 9_000;
const MOST_GROUPS = 50;
const MOST_QUERIES = 6;

export interface GroupStreams {
  readonly logGroup: string;
  /** null: they could not be listed. */
  readonly streams: readonly string[] | null;
}

export interface StreamSelection {
  readonly logGroups: readonly string[];
  /** The first command of the query. */
  readonly filter: string;
  /** No index helps a filter by the start of a name: streams of other components are scanned, and paid for, too. */
  readonly scansAll: boolean;
}

/** `room`: how many characters the rest of the query takes. */
export function selectStreams(
  groups: readonly GroupStreams[],
  { prefix, room }: { readonly prefix: string; readonly room: number },
): readonly StreamSelection[] {
  const unlisted = groups.filter(({ streams }) => streams === null);
  const named = packNames(groups, MOST_CHARACTERS - room);
  if (named.length + Math.ceil(unlisted.length / MOST_GROUPS) <= MOST_QUERIES)
    return [...named.map(nameStreams), ...selectAlike(unlisted, prefix)];
  return selectAlike(
    groups.filter(({ streams }) => streams?.length !== 0),
    prefix,
  );
}

interface Pack {
  readonly logGroups: Set<string>;
  readonly names: string[];
  characters: number;
}

function packNames(groups: readonly GroupStreams[], most: number): readonly Pack[] {
  const packs: Pack[] = [];
  for (const { logGroup, streams } of groups) {
    for (const name of streams ?? []) {
      const characters = JSON.stringify(name).length + 1;
      let pack = packs.at(-1);
      const isFull =
        pack === undefined ||
        pack.characters + characters > most ||
        (pack.logGroups.size === MOST_GROUPS && !pack.logGroups.has(logGroup));
      if (pack === undefined || isFull) {
        pack = { logGroups: new Set(), names: [], characters: nameStreamsText([]).length };
        packs.push(pack);
      }
      pack.logGroups.add(logGroup);
      pack.names.push(name);
      pack.characters += characters;
    }
  }
  return packs;
}

function nameStreams({ logGroups, names }: Pack): StreamSelection {
  return { logGroups: [...logGroups], filter: nameStreamsText(names), scansAll: false };
}

function nameStreamsText(names: readonly string[]): string {
  return `filter @logStream in [${names.map((name) => JSON.stringify(name)).join(',')}]`;
}

function selectAlike(groups: readonly GroupStreams[], prefix: string): readonly StreamSelection[] {
  const logGroups = groups.map(({ logGroup }) => logGroup);
  return Array.from({ length: Math.ceil(logGroups.length / MOST_GROUPS) }, (_, index) => ({
    logGroups: logGroups.slice(index * MOST_GROUPS, (index + 1) * MOST_GROUPS),
    filter: `filter @logStream like /^${prefix}/`,
    scansAll: true,
  }));
}

/** The time of a stream's last event lags behind, by an hour as a rule and by more in rare cases. */
const LAG_MS = 24 * 3_600_000;

export interface StreamQuestion {
  readonly place: ClusterPlace;
  readonly partition: string;
  readonly logGroup: string;
  readonly prefix: string;
  readonly window: QueryWindow;
  readonly signal: AbortSignal;
}

export interface ListedStreams extends Listed<string> {
  /** False when there never was one, as far as the group still tells. */
  readonly isAny: boolean;
}

/** Names of the streams that may hold events of the window: streams rotate, and old ones stay listed without content. */
export async function listStreams(api: LogsApi, question: StreamQuestion): Promise<ListedStreams> {
  const { place, partition, logGroup, prefix, window, signal } = question;
  const { items, failure } = await listPages(
    {
      asked: {
        action: 'logs:DescribeLogStreams',
        resource: `arn:${partition}:logs:${place.region}:${place.account}:log-group:${logGroup}:*`,
        on: `cluster ${place.name}`,
      },
      ask: (nextToken) =>
        api.describeStreams({ logGroupName: logGroup, logStreamNamePrefix: prefix, nextToken }, signal),
      tokenOf: (page) => page.nextToken,
    },
    (page) => page.logStreams,
  );
  const live = (items ?? []).filter(({ creationTime, lastEventTimestamp, lastIngestionTime }) => {
    const last = Math.max(lastEventTimestamp ?? 0, lastIngestionTime ?? 0);
    const isOver = last > 0 && last + LAG_MS < window.from * 1000;
    return !isOver && (creationTime ?? 0) <= (window.to + 1) * 1000;
  });
  const names = live.flatMap(({ logStreamName }) => logStreamName ?? []);
  return { items: failure === null ? names : null, failure, isAny: failure !== null || items?.length !== 0 };
}
