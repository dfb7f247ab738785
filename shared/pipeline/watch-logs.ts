/** The story of watching: each cluster's log group gets the subscriptions that its free slots allow. */
import { KeyholderError } from '../errors.ts';
import { renderFilters } from '../evidence/log-batch.ts';
import type { LogSubscriptions, Subscription } from '../live-ports.ts';

/** As every account is granted them; where more are free, the rest stays free. */
const SLOTS = 2;
const NAMES = ['keyholder-changes', 'keyholder-logins'] as const;

export interface Watched {
  readonly logGroup: string;
  /** Subscriptions of ours that stand now. */
  readonly attached: readonly string[];
  /** What is not watched there, and why; null where all is. */
  readonly lack: string | null;
}

export interface WatchRequest {
  /** Of the region's `keyholder-alert-on-log-batch`. */
  readonly functionArn: string;
  readonly breakGlassArns: readonly string[];
}

/** Touches no subscription of anybody else. The same call again changes nothing. */
export async function watchLogs(logs: LogSubscriptions, request: WatchRequest): Promise<readonly Watched[]> {
  const watched: Watched[] = [];
  for (const group of await logs.listGroups('/aws/eks/')) {
    if (!/^\/aws\/eks\/[^/]+\/cluster$/.test(group.name)) continue;
    watched.push(group.isStandard ? await tryGroup(logs, group.name, request) : refuse(group.name, OF_CLASS));
  }
  return watched;
}

const OF_CLASS =
  'its log class takes no subscriptions: what the audit log tells waits for the next audit, logins for the query of the stack';

function refuse(logGroup: string, lack: string): Watched {
  return { logGroup, attached: [], lack };
}

/** One group that refuses leaves the others theirs. */
async function tryGroup(logs: LogSubscriptions, logGroup: string, request: WatchRequest): Promise<Watched> {
  try {
    return await watchGroup(logs, logGroup, request);
  } catch (error) {
    if (error instanceof KeyholderError) return refuse(logGroup, `not attached in whole: ${error.message}`);
    throw error;
  }
}

async function watchGroup(logs: LogSubscriptions, logGroup: string, request: WatchRequest): Promise<Watched> {
  const standing = await logs.listSubscriptions(logGroup);
  const others = standing.filter(({ name }) => !isOurs(name)).length;
  const { patterns, left } = renderFilters(request.breakGlassArns);
  const wanted = patterns.map(
    (filterPattern, slot): Subscription => ({
      name: NAMES[slot] ?? '',
      pattern: filterPattern,
      destinationArn: request.functionArn,
    }),
  );
  const fitting = wanted.slice(0, Math.max(0, SLOTS - others));
  for (const subscription of fitting) {
    if (!standing.some((one) => isSame(one, subscription))) await logs.putSubscription(logGroup, subscription);
  }
  return { logGroup, attached: fitting.map(({ name }) => name), lack: wordLack(fitting.length, left) };
}

function wordLack(slots: number, left: readonly string[]): string | null {
  if (slots === 0)
    return 'others hold both of its slots: what the audit log tells waits for the next audit, logins for the query of the stack';
  if (slots === 1)
    return 'others hold a slot: denied logins, broken mappings and break-glass logins wait for the query of the stack';
  return left.length === 0 ? null : `no room in the filter for ${left.join(', ')}`;
}

/** Which of ours stand as they should: one under our name that lets something else through tells nobody. */
export function findWatched(standing: readonly Subscription[]): {
  readonly changes: boolean;
  readonly logins: boolean;
} {
  const [changes = '', logins = ''] = renderFilters([]).patterns;
  const isThere = (slot: 0 | 1, begin: string): boolean =>
    standing.some(({ name, pattern }) => name === NAMES[slot] && pattern.startsWith(begin));
  return { changes: isThere(0, changes), logins: isThere(1, logins) };
}

function isOurs(name: string): boolean {
  return NAMES.some((own) => own === name);
}

function isSame(one: Subscription, other: Subscription): boolean {
  return one.name === other.name && one.pattern === other.pattern && one.destinationArn === other.destinationArn;
}
