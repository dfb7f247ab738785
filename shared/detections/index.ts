/** Every detection, in alphabetical order of their files: the one list that runs, is documented and is tested. */
import type { Detection } from '../model/finding.ts';
import { accessEntryGroupIsAdmin } from './access-entry-group-is-admin.ts';
import { accessEntryUsernameCollision } from './access-entry-username-collision.ts';
import { accessLogsOff } from './access-logs-off.ts';
import { accessPolicyUnknown } from './access-policy-unknown.ts';
import { adminClusterRoleBinding } from './admin-cluster-role-binding.ts';
import { adminPolicyAtClusterScope } from './admin-policy-at-cluster-scope.ts';
import { anonymousBinding } from './anonymous-binding.ts';
import { anonymousBindingDormant } from './anonymous-binding-dormant.ts';
import { awsAuthArnNeverMatches } from './aws-auth-arn-never-matches.ts';
import { awsAuthDuplicateArn } from './aws-auth-duplicate-arn.ts';
import { awsAuthGroupIsAdmin } from './aws-auth-group-is-admin.ts';
import { awsAuthMalformed } from './aws-auth-malformed.ts';
import { broadAdminPolicy } from './broad-admin-policy.ts';
import { secretReachingPolicy } from './secret-reaching-policy.ts';
import { systemMastersMapping } from './system-masters-mapping.ts';

export const DETECTIONS: readonly Detection[] = [
  accessEntryGroupIsAdmin,
  accessEntryUsernameCollision,
  accessLogsOff,
  accessPolicyUnknown,
  adminClusterRoleBinding,
  adminPolicyAtClusterScope,
  anonymousBinding,
  anonymousBindingDormant,
  awsAuthArnNeverMatches,
  awsAuthDuplicateArn,
  awsAuthGroupIsAdmin,
  awsAuthMalformed,
  broadAdminPolicy,
  secretReachingPolicy,
  systemMastersMapping,
];
