/** A report into the lines of one message: what is open, what is worst, and what nobody could look at. */
import type { PathHealth } from '../model/alert-path.ts';
import type { Window } from '../model/coverage.ts';
import type { Finding, Severity } from '../model/finding.ts';
import type { NightChanges, Renewed } from '../model/night.ts';
import type { Renewal } from '../model/renewal.ts';
import type { Report } from '../model/report.ts';
import { msBetween } from '../rules/time.ts';
import { escapeMessage, escapeText } from './escape.ts';
import { sortFindings } from './order.ts';
import { tellPathGap, tellPathHealth } from './path-lines.ts';
import { tellRenewal } from './renewal-lines.ts';
import { cut, cutSubject } from './view-notice.ts';
import { tellCount, tellMoment } from './words.ts';

/** Whoever has the link reads the report, until then. */
export interface ReportLink {
  readonly url: string;
  /** ISO. */
  readonly expiresAt: string;
}

export interface Digest {
  readonly subject: string;
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** What the night found out beside the report: about its own ways of telling, and what came back. */
interface NightNews {
  readonly path?: PathHealth;
  readonly renewal?: Renewal | null;
  readonly changes?: NightChanges;
}

const NOT_ASKED: PathHealth = { status: 'off' };
const NOTHING_CHANGED: NightChanges = { kinds: new Map(), problem: null };
const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const satisfies readonly Severity[];
const MOST_FINDINGS = 10;
const MOST_PLACES = 20;
const MOST_CHARACTERS = 300;

export function renderDigest(
  report: Report,
  link: ReportLink | null,
  { path = NOT_ASKED, renewal = null, changes = NOTHING_CHANGED }: NightNews = {},
): Digest {
  const { summary, clusters, scope } = report;
  const counts = SEVERITIES.flatMap((severity) =>
    summary.findings[severity] === 0 ? [] : [`${summary.findings[severity]} ${severity}`],
  );
  const open = counts.length === 0 ? 'nothing open above info' : counts.join(', ');
  const gap = summary.notAudited === 0 ? '' : `, ${tellCount(summary.notAudited, 'place')} not audited in whole`;
  const title = `Keyholder: ${open} in ${tellCount(clusters.length, 'cluster')}${gap}${tellPathGap(path)}`;
  const unread = scope.filter(({ status }) => status !== 'audited');
  const lines = [
    title,
    `Audit of ${tellMoment(report.generatedAt)}: ${tellCount(summary.keyholders, 'keyholder')} of ${tellCount(clusters.length, 'cluster')}.`,
    ...(report.window === null
      ? []
      : list(
          `New since ${tellMoment(report.window.from)}:`,
          tellFindings(listNew(report, report.window), clusters),
          MOST_FINDINGS,
        )),
    ...list('Back again, or worse:', tellRenewed(report, changes), MOST_FINDINGS),
    ...(changes.problem === null
      ? []
      : [
          '',
          `What came back or got worse could not be asked: ${escapeMessage(cut(changes.problem, MOST_CHARACTERS))}`,
        ]),
    ...list('Worst first:', tellFindings(listWorst(report), clusters), MOST_FINDINGS),
    ...list(
      'Not audited in whole:',
      unread.map(
        ({ account, region, status, reason }) => `${account} ${region}, ${status}: ${reason ?? 'no reason given'}`,
      ),
      MOST_PLACES,
    ),
    ...tellPathHealth(path).map((line) => escapeText(line)),
    ...tellRenewal(renewal),
    ...(link === null ? [] : ['', `The report, until ${tellMoment(link.expiresAt)}:`, link.url]),
  ];
  return {
    subject: cutSubject(escapeText(title)),
    text: `${lines.join('\n')}\n`,
    attributes: { kind: 'digest', severity: SEVERITIES.find((severity) => summary.findings[severity] > 0) ?? 'info' },
  };
}

/** None where all of them are: then it is the first night, and the list of the worst says it. */
function listNew(report: Report, { from }: Window): readonly Finding[] {
  const worst = listWorst(report);
  const fresh = worst.filter(({ firstSeenAt }) => msBetween(from, firstSeenAt) > 0);
  return fresh.length === worst.length ? [] : fresh;
}

const RENEWED: Readonly<Record<Renewed, string>> = { reopened: 'again', worsened: 'worse' };

/** What stands since before the night may be told in the middle of others: it is named for itself. */
function tellRenewed(report: Report, { kinds }: NightChanges): readonly string[] {
  return listWorst(report).flatMap((finding) => {
    const kind = kinds.get(finding.fingerprint);
    return kind === undefined
      ? []
      : tellFindings([finding], report.clusters).map((line) => `${RENEWED[kind]}, ${line}`);
  });
}

function listWorst({ clusters, findings }: Report): readonly Finding[] {
  const all = [...clusters.flatMap((cluster) => cluster.findings), ...findings];
  return sortFindings(all.filter(({ status, severity }) => status === 'open' && severity !== 'info'));
}

function tellFindings(findings: readonly Finding[], clusters: Report['clusters']): readonly string[] {
  return findings.map((finding) => `${finding.severity}: ${tellPlace(finding, clusters)}: ${finding.summary}`);
}

/** Of what a region lacks, whom it concerns there. */
function tellPlace({ cluster, subject }: Finding, clusters: Report['clusters']): string {
  if (cluster !== null) return cluster.name;
  const there = clusters.filter(({ account, region }) => subject === `region:${account}/${region}`);
  const [first, ...others] = there;
  if (first === undefined) return 'no single cluster';
  return others.length === 0 ? first.name : tellCount(there.length, 'cluster');
}

function list(title: string, items: readonly string[], most: number): readonly string[] {
  if (items.length === 0) return [];
  const shown = items.slice(0, most).map((item) => `- ${cut(escapeMessage(item), MOST_CHARACTERS)}`);
  const more = items.length > most ? [`- and ${items.length - most} more, in the report`] : [];
  return ['', title, ...shown, ...more];
}
