/** Calls a second that AWS grants an account in a region, kept by a bucket of tokens under the local clock. */

/** Published limits; operations without one are not throttled. */
const PER_SECOND: Readonly<Record<string, number>> = {
  'cloudtrail:LookupEvents': 2,
  'logs:StartQuery': 10,
  'logs:GetQueryResults': 10,
  'logs:FilterLogEvents': 10,
  'logs:DescribeLogGroups': 10,
  'logs:DescribeLogStreams': 25,
  'logs:DescribeSubscriptionFilters': 5,
  'logs:PutSubscriptionFilter': 5,
};
/** A caller that keeps the limit may arrive a little early, since the way there takes longer for one call than the next. */
const EARLY_MS = 25;

export type Limits = Readonly<Record<string, number>>;

export interface Throttle {
  /** False when the call comes too early. */
  readonly admit: (
    call: { readonly account: string; readonly region: string; readonly name: string },
    now: number,
  ) => boolean;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/** `overrides` by `service:Operation`; Infinity takes a limit away. */
export function createThrottle(overrides: Limits): Throttle {
  const limits = new Map(Object.entries({ ...PER_SECOND, ...overrides }));
  const buckets = new Map<string, Bucket>();
  return {
    admit: ({ account, region, name }, now) => {
      const limit = limits.get(name);
      if (limit === undefined || limit === Number.POSITIVE_INFINITY) return true;
      const key = `${account}/${region}/${name}`;
      const { tokens, at } = buckets.get(key) ?? { tokens: limit, at: now };
      const filled = Math.min(limit, tokens + ((now - at) / 1000) * limit);
      const isAdmitted = filled >= 1 - (EARLY_MS / 1000) * limit;
      buckets.set(key, { tokens: isAdmitted ? filled - 1 : filled, at: now });
      return isAdmitted;
    },
  };
}
