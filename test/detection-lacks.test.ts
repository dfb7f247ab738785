import { describe, expect, test } from 'vitest';
import { accessEntryDead } from '../shared/detections/access-entry-dead.ts';
import { accessEntryOrphaned } from '../shared/detections/access-entry-orphaned.ts';
import { adminPeopleGrew } from '../shared/detections/admin-people-grew.ts';
import { adminRoleAssumableTooWidely } from '../shared/detections/admin-role-assumable-too-widely.ts';
import { adminSessionsUnattributable } from '../shared/detections/admin-sessions-unattributable.ts';
import { awsAuthBlocksMigration } from '../shared/detections/aws-auth-blocks-migration.ts';
import { awsAuthIgnored } from '../shared/detections/aws-auth-ignored.ts';
import { awsAuthOrphanedMapping } from '../shared/detections/aws-auth-orphaned-mapping.ts';
import { creatorGone } from '../shared/detections/creator-gone.ts';
import { creatorUnsuitable } from '../shared/detections/creator-unsuitable.ts';
import { identityCenterRoleReplaced } from '../shared/detections/identity-center-role-replaced.ts';
import { lastAdminRemoved } from '../shared/detections/last-admin-removed.ts';
import { logGroupTampered } from '../shared/detections/log-group-tampered.ts';
import { mappedPrincipalRecreated } from '../shared/detections/mapped-principal-recreated.ts';
import { nodeEntryAssumable } from '../shared/detections/node-entry-assumable.ts';
import { workloadRoleIsAdmin } from '../shared/detections/workload-role-is-admin.ts';
import { evaluateCluster } from '../shared/findings/evaluate.ts';
import type { Facts } from '../shared/model/facts.ts';
import type { Detection } from '../shared/model/finding.ts';
import { parsePrincipal } from '../shared/rules/arn.ts';
import { coverageBut } from './support/coverage.ts';
import { ADMIN_ROLE, access, accessEntry, awsAuthRow, cluster, facts, mapping, people } from './support/facts.ts';
import { auditEvent, cloudTrailEvent } from './support/records.ts';

const FOREIGN = 'arn:aws:iam::444455556666:role/partner';
const SSO = 'arn:aws:iam::444455556666:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';
const entry = mapping({ principal: parsePrincipal(FOREIGN), entry: accessEntry({ type: 'EC2_LINUX' }), exists: null });
const row = mapping({
  via: 'aws-auth',
  principal: parsePrincipal(FOREIGN),
  row: awsAuthRow(),
  entry: null,
  exists: null,
});
const sso = mapping({ principal: parsePrincipal(SSO), exists: null });
const foreignAdmin = access({ principalArn: FOREIGN, exists: null });
const creator = facts().creator;
const creation = cloudTrailEvent({
  eventName: 'CreateRole',
  eventSource: 'iam.amazonaws.com',
  clusterName: null,
  principalArn: ADMIN_ROLE,
});
const retention = cloudTrailEvent({
  eventName: 'PutRetentionPolicy',
  eventSource: 'logs.amazonaws.com',
  at: '2026-11-20T08:00:00Z',
  request: { logGroupName: '/aws/eks/payments/cluster', retentionInDays: 365 },
});
const write = auditEvent({
  verb: 'update',
  code: 200,
  at: '2026-11-20T08:00:00Z',
  object: { apiGroup: '', resource: 'configmaps', subresource: '', namespace: 'kube-system', name: 'aws-auth' },
});
const api = cluster({ authenticationMode: 'API_AND_CONFIG_MAP', bootstrapCreatorAdmin: false });
const untold = `no IAM that was read tells of ${FOREIGN}`;
const hadPeople = {
  ...facts().state,
  adminPeople: {
    [api.arn]: { at: '2026-11-20T03:00:00Z', life: api.createdAt, people: ['iam-user 111122223333:user/alice'] },
  },
};

interface Row {
  readonly detection: Detection;
  readonly facts: Partial<Facts>;
  readonly lack: string;
  /** Left out: what it says of the rest counts. */
  readonly isWhole?: true;
}

