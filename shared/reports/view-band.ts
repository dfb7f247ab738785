/** A report into the three things to know first: who holds the keys, what is wrong, what could not be seen. */
import type { Access, Person } from '../model/access.ts';
import { SEVERITIES } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { ReportView } from './view.ts';
import type { SeverityCount } from './view-page.ts';
import { tellCount, tellDay } from './words.ts';

export interface CardView {
  readonly title: string;
  readonly figure: string;
  readonly unit: string;
  readonly lines: readonly string[];
}

export interface BandView {
  readonly keys: CardView;
  readonly wrong: CardView & { readonly counts: readonly SeverityCount[] };
  readonly unseen: CardView;
}

export function viewBand(report: Report, view: ReportView): BandView {
  return { keys: viewKeysCard(report), wrong: viewWrongCard(report), unseen: viewUnseenCard(report, view) };
}

function viewKeysCard({ summary, clusters, window }: Report): CardView {
  const rows = clusters.flatMap(({ keyholders }) => keyholders);
  const people = countPeople(rows);
  const unused = rows.filter(({ lastUsedAt }) => lastUsedAt.status === 'none-seen').length;
  const gone = rows.filter(({ exists }) => exists === false).length;
  const since = window === null ? '' : ` since ${tellDay(window.from)}`;
  return {
    title: 'Who holds the keys',
    figure: String(summary.keyholders),
    unit: `${summary.keyholders === 1 ? 'keyholder' : 'keyholders'} in ${tellCount(summary.clusters, 'cluster')}`,
    lines: [
      `${tellCount(people, 'person or account', 'people and accounts')} known to stand behind them`,
      ...(unused > 0 ? [`${unused} not seen in use${since}`] : []),
      ...(gone > 0 ? [`${gone} deleted in IAM, open to whoever makes the name again`] : []),
    ],
  };
}

function countPeople(rows: readonly Access[]): number {
  const keyOf = ({ principalArn, kind, name }: Person): string => principalArn ?? `${kind} ${name}`;
  return new Set(rows.flatMap(({ people }) => people.list.map(keyOf))).size;
}

function viewWrongCard({ summary, clusters, findings }: Report): BandView['wrong'] {
  const all = [...clusters.flatMap((cluster) => cluster.findings), ...findings];
  const accepted = all.filter(({ status }) => status === 'accepted').length;
  const affected = clusters.filter((cluster) => cluster.findings.some(({ status }) => status === 'open')).length;
  const counts = [...SEVERITIES]
    .reverse()
    .map((severity) => ({ severity, count: summary.findings[severity] }))
    .filter(({ count }) => count > 0);
  const open = counts.reduce((sum, { count }) => sum + count, 0);
  return {
    title: 'What is wrong',
    figure: String(open),
    unit: open === 1 ? 'open finding' : 'open findings',
    counts,
    lines: [
      ...(affected > 0 ? [`in ${affected} of ${tellCount(clusters.length, 'cluster')}`] : []),
      ...(accepted > 0 ? [`${accepted} accepted`] : []),
    ],
  };
}

function viewUnseenCard({ summary, clusters, scope }: Report, { doubts, places }: ReportView): CardView {
  const asked = clusters.reduce((sum, { verdicts }) => sum + verdicts.length, 0);
  return {
    title: 'What could not be seen',
    figure: String(summary.notEvaluated),
    unit: `of ${tellCount(asked, 'question')} not judged in whole`,
    lines: [
      ...doubts.slice(0, 1),
      ...(places.length > 0 ? [`${places.length} of ${tellCount(scope.length, 'place')} not audited in whole`] : []),
    ],
  };
}
