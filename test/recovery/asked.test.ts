import { describe, expect, test } from 'vitest';
import { CLUSTER_EVENTS, IAM_EVENTS } from '../../shared/aws/cloudtrail-events.ts';
import type { CloudTrailEvent } from '../../shared/model/records.ts';
import type { RecoveryPlan } from '../../shared/model/recovery.ts';
import { listAskedCalls } from '../../shared/recovery/asked.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { PIPELINE } from '../support/grants.ts';
import { ADMIN, type Lockout, listLockouts, lockoutFacts, NODES, planFor, RESPONDER } from '../support/lockouts.ts';
import { actor, cloudTrailEvent } from '../support/records.ts';

const NOW = '2026-11-21T03:00:00Z';
const OLD = '2026-03-02T09:15:00Z';
const YOUNG = '2026-11-02T09:15:00Z';
const UNKNOWN = { authenticationMode: null, createdAt: null, bootstrapCreatorAdmin: null };
const OF_IAM = ['DeleteRole', 'DeleteUser', 'CreateRole', 'CreateUser', 'UpdateAssumeRolePolicy'];
const OF_ENTRIES = ['DeleteAccessEntry', 'DisassociateAccessPolicy', 'AssociateAccessPolicy'];

/** All that an audit asks of the event history. */
const NAMES: readonly string[] = [...CLUSTER_EVENTS, ...IAM_EVENTS];
const BY = 'arn:aws:iam::111122223333:role/developers';
const SUBJECTS = [ADMIN, NODES, PIPELINE, 'arn:aws:iam::111122223333:role/somebody'];

/** A call of this name on whoever matters in a lockout, lately and when the cluster was made. */
function recordCalls(eventName: string): readonly CloudTrailEvent[] {
  const source = IAM_EVENTS.some((name) => name === eventName) ? 'iam' : 'eks';
  return ['2026-03-02T09:16:00Z', '2026-11-20T16:40:00Z'].flatMap((at) =>
    SUBJECTS.map((principalArn) =>
      cloudTrailEvent({
        eventName,
        eventSource: `${source}.amazonaws.com`,
        at,
        principalArn: eventName === 'CreateCluster' ? null : principalArn,
        actor: actor({ name: BY, principalArn: BY }),
        request: {
          accessConfig: { authenticationMode: 'API' },
          policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        },
      }),
    ),
  );
}

function plan(lockout: Lockout, calls: readonly CloudTrailEvent[]): RecoveryPlan {
  return planFor(lockoutFacts(lockout, calls), lockout.caller === 'unnamed' ? null : RESPONDER);
}

/** Callers change what may be called, and nothing that a record shows. */
const LOCKOUTS = [...listLockouts()].filter(({ caller }) => caller === 'unnamed');

/** True where some plan with them on record is another one than without. */
function matter(calls: readonly CloudTrailEvent[], beside: readonly CloudTrailEvent[] = []): boolean {
  return LOCKOUTS.some(
    (lockout) => JSON.stringify(plan(lockout, [...beside, ...calls])) !== JSON.stringify(plan(lockout, beside)),
  );
}

describe('listAskedCalls', () => {
  test('names all that a plan tells apart from silence where the cluster is young and reads entries alone', () => {
    const asked = listAskedCalls({ ...UNKNOWN, authenticationMode: 'API', createdAt: YOUNG }, NOW);

    expect(asked).toEqual(['CreateCluster', 'CreateAccessEntry', ...OF_ENTRIES, 'UpdateClusterConfig', ...OF_IAM]);
  });

  test('leaves out the birth that the event history no longer holds', () => {
    const asked = listAskedCalls({ ...UNKNOWN, authenticationMode: 'API_AND_CONFIG_MAP', createdAt: OLD }, NOW);

    expect(asked).toEqual([...OF_ENTRIES, ...OF_IAM]);
  });

  test('leaves out who made entries where EKS made none for the creator', () => {
    const young = { authenticationMode: 'API', createdAt: YOUNG, bootstrapCreatorAdmin: false } as const;

    expect(listAskedCalls(young, NOW)).toEqual(['CreateCluster', ...OF_ENTRIES, 'UpdateClusterConfig', ...OF_IAM]);
  });

  test('leaves out entries in the mode that has none', () => {
    expect(listAskedCalls({ ...UNKNOWN, authenticationMode: 'CONFIG_MAP', createdAt: YOUNG }, NOW)).toEqual([
      'CreateCluster',
      ...OF_IAM,
    ]);
  });

  test('leaves nothing out of a cluster that EKS did not describe', () => {
    expect(listAskedCalls(UNKNOWN, NOW)).toHaveLength(11);
  });
});

describe('a plan', () => {
  const ALL = listAskedCalls(UNKNOWN, NOW);

  const others = NAMES.filter((name) => !ALL.includes(name));

  test(`is the same, byte for byte, with and without ${others.length} other names of calls on record`, () => {
    expect(others).toHaveLength(NAMES.length - ALL.length);
    expect(matter(others.flatMap(recordCalls))).toBe(false);
  });

  // An entry as old as the cluster, which somebody made, is a matter of the creator: test/access/creator.test.ts.
  test.each(ALL.filter((name) => !/User$|^CreateAccessEntry$|^AssociateAccessPolicy$/.test(name)))(
    'is another one in some lockout by %s on record',
    (name) => {
      expect(matter(recordCalls(name))).toBe(true);
    },
  );

  test('takes nobody for an admin who was, by AssociateAccessPolicy on record, given less', () => {
    const given = recordCalls('AssociateAccessPolicy').map((call) => ({
      ...call,
      request: { policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy' },
    }));

    expect(matter(given, recordCalls('DeleteAccessEntry'))).toBe(true);
  });

  test('doubts its causes where the event history was not asked for all that it looks at', () => {
    const facts = lockoutFacts({
      mode: 'API',
      creator: 'present',
      entries: 'orphaned',
      awsAuth: 'good',
      caller: 'unnamed',
    });
    const askedFor = (calls: readonly string[]) => ({
      ...facts,
      coverage: coverageBut(coverage('cloudtrail', 'complete', { calls })),
    });

    expect(planFor(askedFor(NAMES), null).doubts).toEqual([]);
    expect(planFor(askedFor(NAMES.filter((name) => name !== 'DeleteRole')), null).doubts).toEqual([
      'cloudtrail was read in part (not asked for DeleteRole): a deleted entry, role or user may be missing among the causes',
    ]);
  });

  test('looks at nothing of the region: trails and detectors change no byte of it', () => {
    for (const lockout of LOCKOUTS) {
      const facts = lockoutFacts(lockout);
      const unread = Object.defineProperty({ ...facts }, 'region', {
        get: () => {
          throw new Error('expected no look at the region');
        },
      });

      expect(JSON.stringify(planFor(unread, null))).toBe(JSON.stringify(planFor(facts, null)));
    }
  });
});