const LACKS: readonly Row[] = [
  { detection: accessEntryOrphaned, facts: { mappings: [entry] }, lack: untold },
  { detection: accessEntryDead, facts: { mappings: [entry] }, lack: untold },
  { detection: nodeEntryAssumable, facts: { mappings: [entry] }, lack: untold },
  { detection: awsAuthOrphanedMapping, facts: { mappings: [row] }, lack: untold },
  { detection: awsAuthBlocksMigration, facts: { cluster: api, mappings: [row] }, lack: untold },
  { detection: identityCenterRoleReplaced, facts: { mappings: [sso] }, lack: `no IAM that was read tells of ${SSO}` },
  { detection: adminRoleAssumableTooWidely, facts: { access: [foreignAdmin] }, lack: untold },
  { detection: adminSessionsUnattributable, facts: { access: [foreignAdmin] }, lack: untold },
  { detection: workloadRoleIsAdmin, facts: { access: [foreignAdmin] }, lack: untold },
  {
    detection: creatorGone,
    facts: { creator: { ...creator, principalArn: null } },
    lack: 'who created the cluster is not known',
    isWhole: true,
  },
  {
    detection: creatorGone,
    facts: { creator: { ...creator, principalArn: FOREIGN, exists: null } },
    lack: untold,
    isWhole: true,
  },
  {
    detection: creatorUnsuitable,
    facts: { creator: { ...creator, principalArn: null } },
    lack: 'who created the cluster is not known',
    isWhole: true,
  },
  {
    detection: lastAdminRemoved,
    facts: { cluster: api, access: [] },
    lack: 'no record and no earlier audit tells whether an admin ever stood',
    isWhole: true,
  },
  {
    detection: mappedPrincipalRecreated,
    facts: {
      mappings: [mapping({ via: 'aws-auth', row: awsAuthRow(), entry: null })],
      records: [creation],
    },
    lack: `whether aws-auth named ${ADMIN_ROLE} before it was created is not stored`,
  },
  {
    detection: adminPeopleGrew,
    facts: {
      cluster: api,
      state: hadPeople,
      access: [access({ people: { ...people(), status: 'not-readable', reason: 'another account' } })],
    },
    lack: 'nobody can tell who stands behind each admin now',
  },
  {
    detection: awsAuthIgnored,
    facts: { cluster: api, records: [write] },
    lack: 'who wrote aws-auth before 2026-11-20T08:00:00Z is not known',
  },
  {
    detection: logGroupTampered,
    facts: { records: [retention] },
    lack: 'what the retention of /aws/eks/payments/cluster was before 2026-11-20T08:00:00Z is not known',
  },
];

const judge = (detection: Detection, more: Partial<Facts>) =>
  evaluateCluster([detection], facts({ coverage: coverageBut(), ...more }));

describe('a detection that could not compare', () => {
  test.each(LACKS.map((one) => [one.detection.id, one] as const))(
    '%s does not trust its silence',
    (_id, { detection, facts: given, lack, isWhole }) => {
      const { findings, verdicts } = judge(detection, given);

      expect(findings).toEqual([]);
      expect(verdicts).toMatchObject([{ status: isWhole === true ? 'not-evaluated' : 'partly-evaluated', lack }]);
    },
  );

  test.each([...new Map(LACKS.map(({ detection }) => [detection.id, detection]))])(
    '%s trusts it where there is nothing to compare, or all there is was compared',
    (_id, detection) => {
      const { verdicts } = judge(detection, {
        cluster: api,
        state: hadPeople,
        creator: { ...creator, principalArn: ADMIN_ROLE, exists: true },
        access: [access()],
        mappings: [mapping({ exists: true })],
      });

      expect(verdicts.map(({ status, lack }) => [status, lack])).toEqual([['evaluated', undefined]]);
    },
  );

  test('tells of a lockout that an earlier audit shows to be one', () => {
    const { findings } = judge(lastAdminRemoved, { cluster: api, access: [], state: hadPeople });

    expect(findings.map(({ detection }) => detection)).toEqual(['last-admin-removed']);
  });
});
