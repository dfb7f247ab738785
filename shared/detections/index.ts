/** Every detection, in alphabetical order of their files: the one list that runs, is documented and is tested. */
import type { Detection } from '../model/finding.ts';
import { accessLogsOff } from './access-logs-off.ts';
import { adminClusterRoleBinding } from './admin-cluster-role-binding.ts';
import { adminPolicyAtClusterScope } from './admin-policy-at-cluster-scope.ts';
import { anonymousBinding } from './anonymous-binding.ts';
import { anonymousBindingDormant } from './anonymous-binding-dormant.ts';

export const DETECTIONS: readonly Detection[] = [
  accessLogsOff,
  adminClusterRoleBinding,
  adminPolicyAtClusterScope,
  anonymousBinding,
  anonymousBindingDormant,
];
