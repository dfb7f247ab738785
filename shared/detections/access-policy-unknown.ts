/** An access policy of which nobody outside AWS knows what it allows. */
import type { Detection } from '../model/finding.ts';
import { ACCESS_POLICIES_COLLECTED_AT, findAccessPolicy } from '../rules/access-policies.ts';
import { isUncharted, wordPolicies } from '../rules/policy-reach.ts';

export const accessPolicyUnknown: Detection = {
  id: 'access-policy-unknown',
  ref: 'AE-014',
  title: 'Access policy with unknown rules',
  severity: 'low',
  needs: [['eks-api/access-entries']],
  why: 'AWS adds access policies and does not publish the rules of each, so what the principal may do is not known, and unknown is not harmless.',
  fix: 'Look the policy up in the EKS user guide. If its rules stand there, they belong into the table of access policies; if not, ask AWS what it allows before you rely on it.',
  blindSpots:
    'Policies that AWS describes in words and attaches by itself, such as those of EKS Auto Mode, are not reported, although their rules are not published either.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html'],
  attack: [],
  cis: ['4.1.7'],
  *detect({ mappings }) {
    for (const { principal, policies, inert, evidence } of mappings) {
      const uncharted = policies.filter(isUncharted);
      const [first] = uncharted;
      if (first === undefined || inert !== null) continue;
      const why =
        findAccessPolicy(first.name) === null
          ? `which the table of ${ACCESS_POLICIES_COLLECTED_AT} does not know`
          : 'of which AWS publishes no rules';
      yield {
        subject: `iam:${principal.arn}`,
        summary: `${principal.arn} holds ${wordPolicies(uncharted)}, ${why}: what it may do is not known.`,
        at: first.associatedAt,
        evidence,
      };
    }
  },
};
