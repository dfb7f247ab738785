/** A severity into that of a production cluster, and the order of severities. */
import { SEVERITIES, type Severity } from '../model/finding.ts';
import { shiftSeverity } from '../rules/severities.ts';

/** Production raises every severity one step, except `info`: what is only worth knowing stays so. */
export function gradeForProduction(severity: Severity, isProduction: boolean): Severity {
  return isProduction && severity !== 'info' ? shiftSeverity(severity, 1) : severity;
}

/** Negative when `a` is the worse. */
export function compareSeverity(a: Severity, b: Severity): number {
  return SEVERITIES.indexOf(b) - SEVERITIES.indexOf(a);
}
