/** Every fault at every call of a live run, one at a time: what to inject, and what each run got wrong. */
import { type RunOutcome, runFaulty } from './faulty-run.ts';
import { CALL_FAULTS, type Fault, type Injection, PAGE_FAULTS, QUERY_FAULTS } from './local-aws/faults.ts';
import { tokenOf } from './local-aws/paging.ts';

/** Told to stop after this, a run must have ended a little later. */
export const DEADLINE_MS = 60_000;
const GRACE_MS = 10_000;
/** More would let sound calls of a busy machine run into the time that slow ones get. */
const AT_ONCE = 4;
/** Without an account there is nothing to read: told apart, in a test of its own. */
export const CALLER = 'sts:GetCallerIdentity';

export interface Walk {
  readonly isWanted: (injection: Injection) => boolean;
  readonly maxAttempts?: number;
  readonly judge: (injection: Injection, baseline: RunOutcome, run: RunOutcome) => Iterable<string>;
}

export interface Walked {
  readonly baseline: RunOutcome;
  readonly tried: number;
  readonly wrongs: readonly string[];
}

export async function walkFaults({ isWanted, maxAttempts = 1, judge }: Walk): Promise<Walked> {
  const baseline = await runFaulty({ deadlineMs: DEADLINE_MS });
  const injections = listInjections(baseline).filter((one) => one.operation !== CALLER && isWanted(one));
  const waiting = [...injections];
  const wrongs: string[] = [];
  const tryOne = async (injection: Injection): Promise<Iterable<string>> => {
    const run = await runFaulty({ injection, deadlineMs: DEADLINE_MS, maxAttempts });
    const late = run.tookMs > DEADLINE_MS + GRACE_MS ? [`took ${Math.round(run.tookMs)} ms`] : [];
    return [...late, ...judge(injection, baseline, run)];
  };
  const next = async (): Promise<void> => {
    for (let injection = waiting.shift(); injection !== undefined; injection = waiting.shift()) {
      const at = `${injection.operation} ${injection.nth} ${injection.fault}`;
      const found = await tryOne(injection).catch((error: Error) => [`threw ${error.message}`]);
      for (const wrong of found) wrongs.push(`${at}: ${wrong}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return { baseline, tried: injections.length, wrongs };
}

/** One fault at a time, at every call that a run without one makes. */
function listInjections({ calls }: RunOutcome): readonly Injection[] {
  const met = new Map<string, number>();
  const count = (key: string): number => {
    const next = (met.get(key) ?? 0) + 1;
    met.set(key, next);
    return next;
  };
  return calls.flatMap(({ name, input }) => {
    const each = (faults: readonly Fault[], nth: number): readonly Injection[] =>
      faults.map((fault) => ({ operation: name, nth, fault }));
    const nth = count(name);
    const hasToken = tokenOf(input) !== undefined;
    const paged = hasToken ? each(PAGE_FAULTS, count(`${name} with a token`)) : [];
    const isLook = name === 'logs:GetQueryResults' && !hasToken;
    return [...each(CALL_FAULTS, nth), ...paged, ...(isLook ? each(QUERY_FAULTS, count(`${name} without`)) : [])];
  });
}
