import { describe, expect, test } from 'vitest';
import { findAssociation, findPlace, findWrittenEntry, UNNAMED } from '../../shared/rules/eks-calls.ts';
import { ADMIN_ROLE, cluster, facts } from '../support/facts.ts';
import { association, namespaces } from '../support/grants.ts';
import { auditEvent, cloudTrailEvent } from '../support/records.ts';

const EDIT = 'AmazonEKSEditPolicy';

describe('findAssociation', () => {
  test('reads principal, policy and scope of a call, and grades the policy', () => {
    const made = findAssociation(association(EDIT, namespaces('kube-system')), null);

    expect(made).toMatchObject({ principalArn: ADMIN_ROLE, isScopeKnown: true });
    expect(made?.policy).toMatchObject({
      name: EDIT,
      scope: { type: 'namespace', namespaces: ['kube-system'] },
      level: 'admin-equivalent',
    });
  });

  test('takes what the request leaves out from the response', () => {
    const accessScope = { type: 'namespace', namespaces: ['dev'] };
    const policyArn = `arn:aws:eks::aws:cluster-access-policy/${EDIT}`;
    const answered = association(EDIT, null, {
      request: {},
      response: { associatedAccessPolicy: { policyArn, accessScope } },
    });

    expect(findAssociation(answered, null)?.policy).toMatchObject({ name: EDIT, scope: accessScope });
  });

  test('takes the whole cluster where no scope is stated, and a stand-in where no principal is', () => {
    const made = findAssociation(association(EDIT, null, { principalArn: null }), null);

    expect(made).toMatchObject({ principalArn: UNNAMED, isScopeKnown: false, policy: { scope: { type: 'cluster' } } });
  });

  test.each([
    ['a call that failed', association(EDIT, null, { succeeded: false })],
    ['a call without policy', association(EDIT, null, { request: {} })],
    ['a policy that is no text', association(EDIT, null, { request: { policyArn: ['x'] } })],
    ['another call', cloudTrailEvent()],
    ['a call of that name to another service', association(EDIT, null, { eventSource: 'example.amazonaws.com' })],
    ['a request to Kubernetes', auditEvent()],
  ])('finds none in %s', (_name, record) => {
    expect(findAssociation(record, null)).toBeNull();
  });
});

describe('findWrittenEntry', () => {
  test('reads groups and username of the request', () => {
    const request = { kubernetesGroups: ['ops', 7, 'dev'], username: 'bot' };

    expect(findWrittenEntry(cloudTrailEvent({ principalArn: ADMIN_ROLE, request }))).toMatchObject({
      principalArn: ADMIN_ROLE,
      groups: ['ops', 'dev'],
      username: 'bot',
    });
  });

  test('takes what EKS filled in from the response', () => {
    const accessEntry = { principalArn: ADMIN_ROLE, kubernetesGroups: [], username: 'filled-in' };
    const record = cloudTrailEvent({ principalArn: null, response: { accessEntry } });

    expect(findWrittenEntry(record)).toMatchObject({ principalArn: ADMIN_ROLE, groups: [], username: 'filled-in' });
  });

  test('finds none where the call failed', () => {
    expect(findWrittenEntry(cloudTrailEvent({ succeeded: false }))).toBeNull();
  });
});

describe('findPlace', () => {
  test('is the cluster of the facts', () => {
    expect(findPlace(cloudTrailEvent(), facts())).toEqual(cluster());
  });

  test('is told by the record where there are no facts, with the partition of the principal', () => {
    const record = cloudTrailEvent({ region: 'cn-north-1', principalArn: 'arn:aws-cn:iam::111122223333:role/x' });

    expect(findPlace(record, null)).toEqual({ name: 'payments', region: 'cn-north-1', partition: 'aws-cn' });
  });

  test('is not known from a fragment', () => {
    expect(findPlace(cloudTrailEvent({ region: null }), null)).toBeNull();
  });
});
