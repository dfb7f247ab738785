/** What stands where nothing was read: each list empty, until somebody names what belongs there. */
import type { ClusterEvidence, Evidence } from '../model/evidence.ts';
import { EMPTY_CONFIG } from './config.ts';
import { EMPTY_STATE } from './state.ts';

/** A cluster in which nobody holds anything. */
export const NO_ACCESS = {
  accessEntries: [],
  awsAuth: null,
  rbac: { roles: [], bindings: [] },
  identityProviders: [],
  workloadRoles: [],
  usage: [],
} as const satisfies Partial<ClusterEvidence>;

/** Of a cluster of which only the description is known; that nothing was read is for its coverage to say. */
export const NOTHING_OF_CLUSTER = {
  ...NO_ACCESS,
  logGroup: null,
  authenticator: [],
  audit: [],
  cloudTrail: [],
} as const satisfies Omit<ClusterEvidence, 'cluster' | 'coverage'>;

export const NOTHING_READ: Evidence = {
  window: null,
  scope: [],
  clusters: [],
  accounts: [],
  config: EMPTY_CONFIG,
  state: EMPTY_STATE,
  files: [],
  strangers: [],
  caller: null,
  queries: [],
};
