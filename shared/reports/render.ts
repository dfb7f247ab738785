/** A report into the text of one of its formats. */
import type { Report } from '../model/report.ts';
import { renderAsff } from './asff.ts';
import { renderControlsCsv } from './controls-csv.ts';
import { renderCsv } from './csv.ts';
import { renderJson } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { renderOcsf } from './ocsf.ts';
import { renderScope } from './scope-markdown.ts';
import { renderText, type TextOptions } from './text.ts';
import { viewReport } from './view.ts';
import { listControlRows } from './view-compliance.ts';
import { viewControlEvents } from './view-control-events.ts';
import { listReviewRows } from './view-review.ts';
import { viewSecurity } from './view-security.ts';
import { viewStatement } from './view-statement.ts';

export const FORMATS = ['text', 'json', 'csv', 'compliance', 'scope', 'markdown', 'ocsf', 'asff'] as const;
export type Format = (typeof FORMATS)[number];

/** Findings of each cluster in a summary, when the whole report lies elsewhere. */
const WORST = 5;
/** More of each cluster is counted: a ticket holds 65,536 characters. */
const MOST_IN_A_TICKET = 10;

/** `options` are for text alone; the other formats are for machines and always the same. */
export function renderReport(report: Report, format: Format, options: TextOptions): string {
  switch (format) {
    case 'text':
      return renderText(viewReport(report, options.reports === undefined ? Number.POSITIVE_INFINITY : WORST), options);
    case 'json':
      return renderJson(report);
    case 'csv':
      return renderCsv(listReviewRows(report));
    case 'compliance':
      return renderControlsCsv(listControlRows(report));
    case 'scope':
      return renderScope(viewStatement(report));
    case 'markdown':
      return renderMarkdown(viewReport(report, MOST_IN_A_TICKET));
    case 'ocsf':
      return renderOcsf(viewSecurity(report), viewControlEvents(report));
    case 'asff':
      return renderAsff(viewSecurity(report));
  }
}
