import { describe, expect, test } from 'vitest';
import { applyRecords } from '../../shared/evidence/apply-record.ts';
import { fitRecord } from '../../shared/evidence/fit-record.ts';
import { clusterEvidence } from '../support/evidence.ts';
import { binding, writeOf } from '../support/rbac-writes.ts';
import { auditEvent, cloudTrailEvent } from '../support/records.ts';

const LONG = 'x'.repeat(100_000);
const bytesOf = (value: unknown): number => Buffer.byteLength(JSON.stringify(value));
const unknownOf = (...records: Parameters<typeof applyRecords>[1]): readonly string[] =>
  applyRecords(clusterEvidence(), records).unknown;

describe('fitRecord', () => {
  test('leaves a record that fits as it is', () => {
    const record = cloudTrailEvent();

    expect(fitRecord(record)).toBe(record);
  });

  test('keeps the short fields of a call, and says that the call was cut', () => {
    const call = cloudTrailEvent({ request: { username: 'ops', kubernetesGroups: [LONG] }, response: { x: LONG } });

    expect(fitRecord(call)).toEqual({ ...call, request: { username: 'ops' }, response: {}, truncated: true });
  });

  test('takes the bodies of an audit event away, and says so', () => {
    const event = auditEvent({ requestObject: { x: LONG }, responseObject: { x: LONG } });

    expect(fitRecord(event)).toEqual({
      ...event,
      requestObject: null,
      responseObject: null,
      written: null,
      truncated: true,
    });
  });

  test('fits a record whose names are longer than a row', () => {
    const fitted = fitRecord(cloudTrailEvent({ errorMessage: LONG, eventName: LONG, clusterName: LONG }));

    expect(bytesOf(fitted)).toBeLessThan(90_000);
    expect(fitted).toMatchObject({ source: 'cloudtrail', truncated: true });
  });
});

describe('a cut record', () => {
  test('of a call to EKS is known only by another read', () => {
    const call = cloudTrailEvent({ request: { kubernetesGroups: [LONG] } });

    expect(unknownOf(call)).toEqual([]);
    expect(unknownOf(fitRecord(call))).toEqual(['what CreateAccessEntry asked for in whole']);
  });

  test('of a call to IAM is known only by another read', () => {
    const call = { eventSource: 'iam.amazonaws.com', eventName: 'PutRolePolicy', request: { policyDocument: LONG } };

    expect(unknownOf(fitRecord(cloudTrailEvent(call)))).toEqual(['what PutRolePolicy asked for in whole']);
  });

  test('of a binding is known only by another read', () => {
    const subjects = [{ kind: 'User', name: LONG, namespace: null } as const];

    expect(unknownOf(fitRecord(writeOf({ ...binding(), subjects })))).toEqual([
      'the content of clusterrolebindings/team-admins after create',
    ]);
  });

  test('of a call that failed, or only reads, changed nothing', () => {
    const request = { policyDocument: LONG };
    const failed = fitRecord(cloudTrailEvent({ request, succeeded: false }));
    const reads = fitRecord(cloudTrailEvent({ request, eventName: 'DescribeAccessEntry', readOnly: true }));

    expect(unknownOf(failed, reads)).toEqual([]);
  });
});
