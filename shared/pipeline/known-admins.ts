/** The text of keyholder.yml into the callers whose logins as admin are expected, as the authenticator logs them. */
import { resolveConfig } from '../evidence/config.ts';
import { stripRolePath } from '../rules/arn.ts';

/** Of some clusters alone: not among them, since one query asks the logs of many. Throws KeyholderError for a bad file. */
export function listKnownAdmins(text: string, file: string): readonly string[] {
  const { approvedAdmins, breakGlass } = resolveConfig(text, file);
  const everywhere = [...approvedAdmins, ...breakGlass].filter(({ clusters }) => clusters.length === 0);
  // STS never tells the path of a role.
  const arns = everywhere.flatMap(({ principal }) => stripRolePath(principal) ?? []);
  return [...new Set(arns)].filter((arn) => /^arn:[^:]+:iam::\d+:(?:role|user)\//.test(arn)).sort();
}
