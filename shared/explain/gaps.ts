/** Coverage into what was not read and could change an answer, and the commands that would show it. */
import type { Ask, Gap } from '../model/explanation.ts';
import type { Facts } from '../model/facts.ts';
import type { Principal } from '../model/principal.ts';
import {
  findCreation,
  listEntryPolicies,
  SHOW_AWS_AUTH,
  SHOW_RBAC,
  showAuthenticationMode,
  showPrincipal,
} from '../rules/identity-checks.ts';
import { describeAccessEntry } from '../rules/remedies.ts';
import { shellLine } from '../rules/shell.ts';

/** Commands that only read. Where no source can tell, the principal has to ask the API server itself. */
export function listGapChecks(
  { cluster }: Facts,
  { gaps, principal, ask }: { readonly gaps: readonly Gap[]; readonly principal: Principal | null; readonly ask: Ask },
): readonly string[] {
  const arn = principal?.arn ?? '';
  const shown = principal === null ? null : showPrincipal(principal);
  const commands = gaps.flatMap(({ need }): readonly string[] => {
    switch (need) {
      case 'rbac':
        return [SHOW_RBAC];
      case 'aws-auth':
        return [SHOW_AWS_AUTH];
      case 'iam':
        return shown === null ? [] : [shown];
      case 'cloudtrail':
        return [findCreation(cluster)];
      case 'eks-api/cluster':
        return [showAuthenticationMode(cluster)];
      case 'eks-api/access-entries':
        return principal === null ? [] : [describeAccessEntry(cluster, arn), listEntryPolicies(cluster, arn)];
      case null:
        return principal === null ? [] : [askCanI(ask)];
      default:
        return [];
    }
  });
  return [...new Set(commands)];
}

function askCanI({ request, isNamespaced }: Ask): string {
  const { verb, path, resource, apiGroup, subresource, name, namespace } = request;
  const type = apiGroup === '' || apiGroup === '*' ? resource : `${resource}.${apiGroup}`;
  const what = path ?? (name === '' ? type : `${type}/${name}`);
  const sub = subresource === '' ? [] : [`--subresource=${subresource}`];
  const where = namespace !== '' ? ['-n', namespace] : isNamespaced ? ['-A'] : [];
  return shellLine('kubectl', 'auth', 'can-i', verb, what, ...sub, ...where);
}
