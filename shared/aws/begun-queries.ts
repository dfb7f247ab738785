/** Calls of CloudWatch Logs into those of a run that goes on later: what was begun is asked for again, not begun again. */
import { createHash } from 'node:crypto';
import type { BegunQueries } from '../model/begun-queries.ts';
import type { LogsApi } from './logs-api.ts';
import type { Timer } from './pace.ts';

/** Ends the reading of one source; the caller reads it again when the query is over. */
class Postponed extends Error {
  override readonly name = 'Postponed';
}

export function resumeQueries(api: LogsApi, queries: BegunQueries, timer: Timer): LogsApi {
  const startedMs = timer.nowMs();
  return {
    ...api,
    async startQuery(input, signal) {
      const question = createHash('sha1').update(JSON.stringify(input)).digest('hex');
      const begun = queries.find(question);
      if (begun !== undefined) return { queryId: begun };
      // What would come next may depend on what is not known yet.
      if (queries.isPostponed()) throw new Postponed();
      const answer = await api.startQuery(input, signal);
      if (answer.queryId !== undefined) queries.keep(question, answer.queryId);
      return answer;
    },
    async getResults(input, signal) {
      const answer = await api.getResults(input, signal);
      const isRunning = answer.status === 'Scheduled' || answer.status === 'Running' || answer.status === 'Unknown';
      if (!isRunning || timer.nowMs() - startedMs < queries.patienceMs) return answer;
      queries.postpone();
      throw new Postponed();
    },
    // A reading that ends for now leaves its query running: that is the point of it.
    stopQuery: async (id) => (queries.isPostponed() ? undefined : api.stopQuery(id)),
  };
}
