/** Answers about other days, in every format. */
import type { ClusterHistory, EstateDiff } from '../model/history.ts';
import { renderHistoryJson } from '../reports/answer-json.ts';
import { viewDiff } from '../reports/view-diff.ts';
import { viewHistory } from '../reports/view-history.ts';
import type { Told } from './tell-answer.ts';

export function tellClusterHistory(history: ClusterHistory): Told {
  return { name: 'history', sheet: () => viewHistory(history), json: () => renderHistoryJson(history) };
}

export function tellEstateDiff(diff: EstateDiff): Told {
  return { name: 'diff', sheet: () => viewDiff(diff), json: () => renderHistoryJson(diff) };
}
