/** Steps between severities. */
import { SEVERITIES, type Severity } from '../model/finding.ts';

/** `steps` up (or down, when negative), held at the ends. */
export function shiftSeverity(severity: Severity, steps: number): Severity {
  const index = Math.min(Math.max(SEVERITIES.indexOf(severity) + steps, 0), SEVERITIES.length - 1);
  return SEVERITIES[index] ?? severity;
}
