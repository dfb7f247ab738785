/** A declared break-glass principal that could not administer the cluster if it had to: proven each day, before it is needed. */
import type { Access, Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { isBreakGlass } from '../rules/declared.ts';
import { isAdminLevel } from '../rules/keyholders.ts';
import { areDoorsRead } from '../rules/read-doors.ts';
import { isReadInWhole } from '../rules/read-sources.ts';

export const breakGlassBroken: Detection = {
  id: 'break-glass-broken',
  ref: 'BG-003',
  title: 'Break-glass door does not work',
  severity: 'high',
  needs: [['eks-api/cluster', 'eks-api/access-entries', 'aws-auth', 'rbac', 'iam']],
  why: 'A way in that is tried for the first time in an emergency fails in it: the principal was deleted, the entry is bound to an earlier one, the policy was taken away, or nobody can assume the role.',
  fix: 'Mend the door now, while another one is open: keyholder recover names the commands.',
  blindSpots:
    'Whether MFA devices, passwords and the people who hold them are at hand is not readable. Without RBAC no door is told as one that gives too little.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html'],
  attack: ['T1531'],
  cis: [],
  findLack: (facts) => {
    const untried = listKept(facts).flatMap((principal) => findUntried(principal, facts) ?? []);
    return untried.length === 0 ? null : untried.join('; ');
  },
  *detect(facts) {
    const { cluster } = facts;
    for (const principal of listKept(facts)) {
      if (!principal.startsWith('arn:')) continue;
      const fault = findFault(principal, facts);
      if (fault === null) continue;
      yield {
        subject: `iam:${principal}`,
        summary: `${principal}, which is kept for emergencies, could not administer ${cluster.name}: ${fault}.`,
        evidence: cluster.evidence,
      };
    }
  },
};

function listKept(facts: Facts): readonly string[] {
  return facts.config.breakGlass.flatMap(({ principal }) => (isBreakGlass(principal, facts) ? [principal] : []));
}

/** What of its door nobody looked at, though this account was read: IAM of another one, or a user of Kubernetes. */
function findUntried(principal: string, facts: Facts): string | null {
  if (!principal.startsWith('arn:')) return `whether ${principal} works is not tried: it is no principal of IAM`;
  const open = facts.mappings.filter(
    ({ principal: mapped, inert }) => inert === null && principalKey(mapped) === arnKey(principal),
  );
  if (open.some(({ exists }) => exists !== null) && findHeld(principal, facts)?.people.status !== 'not-readable')
    return null;
  return open.length === 0 ? null : `IAM does not say whether ${principal} exists and who can become it`;
}

function findHeld(principal: string, { access }: Facts): Access | undefined {
  return access.find(({ principalArn }) => principalArn !== null && arnKey(principalArn) === arnKey(principal));
}

/** null where the door works. What was not read is no fault: the verdict says how far the silence goes. */
function findFault(principal: string, facts: Facts): string | null {
  const doors = facts.mappings.filter((mapping) => principalKey(mapping.principal) === arnKey(principal));
  if (doors.length === 0) return areDoorsRead(facts) ? 'it has no access entry and no row in aws-auth' : null;
  if (doors.every(({ exists }) => exists === false)) return 'IAM has no such principal';
  const open = doors.filter(({ inert }) => inert === null);
  if (open.length === 0) return `its door does not open (${describeInert(doors)})`;
  const held = findHeld(principal, facts);
  if (held === undefined || !isAdminLevel(held.level))
    return isReadInWhole(facts.coverage, 'rbac') ? `it holds no more than ${held?.level ?? 'nothing'}` : null;
  return held.people.status === 'none'
    ? `nobody can become it: ${held.people.reason ?? 'its trust names nobody'}`
    : null;
}

function describeInert(doors: readonly Mapping[]): string {
  return [...new Set(doors.flatMap(({ inert }) => inert ?? []))].join(', ');
}
