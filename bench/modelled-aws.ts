/** A stated model of AWS: what a call takes, and how many a second each account and region may make of each kind. */
import { createPaces, type Timer } from '../shared/aws/pace.ts';

/** Of one account and region. */
export const PER_SECOND = { 'logs:StartQuery': 10, 'cloudtrail:LookupEvents': 2, eks: 5 } as const;
const CALL_MS = 150;
/** Objects of our own bucket are near. */
const OBJECT_MS = 20;
/** As the SDK does: twice as long after each attempt. */
const FIRST_BACKOFF_MS = 500;
const MOST_ATTEMPTS = 6;

type Limited = keyof typeof PER_SECOND;

export interface ModelledPlace {
  readonly account: string;
  readonly region: string;
}

export interface ModelledAws {
  /** Calls of one process, which keeps our own pace. */
  readonly openProcess: (sharedBy: number) => (place: ModelledPlace, action: string) => Promise<void>;
  readonly passObject: () => Promise<void>;
  /** Calls that were admitted, by `account/region/kind`. */
  readonly admitted: ReadonlyMap<string, number>;
  readonly counts: { calls: number; throttled: number; failed: number };
}

export function createModelledAws(clock: Timer): ModelledAws {
  const admitted = new Map<string, number>();
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  const counts = { calls: 0, throttled: 0, failed: 0 };
  const admit = ({ account, region }: ModelledPlace, kind: Limited): boolean => {
    const key = `${account}/${region}/${kind}`;
    const limit = PER_SECOND[kind];
    const bucket = buckets.get(key) ?? { tokens: limit, atMs: clock.nowMs() };
    const tokens = Math.min(limit, bucket.tokens + ((clock.nowMs() - bucket.atMs) / 1000) * limit);
    // Sums of waits are not exact to the last digit.
    const isAdmitted = tokens >= 1 - 1e-6;
    buckets.set(key, { tokens: isAdmitted ? tokens - 1 : tokens, atMs: clock.nowMs() });
    if (isAdmitted) admitted.set(key, (admitted.get(key) ?? 0) + 1);
    return isAdmitted;
  };
  const openProcess: ModelledAws['openProcess'] = (sharedBy) => {
    const pace = createPaces(clock, sharedBy);
    return async (place, action) => {
      const [service = '', operation = ''] = action.split(':');
      const kind = kindOf(action, service);
      counts.calls += 1;
      for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
        await pace({ ...place, service, operation });
        await clock.sleep(CALL_MS);
        if (kind === null || admit(place, kind)) return;
        counts.throttled += 1;
        await clock.sleep(FIRST_BACKOFF_MS * 2 ** attempt);
      }
      counts.failed += 1;
    };
  };
  return { openProcess, passObject: () => clock.sleep(OBJECT_MS), admitted, counts };
}

function kindOf(action: string, service: string): Limited | null {
  if (service === 'eks') return 'eks';
  return action === 'logs:StartQuery' || action === 'cloudtrail:LookupEvents' ? action : null;
}

/** No night can be shorter: the account and region with most to ask takes so long at its rates, were there nothing else to do. */
export function boundSeconds(admitted: ReadonlyMap<string, number>): number {
  const kinds: ReadonlyMap<string, number> = new Map(Object.entries(PER_SECOND));
  return Math.max(
    ...[...admitted].map(([key, count]) => count / (kinds.get(key.split('/').slice(2).join('/')) ?? Number.NaN)),
  );
}
