/** A binding that makes users of the cluster's own OIDC provider admins. */
import type { ResolvedBinding } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { isClusterAdminBinding } from '../rules/admin-bindings.ts';
import { matchOidcSubject } from '../rules/oidc-subjects.ts';
import { removeSubjects } from '../rules/rbac-remedies.ts';
import { showBinding } from '../rules/remedies.ts';
import { bindingSubject, wordSubjects } from '../rules/subject-names.ts';

export const oidcUsersAreAdmin: Detection = {
  id: 'oidc-users-are-admin',
  ref: 'IM-011',
  title: 'Users of an OIDC provider are admins',
  severity: 'high',
  needs: [['eks-api/identity-providers', 'rbac']],
  why: 'Such logins pass by IAM altogether: no CloudTrail record, no line of the authenticator, no trust policy, and whoever runs the identity provider decides who is admin of the cluster.',
  fix: 'Bind IAM principals instead, or a group of the provider with a prefix of its own whose members are reviewed. Look at the binding first, then take the subjects out.',
  blindSpots:
    'Who is in the group is known to the identity provider alone. Where the provider adds no prefix, any user or group of a binding may be one of its own, and is reported as such.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
    'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#openid-connect-tokens',
  ],
  attack: ['T1484.002'],
  cis: ['5.5.1'],
  *detect({ bindings, identityProviders, mappings }) {
    const mapped = new Set(mappings.flatMap(({ identity }) => [identity.username, ...identity.groups]));
    for (const provider of identityProviders) {
      for (const binding of bindings.filter(isClusterAdminBinding)) {
        const found = listSubjects(binding, (subject) => matchOidcSubject(subject, provider), mapped);
        if (found.length === 0) continue;
        const isCertain = found.some((subject) => matchOidcSubject(subject, provider) === 'certain');
        yield {
          subject: bindingSubject(binding),
          summary: `${wordSubjects(found)} can act as cluster admin, and ${isCertain ? 'is a name' : 'may be a name, for no prefix is set,'} of the OIDC provider ${provider.name}: ${binding.reason}.`,
          commands: [showBinding(binding), ...removeSubjects(binding, found)],
          at: binding.createdAt,
          evidence: [binding.evidence, provider.evidence],
        };
      }
    }
  },
};

/** A name that an IAM mapping gives is explained without the provider. */
function listSubjects(
  { subjects }: ResolvedBinding,
  match: (subject: ResolvedBinding['subjects'][number]) => 'certain' | 'possible' | 'no',
  mapped: ReadonlySet<string>,
): ResolvedBinding['subjects'] {
  return subjects.filter((subject) => {
    const answer = match(subject);
    return answer === 'certain' || (answer === 'possible' && !mapped.has(subject.name));
  });
}
