/** A report into its statement of scope and completeness: what was asked for, what answered, what lacked and why. */
import type { ClusterReport, Report } from '../model/report.ts';
import { sortClusters } from './order.ts';
import { type ReportView, viewReport } from './view.ts';
import { viewCoverage } from './view-coverage.ts';
import { viewScope } from './view-scope.ts';
import { tellCount, tellMoment } from './words.ts';

export interface TableView {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export interface StatementView {
  readonly title: string;
  readonly lead: readonly string[];
  readonly sections: readonly {
    readonly heading: string;
    readonly lines: readonly string[];
    readonly tables: readonly TableView[];
  }[];
}

export function viewStatement(report: Report): StatementView {
  const view = viewReport(report, 0);
  const { summary } = report;
  return {
    title: 'Scope and completeness',
    lead: [
      `${view.title}. ${view.outcome}.`,
      summary.notEvaluated + summary.notAudited === 0
        ? 'Every place that was asked for answered, and every question was judged in whole.'
        : 'This report is not complete. What is listed below as not read could hold access and faults that it does not show.',
    ],
    sections: listSections(report, view),
  };
}

function listSections(report: Report, view: ReportView): StatementView['sections'] {
  const { facts, besides, places, queries, files } = viewScope(report, view);
  const { comparison, provenance } = report;
  const compared = comparison === undefined ? [] : [`Compared with the report of ${tellMoment(comparison.earlierAt)}`];
  const asked: TableView = {
    columns: ['Account', 'Region', 'Answer', 'Clusters', 'Why, and what to do'],
    rows: places.map(({ account, region, status, clusters, reason }) => [account, region, status, clusters, reason]),
  };
  const read: TableView = {
    columns: ['Cluster', 'Holders', 'Read in whole (records)', 'Not read in whole'],
    rows: sortClusters(report.clusters).map(listReading),
  };
  const hashes: TableView = { columns: ['File', 'SHA-256'], rows: files.map(({ file, sha256 }) => [file, sha256]) };
  const none = provenance.caller === null ? 'None: a folder was read.' : 'None.';
  const basis = [...facts.map(([name, text]) => `${name}: ${text}`), ...compared, ...besides];
  return [
    { heading: 'Basis', lines: basis, tables: [] },
    { heading: 'Accounts and regions', lines: [], tables: [asked] },
    { heading: 'Clusters', lines: [], tables: [read] },
    { heading: 'Questions not judged in whole', lines: [view.doubtTitle, ...view.doubts], tables: [] },
    { heading: 'Queries', lines: queries.length > 0 ? queries : [none], tables: [] },
    { heading: 'Files', lines: [`${tellCount(files.length, 'file')} were read.`], tables: [hashes] },
  ];
}

function listReading({ arn, access, coverage }: ClusterReport): readonly string[] {
  const { whole, gaps } = viewCoverage(coverage);
  const lacking = gaps.map(({ source, status, reason }) => `${source} ${status}${reason === '' ? '' : `: ${reason}`}`);
  return [arn, String(access.length), whole.join(', '), lacking.join('; ')];
}
