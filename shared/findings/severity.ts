/** Steps between severities. */
import { SEVERITIES, type Severity } from '../model/finding.ts';

/** `steps` up (or down, when negative), held at the ends. */
export function shiftSeverity(severity: Severity, steps: number): Severity {
  const index = Math.min(Math.max(SEVERITIES.indexOf(severity) + steps, 0), SEVERITIES.length - 1);
  return SEVERITIES[index] ?? severity;
}

/** Production raises every severity one step, except `info`: what is only worth knowing stays so. */
export function gradeForProduction(severity: Severity, isProduction: boolean): Severity {
  return isProduction && severity !== 'info' ? shiftSeverity(severity, 1) : severity;
}

/** Negative when `a` is the worse. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(b) - SEVERITIES.indexOf(a);
}
