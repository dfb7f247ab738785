import { describe, expect, test } from 'vitest';
import { KeyholderError } from '../../shared/errors.ts';
import { listWrongs } from '../support/fault-verdict.ts';
import { type RunOutcome, runFaulty } from '../support/faulty-run.ts';
import { CALL_FAULTS, type Fault, type Injection, PAGE_FAULTS, QUERY_FAULTS } from '../support/local-aws/faults.ts';
import { tokenOf } from '../support/local-aws/paging.ts';

/** Told to stop after this, a run must have ended a little later. */
const DEADLINE_MS = 10_000;
const GRACE_MS = 2_000;
const AT_ONCE = 3;
/** Without an account there is nothing to read: told apart, in a test of its own. */
const CALLER = 'sts:GetCallerIdentity';
/** Mended by a second attempt at once; but a body of S3 that breaks off behind its head is not asked for again by the SDK. */
const PASSING = ['reset', 'half-answer'] as const satisfies readonly Fault[];

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

/** What each of the injections led to, judged; a few runs at a time. */
async function walk(
  injections: readonly Injection[],
  judge: (injection: Injection) => Promise<Iterable<string>>,
): Promise<readonly string[]> {
  const wrongs: string[] = [];
  const waiting = [...injections];
  const next = async (): Promise<void> => {
    for (let injection = waiting.shift(); injection !== undefined; injection = waiting.shift()) {
      const at = `${injection.operation} ${injection.nth} ${injection.fault}`;
      const found = await judge(injection).catch((error: Error) => [`threw ${error.message}`]);
      for (const wrong of found) wrongs.push(`${at}: ${wrong}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return wrongs;
}

function hasEnded({ tookMs }: RunOutcome): readonly string[] {
  return tookMs <= DEADLINE_MS + GRACE_MS ? [] : [`took ${Math.round(tookMs)} ms`];
}

describe('live run', { timeout: 1_800_000 }, () => {
  test('names the source that a fault struck, and calls nothing clean that was not read', async () => {
    const baseline = await runFaulty({ deadlineMs: DEADLINE_MS });
    const injections = listInjections(baseline).filter(({ operation }) => operation !== CALLER);

    const wrongs = await walk(injections, async (injection) => {
      const run = await runFaulty({ injection, deadlineMs: DEADLINE_MS });
      return [...hasEnded(run), ...listWrongs(injection, baseline, run)];
    });

    console.log(`${injections.length} faults tried, one at a time, at ${baseline.calls.length} calls`);
    expect(baseline.problems).toEqual([]);
    expect(injections.length).toBeGreaterThan(700);
    expect(wrongs).toEqual([]);
  });

  test('gives the same report when a second attempt succeeds', async () => {
    const baseline = await runFaulty({ deadlineMs: DEADLINE_MS });
    const passing = new Set<Fault>(PASSING);
    const injections = listInjections(baseline).filter(
      ({ operation, fault }) => passing.has(fault) && !(operation === 's3:GetObject' && fault === 'half-answer'),
    );
    const expected = JSON.stringify(baseline.report.clusters);

    const wrongs = await walk(injections, async (injection) => {
      const run = await runFaulty({ injection, deadlineMs: DEADLINE_MS, maxAttempts: 3 });
      const isSame = JSON.stringify(run.report.clusters) === expected;
      return [...hasEnded(run), ...(isSame ? [] : ['the report differs']), ...(run.isMet ? [] : ['met no call'])];
    });

    console.log(`${injections.length} faults tried that pass, one at a time`);
    expect(wrongs).toEqual([]);
  });

  test.each(CALL_FAULTS)('stops with a reason where the caller is not known because of %s', async (fault) => {
    const run = runFaulty({ injection: { operation: CALLER, fault }, deadlineMs: DEADLINE_MS });

    await expect(run).rejects.toThrow(KeyholderError);
    await expect(run).rejects.toMatchObject({ code: 'read-failed', message: expect.stringContaining(CALLER) });
  });
});
