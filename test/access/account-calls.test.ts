import { describe, expect, test } from 'vitest';
import { joinAccountCalls } from '../../shared/access/account-calls.ts';
import type { CloudTrailEvent } from '../../shared/model/records.ts';
import { ref } from '../support/coverage.ts';
import { accountEvidence, cluster, mapping } from '../support/facts.ts';
import { cloudTrailEvent, iamCall } from '../support/records.ts';

function call(id: string, more: Partial<CloudTrailEvent> = {}): CloudTrailEvent {
  return iamCall('UpdateAssumeRolePolicy', { eventId: id, evidence: ref('cloudtrail', { id }), ...more });
}

function join(
  records: readonly CloudTrailEvent[],
  calls: readonly CloudTrailEvent[],
  creatorArn: string | null = null,
) {
  const accounts = [accountEvidence({ cloudTrail: calls })];
  return joinAccountCalls(records, { cluster: cluster(), accounts, mappings: [mapping()], creatorArn }).map(
    ({ evidence }) => evidence.id,
  );
}

describe('joinAccountCalls', () => {
  test('puts a call on a mapped principal among the records of the cluster, in order of time', () => {
    const early = cloudTrailEvent({ at: '2026-11-19T08:00:00Z', evidence: ref('cloudtrail', { id: 'early' }) });
    const late = cloudTrailEvent({ at: '2026-11-21T08:00:00Z', evidence: ref('cloudtrail', { id: 'late' }) });

    expect(join([early, late], [call('trust')])).toEqual(['early', 'trust', 'late']);
  });

  test('joins a principal by account, type and name, whatever path the call gives', () => {
    const withPath = call('trust', { principalArn: 'arn:aws:iam::111122223333:role/teams/platform-admin' });

    expect(join([], [withPath])).toEqual(['trust']);
  });

  test('takes calls on the creator, who may be mapped nowhere', () => {
    const creator = 'arn:aws:iam::111122223333:role/pipeline';

    expect(join([], [call('gone', { principalArn: creator })], creator)).toEqual(['gone']);
  });

  test('takes calls on the trails of the region, and of no other', () => {
    const stop = { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com', principalArn: null };

    expect(
      join([], [call('here', { ...stop, region: 'eu-central-1' }), call('there', { ...stop, region: 'eu-west-1' })]),
    ).toEqual(['here']);
  });

  test('takes calls on the trails of the region from before the cluster was there, as its older neighbours do', () => {
    const stop = { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com', principalArn: null };

    expect(join([], [call('before', { ...stop, region: 'eu-central-1', at: '2026-03-01T00:00:00Z' })])).toEqual([
      'before',
    ]);
  });

  test('leaves out calls on others, of another account of the same name, and from before the cluster was created', () => {
    expect(
      join(
        [],
        [
          call('stranger', { principalArn: 'arn:aws:iam::111122223333:role/stranger' }),
          call('elsewhere', { principalArn: 'arn:aws:iam::444455556666:role/platform-admin' }),
          call('before', { at: '2026-03-01T00:00:00Z' }),
          call('nobody', { principalArn: null }),
        ],
      ),
    ).toEqual([]);
  });

  test('takes a call that came as an event once', () => {
    expect(join([call('trust')], [call('trust')])).toEqual(['trust']);
  });
});
