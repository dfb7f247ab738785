/** The rules that send the calls of an account and region home, and the marked event that passes each as a call does. */
import { PATH_RULES, type PathRule } from '../model/alert-path.ts';
import { partitionOf } from './arn.ts';

/** No service of AWS: whatever has this source is a test, and never evidence of anything. */
export const TEST_SOURCE = 'keyholder.test';
export const TEST_DETAIL_TYPE = 'Keyholder test';
/** Stands among the calls that each rule takes; no service has a call of that name. */
export const TEST_CALL = 'KeyholderTest';

/** The alarm of resources/member-events.yml over the queue of events that could not be sent home. */
export const DEAD_LETTERS_ALARM = 'keyholder-member-dead-letters';

/** Of each public partition the region in which the calls to IAM appear. */
const IAM_REGIONS: ReadonlyMap<string, string> = new Map([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
]);

export function isIamRegion(region: string): boolean {
  return findIamRegion(region) === region;
}

/** Of the partition of that region; undefined where it is not published. */
export function findIamRegion(region: string): string | undefined {
  return IAM_REGIONS.get(partitionOf(region));
}

/**
 * Of each of them a canary comes every day, from every place that has resources/member-events.yml; `keepsRoles`: and
 * names roles that are kept for emergencies.
 */
export function listPathRules(region: string, keepsRoles: boolean): readonly PathRule[] {
  return PATH_RULES.filter((rule) => {
    if (rule === 'iam') return isIamRegion(region);
    return rule === 'sts' ? keepsRoles : rule !== 'home-bus';
  });
}

/** Those that a marked event on the bus of the region may go by; `sts` only where roles are named. */
export function listTestRules(region: string): readonly PathRule[] {
  return listPathRules(region, true);
}

/** What a marked event of that rule is about: the one for emergencies takes the roles that it names, and this, which is none. */
export function detailOf(rule: PathRule) {
  const detail = { eventSource: eventSourceOf(rule), eventName: TEST_CALL };
  return rule === 'sts' ? { ...detail, requestParameters: { roleArn: TEST_CALL } } : detail;
}

export function eventSourceOf(rule: PathRule): string {
  if (rule === 'log-batch') return 'keyholder-alert-on-log-batch';
  return rule === 'home-bus' ? 'keyholder-home-bus' : `${rule}.amazonaws.com`;
}
