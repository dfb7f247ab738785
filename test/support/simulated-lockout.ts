/** A lockout as evidence describes it, as a simulated cluster that is lost in the same way. */
import { ADMIN, BROKEN_DATA, FOUNDER, GOOD_DATA, LEGACY_ADMIN, type Lockout, NODES, RESPONDER } from './lockouts.ts';
import { ADMIN_POLICY, SimulatedCluster } from './simulated-cluster.ts';
import { type SimulatedCaller, SimulatedIam } from './simulated-iam.ts';
import type { SimulatedWorld } from './simulated-programs.ts';

export interface Circumstances {
  readonly creatorMatchedBy?: 'arn' | 'unique-id';
  readonly deniesTags?: boolean;
}

const HOME_TRUST = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:root' }, Action: 'sts:AssumeRole' }],
};
const NO_TRUST = { Version: '2012-10-17', Statement: [] };

function mayOf({ caller }: Lockout, { deniesTags = false }: Circumstances): SimulatedCaller['may'] {
  return (action) => {
    if (deniesTags && /:Tag/.test(action)) return false;
    if (caller === 'administrator') return true;
    // Without --as somebody with the rights of EKS runs the commands, and may look at roles.
    if (caller === 'unnamed') return /^(eks:|sts:AssumeRole|iam:GetRole)/.test(action);
    return caller === 'eks' && /^(eks:|sts:AssumeRole)/.test(action);
  };
}

export function simulateLockout(lockout: Lockout, circumstances: Circumstances = {}): SimulatedWorld {
  const { mode, creator, entries, awsAuth, creatorKind = 'role' } = lockout;
  const iam = new SimulatedIam({ arn: RESPONDER, uniqueId: 'AROARESPONDER', may: mayOf(lockout, circumstances) });
  const make = (arn: string, trust: unknown = HOME_TRUST) => iam.makeRole(arn.split('/').at(-1) ?? '', trust);
  const nodes = make(NODES, NO_TRUST);
  iam.roles.set('responder', { ...iam.caller, trust: HOME_TRUST, tags: new Map() });
  make(LEGACY_ADMIN);
  const admin = entries === 'orphaned' ? null : make(ADMIN);
  const pipeline = 'arn:aws:iam::111122223333:role/pipeline';
  const standing =
    creator === 'gone' || creatorKind === 'user'
      ? null
      : make(pipeline, creator === 'untrusted' ? NO_TRUST : HOME_TRUST);
  const earlier = { arn: creatorKind === 'user' ? FOUNDER : pipeline, uniqueId: 'AROAEARLIER' };
  const cluster = new SimulatedCluster({
    mode,
    iam,
    creator: standing === null || creator === 're-created' ? earlier : standing,
    creatorMatchedBy: circumstances.creatorMatchedBy ?? 'arn',
  });
  const none = { groups: [], tags: new Map() };
  if (mode === 'API')
    cluster.entries.set(NODES, { ...none, uniqueId: nodes.uniqueId, type: 'EC2_LINUX', policies: new Set() });
  if (mode !== 'CONFIG_MAP' && entries !== 'none') {
    const uniqueId = entries === 'working' && admin !== null ? admin.uniqueId : 'AROAEARLIERADMIN';
    cluster.entries.set(ADMIN, { ...none, uniqueId, type: 'STANDARD', policies: new Set([ADMIN_POLICY]) });
  }
  cluster.awsAuth = awsAuth === 'deleted' ? null : awsAuth === 'broken' ? BROKEN_DATA : GOOD_DATA;
  cluster.settle();
  return { cluster, nodeRoles: [NODES], profiles: new Map() };
}
