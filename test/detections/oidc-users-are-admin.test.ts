import { oidcUsersAreAdmin } from '../../shared/detections/oidc-users-are-admin.ts';
import type { IdentityProvider } from '../../shared/model/eks.ts';
import type { Subject } from '../../shared/model/rbac.ts';
import { coverage, coverageBut, eksCoverage, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { mapping, resolvedBinding, subject } from '../support/facts.ts';

const SUBJECT = 'binding:ClusterRoleBinding/-/team-admins';
const provider = (more: Partial<IdentityProvider> = {}): IdentityProvider => ({
  name: 'corporate',
  issuerUrl: 'https://login.example.com',
  usernamePrefix: 'oidc:',
  groupsPrefix: 'oidc:',
  status: 'ACTIVE',
  evidence: ref('eks-api'),
  ...more,
});
const bound = (...subjects: readonly Subject[]) => [resolvedBinding({ subjects })];

describeDetection(oidcUsersAreAdmin, {
  fires: [
    {
      name: 'a group with the prefix of the provider is bound',
      facts: { identityProviders: [provider()], bindings: bound(subject('Group', 'oidc:admins')) },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'Group oidc:admins can act as cluster admin, and is a name of the OIDC provider corporate',
    },
    {
      name: 'the prefix of users is the issuer where none is set',
      facts: {
        identityProviders: [provider({ usernamePrefix: null })],
        bindings: bound(subject('User', 'https://login.example.com#alice')),
      },
      subjects: [SUBJECT],
    },
    {
      name: 'the provider adds no prefix, and nothing else explains the name',
      facts: {
        identityProviders: [provider({ usernamePrefix: '-', groupsPrefix: null })],
        bindings: bound(subject('User', 'alice'), subject('Group', 'admins')),
      },
      subjects: [SUBJECT],
      says: 'may be a name, for no prefix is set, of the OIDC provider corporate',
    },
  ],
  staysQuiet: [
    { name: 'there is no provider', facts: { bindings: bound(subject('Group', 'oidc:admins')) } },
    {
      name: 'the bound group has another prefix',
      facts: { identityProviders: [provider()], bindings: bound(subject('Group', 'admins'), subject('User', 'alice')) },
    },
    {
      name: 'an IAM mapping explains the name',
      facts: {
        identityProviders: [provider({ groupsPrefix: '' })],
        bindings: bound(subject('Group', 'admins')),
        mappings: [mapping({ identity: { username: 'x', groups: ['admins'] } })],
      },
    },
    {
      name: 'service accounts and names of Kubernetes are never of a provider',
      facts: {
        identityProviders: [provider({ usernamePrefix: '-', groupsPrefix: '' })],
        bindings: bound(subject('ServiceAccount', 'deployer', 'ci'), subject('Group', 'system:masters')),
      },
    },
    {
      name: 'the role is no admin',
      facts: {
        identityProviders: [provider()],
        bindings: [resolvedBinding({ subjects: [subject('Group', 'oidc:viewers')], level: 'limited' })],
      },
    },
  ],
  cannotTell: [
    {
      name: 'the providers were not read',
      coverage: coverageBut(eksCoverage({ 'identity-providers': 'denied' })),
      missing: ['eks-api'],
    },
    { name: 'RBAC was denied', coverage: coverageBut(coverage('rbac', 'denied')), missing: ['rbac'] },
  ],
});
