/** Every detection as far as it judges; its texts are not there in a function (scripts/detection-bundling.mjs). */
import { DETECTIONS } from '../detections/index.ts';
import type { DetectionRule } from '../model/finding.ts';

export const DETECTION_RULES: readonly DetectionRule[] = DETECTIONS;
