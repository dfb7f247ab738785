/** One finding of a stream into one line, and the counts at its end into theirs. */
import type { Skip } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import { escapeJson } from './escape.ts';
import { cut, pad } from './layout.ts';
import { createPaint, SEVERITY_STYLES } from './page.ts';

export const DETECT_FORMATS = ['json', 'table'] as const;
export type DetectFormat = (typeof DETECT_FORMATS)[number];

export interface Screen {
  readonly colour: boolean;
  readonly width: number;
}

/** With its line end. JSON has the fields of the report's findings. */
export function renderDetected(finding: Finding, format: DetectFormat, screen: Screen): string {
  return format === 'json' ? `${escapeJson(JSON.stringify(finding))}\n` : renderRow(finding, screen);
}

const TIME_WIDTH = 20;
const SEVERITY_WIDTH = 8;
const LEAST_WIDTH = 72;

/** Two lines for a person: what and when, then what it means. */
function renderRow({ severity, at, detection, subject, summary }: Finding, { colour, width }: Screen): string {
  const paint = createPaint(colour);
  const columns = Math.max(LEAST_WIDTH, width);
  const head = `${pad(at ?? 'time not known', TIME_WIDTH)}  ${paint(SEVERITY_STYLES[severity], pad(severity.toUpperCase(), SEVERITY_WIDTH))}  `;
  const room = columns - TIME_WIDTH - SEVERITY_WIDTH - 4;
  const name = cut(detection, room);
  return `${head}${paint('bold', name)}  ${cut(subject, room - name.length - 2)}\n${' '.repeat(TIME_WIDTH + 2)}${cut(summary, columns - TIME_WIDTH - 2)}\n`;
}

/** The last line is for scripts: `read R, parsed P, skipped S`. */
export function renderCounts(counts: {
  readonly read: number;
  readonly parsed: number;
  readonly skipped: number;
  readonly skips: readonly Skip[];
  readonly gaps: readonly string[];
}): string {
  const { read, parsed, skipped, skips, gaps } = counts;
  const told = skips.map(({ reason, count, sample, file, line }) =>
    cut(`skipped ${count}: ${reason}, first at ${file ?? '-'}:${line}: ${sample}`, 300),
  );
  const lines = [
    ...gaps.map((gap) => cut(`not whole: ${gap}`, 300)),
    ...told,
    `read ${read}, parsed ${parsed}, skipped ${skipped}`,
  ];
  return `${lines.join('\n')}\n`;
}
