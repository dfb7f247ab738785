/** Every detection as far as it judges; its texts are not there in a function (scripts/detection-bundling.mjs). */
import { DETECTIONS } from '../detections/index.ts';
import type { DetectionRule, Finding } from '../model/finding.ts';

export const DETECTION_RULES: readonly DetectionRule[] = DETECTIONS;

const RECURRING: ReadonlySet<string> = new Set(
  DETECTION_RULES.flatMap(({ id, recurs }) => (recurs === true ? [id] : [])),
);

/** Each time is news, also where the finding of an earlier time stands. */
export function isRecurring({ detection }: Pick<Finding, 'detection'>): boolean {
  return RECURRING.has(detection);
}

const OF_STATE: ReadonlySet<string> = new Set(
  DETECTION_RULES.flatMap(({ id, detect }) => (detect === undefined ? [] : [id])),
);

/** It tells what stands, until an audit no longer finds it; any other tells what happened, which never ends. */
export function isOfState({ detection }: Pick<Finding, 'detection'>): boolean {
  return OF_STATE.has(detection);
}
