/**
 * The story of a live run: accounts, their regions, their clusters, each source read into an evidence folder. That
 * folder is then audited like any other, so a live audit and the audit of its recording are one and the same.
 */
import { mapBounded } from '../bounded.ts';
import { KeyholderError } from '../errors.ts';
import type { Scope } from '../model/evidence.ts';
import type { LiveCaller } from '../ports.ts';
import { collectLiveRegion } from './collect-live-region.ts';
import { attemptAccount, describeThrown, isDenied } from './live-attempt.ts';
import { joinResults, type LiveResult, renderManifest } from './live-manifest.ts';
import type { LiveAccount, LiveRequest, OpenedAccount } from './live-request.ts';
import { addMends, describeUnread } from './live-scope.ts';

const ACCOUNTS_AT_ONCE = 4;
const REGIONS_AT_ONCE = 4;

/**
 * Throws KeyholderError when no account at all can be entered, when none has the cluster that was asked for, or when the
 * recording cannot be written.
 */
export async function collectLive(accounts: readonly LiveAccount[], request: LiveRequest): Promise<LiveResult> {
  const callers: LiveCaller[] = [];
  const failures: unknown[] = [];
  const results = await mapBounded(accounts, ACCOUNTS_AT_ONCE, async (entry) => {
    let opened: OpenedAccount;
    try {
      const sources = await entry.open();
      const caller = await sources.readCaller();
      refuseOtherAccount(caller, request);
      callers.push(caller);
      opened = { account: caller.account, sources };
    } catch (error) {
      failures.push(error);
      return describeClosed(entry, request, error);
    }
    return collectLiveAccount(opened, request);
  });
  if (callers.length === 0 && failures.length > 0) throw failures[0];
  refuseUnknownCluster(joinResults(results), request);
  for (const { file, text } of request.copies) await request.sink.write(file, text);
  const { now, window } = request;
  // Last, so that a run that was killed leaves no folder that claims to be whole.
  await request.sink.write('manifest.json', renderManifest({ now, window, callers, results }));
  request.progress.end();
  return joinResults(results);
}

async function collectLiveAccount(opened: OpenedAccount, request: LiveRequest): Promise<LiveResult> {
  const { account, sources } = opened;
  const { sink, signal, progress } = request;
  progress.step(account);
  const [ofAccount, ofRegions] = await Promise.all([
    attemptAccount(sources, account, { sink, signal, progress }),
    mapBounded(request.regions, REGIONS_AT_ONCE, (region) => collectLiveRegion(opened, region, request)),
  ]);
  const regions = ofRegions.map((result) => ({
    ...result,
    scope: result.scope.map((row) => addMends(row, [...ofAccount.mends, ...result.mends])),
  }));
  return joinResults([{ ...ofAccount, scope: [] }, ...regions]);
}

function refuseOtherAccount({ arn, account }: LiveCaller, request: LiveRequest): void {
  if (request.account === null || request.account === account) return;
  throw new KeyholderError('usage', `expected credentials of account ${request.account}, got those of ${arn}`);
}

/** Not where a region did not answer: the cluster may be there. */
function refuseUnknownCluster({ scope }: LiveResult, { cluster, regions }: LiveRequest): void {
  const isAnswer = ({ status }: Scope): boolean => status === 'audited' || status === 'partial';
  if (cluster === null || scope.length === 0 || !scope.every((row) => isAnswer(row) && row.clusters === 0)) return;
  const accounts = [...new Set(scope.map(({ account }) => account))].join(', ');
  const expected = `a cluster of ${regions.join(', ')} in account ${accounts} for --cluster`;
  throw new KeyholderError('usage', `expected ${expected}, got ${JSON.stringify(cluster)}, which is not there`);
}

/** An account that lets us in nowhere does not stop the others, and stands in the scope of each region asked for. */
function describeClosed({ name, account }: LiveAccount, { regions }: LiveRequest, error: unknown): LiveResult {
  const reason = `${name}: ${describeThrown(error)}`;
  const mend = 'let the auditor assume the role: its trust policy, and sts:AssumeRole on it for the caller';
  const unread = { reason, isDenied: isDenied(error), mend };
  const scope = regions.map((region) => describeUnread({ account: account ?? 'unknown', region }, unread));
  return { scope, coverage: [], queries: [], mends: [] };
}
