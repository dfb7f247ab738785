/** Coverage into what was not read and could change an answer, and the commands that would show it. */
import type { Coverage, EksPart, Source } from '../model/coverage.ts';
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

/** null where the source was read in whole. */
export function findSourceGap(coverage: readonly Coverage[], source: Source): Gap | null {
  const row = coverage.find((each) => each.source === source);
  if (row?.status === 'complete') return null;
  return { need: source, reason: wordGap(source, row?.status, row?.reason) };
}

/** null where the piece of `eks-api` was read in whole. */
export function findPartGap(coverage: readonly Coverage[], part: EksPart): Gap | null {
  const row = coverage.find(({ source }) => source === 'eks-api');
  const status = row?.parts?.[part] ?? row?.status;
  if (status === 'complete') return null;
  return { need: `eks-api/${part}`, reason: wordGap(part, status, row?.reason) };
}

const HOW: Readonly<Partial<Record<Coverage['status'], string>>> = {
  partial: 'read in part',
  denied: 'denied',
  disabled: 'turned off',
};

function wordGap(what: string, status: Coverage['status'] | undefined, reason: string | null | undefined): string {
  const how = (status && HOW[status]) ?? 'not read';
  return `${what} was ${how}${reason == null ? '' : `: ${reason}`}`;
}

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
