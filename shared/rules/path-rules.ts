/** The rules that send the calls of an account and region home, and the marked event that passes each as a call does. */
import { PATH_RULES, type PathRule } from '../model/alert-path.ts';

/** No service of AWS: whatever has this source is a test, and never evidence of anything. */
export const TEST_SOURCE = 'keyholder.test';
export const TEST_DETAIL_TYPE = 'Keyholder test';
/** Stands among the calls that each rule takes; no service has a call of that name. */
export const TEST_CALL = 'KeyholderTest';

/** Of each public partition the region in which the calls to IAM appear. */
const IAM_REGIONS: ReadonlySet<string> = new Set(['us-east-1', 'cn-north-1', 'us-gov-west-1']);

export function isIamRegion(region: string): boolean {
  return IAM_REGIONS.has(region);
}

export function listPathRules(region: string): readonly PathRule[] {
  return PATH_RULES.filter((rule) => rule !== 'iam' || isIamRegion(region));
}

export function eventSourceOf(rule: PathRule): string {
  return `${rule}.amazonaws.com`;
}
