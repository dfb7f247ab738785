/** Every way to gain admin that is tried: by what EKS and Kubernetes are told, and by IAM. */
import { WAYS_OF_IAM } from './ways-of-iam.ts';
import { WAYS_OF_RBAC } from './ways-of-rbac.ts';
import { WAYS, type WayToAdmin } from './ways-to-admin.ts';

export const ALL_WAYS: readonly WayToAdmin[] = [...WAYS, ...WAYS_OF_RBAC, ...WAYS_OF_IAM];
