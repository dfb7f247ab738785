/** Every detection, in alphabetical order of their files: the one list that runs, is documented and is tested. */
import type { Detection } from '../model/finding.ts';
import { accessChangeDenied } from './access-change-denied.ts';
import { accessEntryDead } from './access-entry-dead.ts';
import { accessEntryForeignPrincipal } from './access-entry-foreign-principal.ts';
import { accessEntryGroupIsAdmin } from './access-entry-group-is-admin.ts';
import { accessEntryInert } from './access-entry-inert.ts';
import { accessEntryOrphaned } from './access-entry-orphaned.ts';
import { accessEntryUsernameCollision } from './access-entry-username-collision.ts';
import { accessLogsOff } from './access-logs-off.ts';
import { accessLogsTurnedOff } from './access-logs-turned-off.ts';
import { accessPolicyUnknown } from './access-policy-unknown.ts';
import { adminClusterRoleBinding } from './admin-cluster-role-binding.ts';
import { adminGrantUntagged } from './admin-grant-untagged.ts';
import { adminPeopleGrew } from './admin-people-grew.ts';
import { adminPolicyAtClusterScope } from './admin-policy-at-cluster-scope.ts';
import { adminPrincipalDeleted } from './admin-principal-deleted.ts';
import { adminRoleAssumableTooWidely } from './admin-role-assumable-too-widely.ts';
import { adminRoleBindingInSensitiveNamespace } from './admin-role-binding-in-sensitive-namespace.ts';
import { adminRoleTrustChanged } from './admin-role-trust-changed.ts';
import { adminSessionWithLongLivedKey } from './admin-session-with-long-lived-key.ts';
import { adminSessionsUnattributable } from './admin-sessions-unattributable.ts';
import { adminUnused } from './admin-unused.ts';
import { admissionWebhookChanged } from './admission-webhook-changed.ts';
import { aggregationLabelInjected } from './aggregation-label-injected.ts';
import { anonymousBinding } from './anonymous-binding.ts';
import { anonymousBindingDormant } from './anonymous-binding-dormant.ts';
import { anonymousProbing } from './anonymous-probing.ts';
import { anonymousRequestAllowed } from './anonymous-request-allowed.ts';
import { auditEventTruncated } from './audit-event-truncated.ts';
import { authenticationFailureStorm } from './authentication-failure-storm.ts';
import { authenticationMode } from './authentication-mode.ts';
import { awsAuthArnNeverMatches } from './aws-auth-arn-never-matches.ts';
import { awsAuthBlocksMigration } from './aws-auth-blocks-migration.ts';
import { awsAuthCreatedUnseen } from './aws-auth-created-unseen.ts';
import { awsAuthDeleted } from './aws-auth-deleted.ts';
import { awsAuthDuplicateArn } from './aws-auth-duplicate-arn.ts';
import { awsAuthGroupIsAdmin } from './aws-auth-group-is-admin.ts';
import { awsAuthIgnored } from './aws-auth-ignored.ts';
import { awsAuthMalformed } from './aws-auth-malformed.ts';
import { awsAuthOrphanedMapping } from './aws-auth-orphaned-mapping.ts';
import { awsAuthWritable } from './aws-auth-writable.ts';
import { breakGlassBroken } from './break-glass-broken.ts';
import { breakGlassChanged } from './break-glass-changed.ts';
import { breakGlassUsed } from './break-glass-used.ts';
import { broadAdminPolicy } from './broad-admin-policy.ts';
import { builtInRbacChanged } from './built-in-rbac-changed.ts';
import { callerControlledIdentity } from './caller-controlled-identity.ts';
import { capabilityCreated } from './capability-created.ts';
import { clientCertificateRequested } from './client-certificate-requested.ts';
import { cloudtrailOff } from './cloudtrail-off.ts';
import { clusterUncovered } from './cluster-uncovered.ts';
import { creatorEvidenceExpiring } from './creator-evidence-expiring.ts';
import { creatorGone } from './creator-gone.ts';
import { creatorIsAdmin } from './creator-is-admin.ts';
import { creatorUnknown } from './creator-unknown.ts';
import { creatorUnsuitable } from './creator-unsuitable.ts';
import { denialsThenGrant } from './denials-then-grant.ts';
import { escalationVerbsGranted } from './escalation-verbs-granted.ts';
import { everyoneBinding } from './everyone-binding.ts';
import { evidenceGap } from './evidence-gap.ts';
import { execInKubeSystem } from './exec-in-kube-system.ts';
import { firstAdminSession } from './first-admin-session.ts';
import { globalStsEndpoint } from './global-sts-endpoint.ts';
import { grantThenRevoke } from './grant-then-revoke.ts';
import { guarddutyEksOff } from './guardduty-eks-off.ts';
import { hiddenCreatorUsed } from './hidden-creator-used.ts';
import { iamCanSelfGrantAdmin } from './iam-can-self-grant-admin.ts';
import { identityCenterRoleReplaced } from './identity-center-role-replaced.ts';
import { lastAdminRemoved } from './last-admin-removed.ts';
import { legacyUnauthenticatedDiscovery } from './legacy-unauthenticated-discovery.ts';
import { logGroupTampered } from './log-group-tampered.ts';
import { mapAccountsUsed } from './map-accounts-used.ts';
import { mappedPrincipalRecreated } from './mapped-principal-recreated.ts';
import { mappedUsernameCollision } from './mapped-username-collision.ts';
import { nodeEntryAssumable } from './node-entry-assumable.ts';
import { nodeMappingLost } from './node-mapping-lost.ts';
import { nodesProxy } from './nodes-proxy.ts';
import { oidcProviderChanged } from './oidc-provider-changed.ts';
import { oidcUsersAreAdmin } from './oidc-users-are-admin.ts';
import { principalRecreated } from './principal-recreated.ts';
import { privilegedGroupAsSubject } from './privileged-group-as-subject.ts';
import { privilegedImpersonation } from './privileged-impersonation.ts';
import { privilegedTokenMinted } from './privileged-token-minted.ts';
import { publicEndpointOpen } from './public-endpoint-open.ts';
import { publicInfoViewerWidened } from './public-info-viewer-widened.ts';
import { queryIncomplete } from './query-incomplete.ts';
import { rbacMassDeletion } from './rbac-mass-deletion.ts';
import { rootSession } from './root-session.ts';
import { secretReachingPolicy } from './secret-reaching-policy.ts';
import { secretsListedClusterWide } from './secrets-listed-cluster-wide.ts';
import { selfGrantedAdmin } from './self-granted-admin.ts';
import { serviceAccountIsAdmin } from './service-account-is-admin.ts';
import { serviceAccountWritesRbac } from './service-account-writes-rbac.ts';
import { systemMastersMapping } from './system-masters-mapping.ts';
import { temporaryGrantOverdue } from './temporary-grant-overdue.ts';
import { unexpectedSystemMastersSession } from './unexpected-system-masters-session.ts';
import { userOrRootMappedToAdmin } from './user-or-root-mapped-to-admin.ts';
import { wildcardRole } from './wildcard-role.ts';
import { workloadRoleIsAdmin } from './workload-role-is-admin.ts';

