/** A report into the text of one of its formats. */
import type { Report } from '../model/report.ts';
import { renderCsv } from './csv.ts';
import { renderJson } from './json.ts';
import { renderText, type TextOptions } from './text.ts';
import { viewReport } from './view.ts';
import { listReviewRows } from './view-review.ts';

export const FORMATS = ['text', 'json', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** Findings of each cluster in a summary, when the whole report lies elsewhere. */
const WORST = 5;

/** `options` are for text alone; the other formats are for machines and always the same. */
export function renderReport(report: Report, format: Format, options: TextOptions): string {
  switch (format) {
    case 'text':
      return renderText(viewReport(report, options.reports === undefined ? Number.POSITIVE_INFINITY : WORST), options);
    case 'json':
      return renderJson(report);
    case 'csv':
      return renderCsv(listReviewRows(report));
  }
}
