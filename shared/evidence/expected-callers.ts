/** Declared admins into the callers whose logins are expected on every cluster, as the authenticator logs them. */
import type { Config } from '../model/config.ts';
import { stripRolePath } from '../rules/arn.ts';

/** Those of some clusters alone are not among them: one query asks the logs of many. */
export function listExpectedCallers({ approvedAdmins, breakGlass }: Config): readonly string[] {
  const everywhere = [...approvedAdmins, ...breakGlass].filter(({ clusters }) => clusters.length === 0);
  // STS never tells the path of a role.
  const arns = everywhere.flatMap(({ principal }) => stripRolePath(principal) ?? []);
  return [...new Set(arns)].filter((arn) => /^arn:[^:]+:iam::\d+:(?:role|user)\//.test(arn)).sort();
}
