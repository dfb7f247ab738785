/** Findings of a stream, and its counts, to people and scripts: one text each. */
import type { Finding } from '../model/finding.ts';
import {
  DETECT_FORMATS as FORMATS,
  type DetectFormat as Format,
  renderCounts,
  renderDetected,
} from '../reports/detected.ts';
import type { DetectCounts } from './detect.ts';

export type DetectFormat = Format;
export const DETECT_FORMATS: readonly DetectFormat[] = FORMATS;

export interface Screen {
  readonly colour: boolean;
  readonly width: number;
}

export function tellFinding(finding: Finding, format: DetectFormat, screen: Screen): string {
  return renderDetected(finding, format, screen);
}

export function tellCounts(counts: DetectCounts): string {
  return renderCounts(counts);
}
