/** Published request rates into waiting: calls of one account, region and operation go out no faster than AWS takes them. */

/** Passes time; a test gives one that passes it at once. */
export interface Timer {
  readonly nowMs: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export const SYSTEM_TIMER: Timer = {
  nowMs: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

export interface Rate {
  readonly perSecond: number;
  /** How many may go out at once after a rest. */
  readonly burst: number;
}

/**
 * Per account and region. Where AWS publishes a rate, ours stays under it, since the account's own tools use it too.
 * EKS publishes none: https://docs.aws.amazon.com/general/latest/gr/eks.html
 */
const RATES: ReadonlyMap<string, Rate> = new Map([
  ['cloudtrail:LookupEvents', { perSecond: 1.9, burst: 1 }], // 2 a second, not adjustable
  ['logs:StartQuery', { perSecond: 5, burst: 5 }], // 10 a second, not adjustable
  ['logs:GetQueryResults', { perSecond: 5, burst: 5 }], // 10 a second, not adjustable
  ['logs:DescribeLogGroups', { perSecond: 5, burst: 5 }], // 10 a second
  ['logs:DescribeLogStreams', { perSecond: 10, burst: 10 }], // 25 a second
  ['logs:DescribeSubscriptionFilters', { perSecond: 2.5, burst: 2 }], // 5 a second
  ['eks', { perSecond: 9.8, burst: 20 }],
  ['iam', { perSecond: 5, burst: 5 }],
  ['organizations', { perSecond: 5, burst: 5 }],
  ['sso', { perSecond: 10, burst: 10 }], // 20 a second for all operations together
  ['identitystore', { perSecond: 10, burst: 10 }],
  ['securityhub', { perSecond: 5, burst: 5 }], // 10 a second
]);

/** A token bucket: resolves when the next call may go out, in the order of asking. */
export function createPace({ perSecond, burst }: Rate, timer: Timer): () => Promise<void> {
  const msPerCall = 1000 / perSecond;
  let freeAtMs = Number.NEGATIVE_INFINITY;
  return async () => {
    const nowMs = timer.nowMs();
    // The moment at which the bucket would be full again, were nothing more taken.
    freeAtMs = Math.max(freeAtMs, nowMs) + msPerCall;
    const waitMs = freeAtMs - burst * msPerCall - nowMs;
    if (waitMs > 0) await timer.sleep(waitMs);
  };
}

export interface PacedCall {
  readonly account: string;
  readonly region: string;
  /** As in an IAM action: `eks`, `logs`. */
  readonly service: string;
  readonly operation: string;
}

/** Keeps every call to the rate of its operation, or of its service; of which `sharedBy` processes take a part each. */
export function createPaces(timer: Timer, sharedBy = 1): (call: PacedCall) => Promise<void> {
  const paces = new Map<string, () => Promise<void>>();
  return async ({ account, region, service, operation }) => {
    const name = [`${service}:${operation}`, service].find((candidate) => RATES.has(candidate));
    const rate = name === undefined ? undefined : RATES.get(name);
    if (rate === undefined) return;
    const key = `${account}/${region}/${name}`;
    const pace = paces.get(key) ?? createPace(divide(rate, sharedBy), timer);
    paces.set(key, pace);
    await pace();
  };
}

/** Processes that begin together must not all take their burst at once. */
function divide(rate: Rate, sharedBy: number): Rate {
  return sharedBy === 1 ? rate : { perSecond: rate.perSecond / sharedBy, burst: 1 };
}
