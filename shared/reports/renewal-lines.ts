/** What Security Hub was not told again into lines of the digest; none where it holds all that it should. */
import type { Renewal } from '../model/renewal.ts';
import { escapeMessage } from './escape.ts';
import { cut } from './view-notice.ts';
import { tellCount } from './words.ts';

const MOST_REASONS = 3;
const MOST_CHARACTERS = 300;

export function tellRenewal(renewal: Renewal | null): readonly string[] {
  if (renewal === null) return [];
  const { renewed, left, unread, reasons } = renewal;
  if (left + unread + reasons.length === 0) return [];
  const turn = renewed + left;
  const lines = [
    ...(left === 0 ? [] : [`${left} of ${tellCount(turn, 'standing finding')} whose turn it was`]),
    ...(unread === 0
      ? []
      : [`those of ${tellCount(unread, 'cluster or account', 'clusters and accounts')} that could not be read`]),
    ...reasons.slice(0, MOST_REASONS).map((reason) => `reason: ${cut(escapeMessage(reason), MOST_CHARACTERS)}`),
    ...(reasons.length > MOST_REASONS ? [`and ${tellCount(reasons.length - MOST_REASONS, 'reason')} more`] : []),
  ];
  return ['', 'Security Hub, which forgets after 90 days, was not told again of:', ...lines.map((line) => `- ${line}`)];
}
