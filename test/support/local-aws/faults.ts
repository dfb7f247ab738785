/** What is to go wrong, and at which call of which operation. */
import { AwsError } from './errors.ts';

/** Every fault that a call of its own can meet, whatever it asks. */
export const CALL_FAULTS = [
  'throttle',
  'server-error',
  'reset',
  'half-answer',
  'slow',
  'expired-credentials',
  'denied',
] as const;
/** Met only by a call that goes on with a list. */
export const PAGE_FAULTS = ['expired-token', 'results-change'] as const;
/** Met by GetQueryResults, before there is a page of results. */
export const QUERY_FAULTS = ['query-failed', 'query-timeout', 'query-cancelled'] as const;

export type Fault = (typeof CALL_FAULTS)[number] | (typeof PAGE_FAULTS)[number] | (typeof QUERY_FAULTS)[number];

export interface Injection {
  /** As `eks:ListClusters`. */
  readonly operation: string;
  readonly fault: Fault;
  /** Which of the calls it may meet, counted from the injection; the first by default. */
  readonly nth?: number;
  /** How many calls in a row; one by default, so that a second attempt succeeds. */
  readonly times?: number;
  readonly account?: string;
  readonly region?: string;
}

export interface Met {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly hasToken: boolean;
}

export interface Faults {
  readonly inject: (injection: Injection) => void;
  /** The fault that this call meets. */
  readonly meet: (call: Met) => Fault | undefined;
  /** Injections that met no call: a test that passes for want of its fault shows nothing. */
  readonly unmet: () => readonly Injection[];
}

export function createFaults(): Faults {
  const counters: { readonly injection: Injection; calls: number; met: number }[] = [];
  return {
    inject: (injection) => counters.push({ injection, calls: 0, met: 0 }),
    meet: (call) => {
      let found: Fault | undefined;
      for (const counter of counters) {
        const { injection } = counter;
        if (!canMeet(injection, call)) continue;
        counter.calls += 1;
        const from = injection.nth ?? 1;
        if (found !== undefined || counter.calls < from || counter.calls >= from + (injection.times ?? 1)) continue;
        counter.met += 1;
        found = injection.fault;
      }
      return found;
    },
    unmet: () => counters.filter(({ met }) => met === 0).map(({ injection }) => injection),
  };
}

function canMeet(injection: Injection, call: Met): boolean {
  const { operation, fault, account = call.account, region = call.region } = injection;
  const isPage = PAGE_FAULTS.some((name) => name === fault);
  const isQuery = QUERY_FAULTS.some((name) => name === fault);
  const isThere = operation === call.name && account === call.account && region === call.region;
  return isThere && !(isPage && !call.hasToken) && !(isQuery && call.hasToken);
}

export function throttled(service: string): AwsError {
  if (service === 's3') return new AwsError('SlowDown', 'Please reduce your request rate.', { status: 503 });
  if (service === 'organizations') return new AwsError('TooManyRequestsException', 'Too many requests.');
  const isQuery = service === 'iam' || service === 'sts' || service === 'sns';
  return new AwsError(isQuery ? 'Throttling' : 'ThrottlingException', 'Rate exceeded');
}

export function broken(service: string): AwsError {
  const code = service === 's3' ? 'InternalError' : 'InternalFailure';
  return new AwsError(code, 'We encountered an internal error. Please try again.', { status: 500 });
}

export function expiredCredentials(service: string): AwsError {
  const isS3 = service === 's3';
  const isQuery = service === 'iam' || service === 'sts' || service === 'sns';
  const message = isS3 ? 'The provided token has expired.' : 'The security token included in the request is expired';
  return new AwsError(isS3 || isQuery ? 'ExpiredToken' : 'ExpiredTokenException', message, {
    status: isS3 ? 400 : 403,
  });
}