export const DETECTIONS: readonly Detection[] = [
  accessChangeDenied,
  accessEntryDead,
  accessEntryForeignPrincipal,
  accessEntryGroupIsAdmin,
  accessEntryInert,
  accessEntryOrphaned,
  accessEntryUsernameCollision,
  accessLogsOff,
  accessLogsTurnedOff,
  accessPolicyUnknown,
  adminClusterRoleBinding,
  adminGrantUntagged,
  adminPeopleGrew,
  adminPolicyAtClusterScope,
  adminPrincipalDeleted,
  adminRoleAssumableTooWidely,
  adminRoleBindingInSensitiveNamespace,
  adminRoleTrustChanged,
  adminSessionWithLongLivedKey,
  adminSessionsUnattributable,
  adminUnused,
  admissionWebhookChanged,
  aggregationLabelInjected,
  anonymousBinding,
  anonymousBindingDormant,
  anonymousProbing,
  anonymousRequestAllowed,
  auditEventTruncated,
  authenticationFailureStorm,
  authenticationMode,
  awsAuthArnNeverMatches,
  awsAuthBlocksMigration,
  awsAuthCreatedUnseen,
  awsAuthDeleted,
  awsAuthDuplicateArn,
  awsAuthGroupIsAdmin,
  awsAuthIgnored,
  awsAuthMalformed,
  awsAuthOrphanedMapping,
  awsAuthWritable,
  breakGlassBroken,
  breakGlassChanged,
  breakGlassUsed,
  broadAdminPolicy,
  builtInRbacChanged,
  callerControlledIdentity,
  capabilityCreated,
  clientCertificateRequested,
  cloudtrailOff,
  clusterUncovered,
  creatorEvidenceExpiring,
  creatorGone,
  creatorIsAdmin,
  creatorUnknown,
  creatorUnsuitable,
  denialsThenGrant,
  escalationVerbsGranted,
  everyoneBinding,
  evidenceGap,
  execInKubeSystem,
  firstAdminSession,
  globalStsEndpoint,
  grantThenRevoke,
  guarddutyEksOff,
  hiddenCreatorUsed,
  iamCanSelfGrantAdmin,
  identityCenterRoleReplaced,
  lastAdminRemoved,
  legacyUnauthenticatedDiscovery,
  logGroupTampered,
  mapAccountsUsed,
  mappedPrincipalRecreated,
  mappedUsernameCollision,
  nodeEntryAssumable,
  nodeMappingLost,
  nodesProxy,
  oidcProviderChanged,
  oidcUsersAreAdmin,
  principalRecreated,
  privilegedGroupAsSubject,
  privilegedImpersonation,
  privilegedTokenMinted,
  publicEndpointOpen,
  publicInfoViewerWidened,
  queryIncomplete,
  rbacMassDeletion,
  rootSession,
  secretReachingPolicy,
  secretsListedClusterWide,
  selfGrantedAdmin,
  serviceAccountIsAdmin,
  serviceAccountWritesRbac,
  systemMastersMapping,
  temporaryGrantOverdue,
  unexpectedSystemMastersSession,
  userOrRootMappedToAdmin,
  wildcardRole,
  workloadRoleIsAdmin,
];
