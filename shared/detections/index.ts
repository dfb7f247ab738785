/** Every detection, in alphabetical order of their files: the one list that runs, is documented and is tested. */
import type { Detection } from '../model/finding.ts';
import { adminClusterRoleBinding } from './admin-cluster-role-binding.ts';
import { adminPolicyAtClusterScope } from './admin-policy-at-cluster-scope.ts';

export const DETECTIONS: readonly Detection[] = [adminClusterRoleBinding, adminPolicyAtClusterScope];
