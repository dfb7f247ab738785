/** What a healthy account and region do around a cluster says nothing; what only looks like it is told. */
import { describe, expect, test } from 'vitest';
import type { AccountEvidence } from '../shared/model/evidence.ts';
import type { CloudTrailEvent } from '../shared/model/records.ts';
import type { RegionEvidence } from '../shared/model/region.ts';
import { auditEvidence } from '../shared/pipeline/audit.ts';
import { coverageBut, ref } from './support/coverage.ts';
import { listFindings } from './support/estate.ts';
import { clusterEvidence, evidence } from './support/evidence.ts';
import { awsAuth, awsAuthRow, NOW } from './support/facts.ts';
import { iamRole, policy, roleArn, trusts } from './support/iam.ts';
import { creation, iam } from './support/quiet.ts';
import { cloudTrailEvent } from './support/records.ts';
import { trail } from './support/trails.ts';

const PLACE = { account: '111122223333', region: 'eu-central-1' };
const healthy: RegionEvidence = {
  ...PLACE,
  trails: [trail()],
  detectors: [{ isEnabled: true, readsAuditLogs: true, evidence: ref('guardduty') }],
  coverage: [],
};

const ADMIN = roleArn('platform-admin');
const PIPELINE_TRUST = trusts({ Service: 'codebuild.amazonaws.com' });
const admin = iamRole('platform-admin', { trust: policy(PIPELINE_TRUST) });
const ofIam = (eventName: string, at: string, name: string, more: Partial<CloudTrailEvent> = {}): CloudTrailEvent =>
  cloudTrailEvent({
    eventName,
    at,
    eventSource: 'iam.amazonaws.com',
    region: 'us-east-1',
    clusterName: null,
    principalArn: roleArn(name),
    evidence: ref('cloudtrail', { at, id: `${eventName} ${name} ${at}` }),
    ...more,
  });
const trustOf = (...statements: readonly object[]) => ({
  policyDocument: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
});

/** Detections that fire on a cluster whose aws-auth makes one role an admin. */
function listFired(calls: readonly CloudTrailEvent[], region: RegionEvidence = healthy): readonly string[] {
  const row = awsAuthRow({ arn: ADMIN, groups: ['system:masters'] });
  const account: AccountEvidence = {
    ...iam,
    iam: iam.iam === null ? null : { ...iam.iam, roles: [...iam.iam.roles, admin] },
    cloudTrail: calls,
  };
  const one = clusterEvidence({ awsAuth: awsAuth({ rows: [row] }), coverage: coverageBut(), cloudTrail: [creation] });
  const all = evidence({ clusters: [one], accounts: [account], regions: [region] });
  return listFindings(auditEvidence(all, NOW)).map(({ detection }) => detection);
}

const WATCHED = [
  'admin-people-grew',
  'admin-principal-deleted',
  'admin-role-trust-changed',
  'cloudtrail-off',
  'cluster-uncovered',
  'creator-evidence-expiring',
  'denials-then-grant',
  'evidence-gap',
  'first-admin-session',
  'guardduty-eks-off',
  'last-admin-removed',
  'mapped-principal-recreated',
  'node-mapping-lost',
  'query-incomplete',
];

function listWatched(...args: Parameters<typeof listFired>): readonly string[] {
  return listFired(...args).filter((detection) => WATCHED.includes(detection));
}

describe('an account and a region around a cluster', () => {
  test('are quiet where nothing happens', () => {
    expect(listWatched([])).toEqual([]);
  });

  test('are quiet where infrastructure as code writes the same trust policy again', () => {
    const calls = ['2026-11-18T08:00:00Z', '2026-11-19T08:00:00Z'].map((at) =>
      ofIam('UpdateAssumeRolePolicy', at, 'platform-admin', { request: trustOf(PIPELINE_TRUST) }),
    );
    const before = ofIam('CreateRole', '2026-03-02T10:00:00Z', 'platform-admin', {
      request: { assumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [PIPELINE_TRUST] }) },
    });

    expect(listWatched([before, ...calls])).toEqual([]);
  });

  test('are quiet where roles come and go that no cluster maps', () => {
    expect(
      listWatched([
        ofIam('CreateRole', '2026-11-18T08:00:00Z', 'feature-branch'),
        ofIam('UpdateAssumeRolePolicy', '2026-11-18T09:00:00Z', 'feature-branch', {
          request: trustOf(trusts({ AWS: '*' })),
        }),
        ofIam('DeleteRole', '2026-11-18T10:00:00Z', 'feature-branch'),
        ofIam('DeleteRole', '2026-11-18T11:00:00Z', 'platform-admin', {
          principalArn: roleArn('platform-admin', '444455556666'),
        }),
      ]),
    ).toEqual([]);
  });

  test('are quiet where the owner of a trail changes its bucket, and where another region stops one', () => {
    const trail = { eventSource: 'cloudtrail.amazonaws.com', principalArn: null };

    expect(
      listWatched([
        ofIam('UpdateTrail', '2026-11-18T08:00:00Z', 'x', {
          ...trail,
          region: 'eu-central-1',
          request: { name: 'all', s3BucketName: 'example' },
        }),
        ofIam('StopLogging', '2026-11-18T08:00:00Z', 'x', { ...trail, region: 'us-west-2', request: { name: 'old' } }),
      ]),
    ).toEqual([]);
  });

  test('are told where the trust policy of the admin lets in another account', () => {
    const call = ofIam('UpdateAssumeRolePolicy', '2026-11-19T08:00:00Z', 'platform-admin', {
      request: trustOf(PIPELINE_TRUST, trusts({ AWS: '444455556666' })),
    });

    expect(listWatched([call])).toEqual(['admin-role-trust-changed']);
  });

  test('are told where the admin is deleted and its name is taken again', () => {
    const calls = [
      ofIam('DeleteRole', '2026-11-18T08:00:00Z', 'platform-admin'),
      ofIam('CreateRole', '2026-11-18T09:00:00Z', 'platform-admin'),
    ];

    expect([...listWatched(calls)].sort()).toEqual(['admin-principal-deleted', 'mapped-principal-recreated']);
  });

  test('are told where nobody records or watches the region', () => {
    expect([...listWatched([], { ...healthy, trails: [], detectors: [] })].sort()).toEqual([
      'cloudtrail-off',
      'guardduty-eks-off',
    ]);
  });
});
