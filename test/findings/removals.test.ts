import { describe, expect, test } from 'vitest';
import { findRemoval } from '../../shared/findings/removals.ts';
import type { EvidenceRecord } from '../../shared/model/records.ts';
import type { RememberedGrant } from '../../shared/model/remembered.ts';
import { binding, deletionOf, writeOf } from '../support/rbac-writes.ts';
import { AWS_AUTH_OBJECT, auditEvent, cloudTrailEvent } from '../support/records.ts';

const PRINCIPAL = 'arn:aws:iam::111122223333:role/platform/newcomer';
const ACTOR = 'arn:aws:iam::111122223333:role/platform-admin';
const AT = '2026-11-20T08:00:00Z';
const SPAN = { from: '2026-11-20T03:00:00Z', to: '2026-11-21T03:00:00Z' };
const POLICY = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy';

const byPolicy: RememberedGrant = {
  holder: { kind: 'iam', name: PRINCIPAL },
  principalArn: PRINCIPAL,
  via: 'access-policy',
  detail: 'AmazonEKSClusterAdminPolicy',
  scope: 'cluster',
  level: 'cluster-admin',
  reason: 'an access policy',
  evidence: [],
  from: '2026-11-01T00:00:00Z',
  isFromKnown: true,
  until: null,
  grantedBy: null,
};

const admins = binding({ subjects: [{ kind: 'Group', name: 'admins', namespace: null }] });
const byBinding: RememberedGrant = {
  ...byPolicy,
  via: 'access-entry-group',
  steps: [
    { kind: 'group', name: 'admins' },
    { kind: 'binding', name: `ClusterRoleBinding ${admins.name}` },
  ],
};
const byRow: RememberedGrant = { ...byPolicy, via: 'aws-auth' };

function call(eventName: string, given: Parameters<typeof cloudTrailEvent>[0] = {}): EvidenceRecord {
  return cloudTrailEvent({ eventName, principalArn: 'arn:aws:iam::111122223333:role/newcomer', ...given });
}

describe('findRemoval', () => {
  test.each<[string, RememberedGrant, EvidenceRecord]>([
    ['the deletion of its access entry', byPolicy, call('DeleteAccessEntry')],
    ['the end of its policy', byPolicy, call('DisassociateAccessPolicy', { request: { policyArn: POLICY } })],
    ['the deletion of the cluster', byRow, call('DeleteCluster', { principalArn: null })],
    ['the deletion of its binding', byBinding, deletionOf(admins)],
    ['a binding without its group', byBinding, writeOf(binding({ subjects: [] }), { verb: 'update' })],
    ['the deletion of aws-auth', byRow, auditEvent({ verb: 'delete', object: AWS_AUTH_OBJECT })],
  ])('takes %s for its end', (_name, grant, record) => {
    expect(findRemoval(grant, [record], SPAN)).toMatchObject({ at: AT });
  });

  test.each<[string, RememberedGrant, EvidenceRecord]>([
    ['a call that failed', byPolicy, call('DeleteAccessEntry', { succeeded: false, errorCode: 'AccessDenied' })],
    ['an entry of somebody else', byPolicy, call('DeleteAccessEntry', { principalArn: ACTOR })],
    [
      'the end of another policy',
      byPolicy,
      call('DisassociateAccessPolicy', { request: { policyArn: 'x/AmazonEKSViewPolicy' } }),
    ],
    ['an entry, for a row of aws-auth', byRow, call('DeleteAccessEntry')],
    ['a binding that keeps its group', byBinding, writeOf(admins, { verb: 'update' })],
    ['another binding', byBinding, deletionOf(binding({ name: 'others', subjects: [] }))],
    ['a dry run', byBinding, deletionOf(admins, { dryRun: true })],
    ['a deletion that was refused', byBinding, deletionOf(admins, { code: 403 })],
    ['a deletion that was forbidden', byBinding, deletionOf(admins, { code: null, decision: 'forbid' })],
    ['what happened before the last read', byPolicy, call('DeleteAccessEntry', { at: SPAN.from })],
    ['what happened after this read', byPolicy, call('DeleteAccessEntry', { at: '2026-11-21T03:00:01Z' })],
  ])('does not take %s for its end', (_name, grant, record) => {
    expect(findRemoval(grant, [record], SPAN)).toBeNull();
  });

  test('takes the last of several, and names who it was', () => {
    const later = call('DeleteAccessEntry', { at: '2026-11-20T09:00:00Z' });
    expect(findRemoval(byPolicy, [later, call('DeleteAccessEntry')], SPAN)).toEqual({
      at: '2026-11-20T09:00:00Z',
      by: ACTOR,
    });
  });
});
