/** What kubectl printed of the ConfigMap aws-auth into the rows that the authenticator keeps of it, and all that is wrong in it. */
import type { AwsAuth, AwsAuthProblem } from '../model/aws-auth.ts';
import type { Skip } from '../model/coverage.ts';
import { inspectAwsAuth } from './aws-auth-inspection.ts';
import { wordUnreadable } from './aws-auth-wording.ts';
import { readConfigMap } from './config-map.ts';
import { tallySkips } from './skip-tally.ts';
import { locateIn } from './text-positions.ts';

/** null where the text holds no ConfigMap; then the one skip says why. */
export function parseAwsAuth(
  text: string,
  file: string,
): { readonly awsAuth: AwsAuth | null; readonly skips: readonly Skip[] } {
  const map = readConfigMap(text, 'aws-auth');
  if (!('unreadable' in map)) return { awsAuth: inspectAwsAuth(map, text, file).awsAuth, skips: [] };
  const skips = tallySkips(file);
  const { line } = locateIn(text)(map.at);
  skips.add(map.unreadable, text.slice(map.at).trimStart().split('\n', 1)[0] ?? '', { line });
  return { awsAuth: null, skips: skips.list() };
}

/** Everything that is wrong, a text that holds no ConfigMap included. */
export function listAwsAuthProblems(text: string, file: string): readonly AwsAuthProblem[] {
  const map = readConfigMap(text, 'aws-auth');
  if (!('unreadable' in map)) return inspectAwsAuth(map, text, file).awsAuth.problems;
  const position = locateIn(text)(map.at);
  return [{ ...wordUnreadable(map.unreadable), section: null, arn: null, position }];
}
