import { describe, expect, it } from 'vitest';
import {
  parseClusterEvent,
  parsePlanEvent,
  parsePublishEvent,
  parseRecoverEvent,
  parseUnitEvent,
} from '../../shared/pipeline/run-events.ts';

const UNIT = 'runs/night-1/units/111122223333/eu-central-1.json';
const CLUSTER = 'runs/night-1/clusters/111122223333/eu-central-1/payments.json';
const ARN = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
const PLACE = { account: '111122223333', region: 'eu-central-1', name: 'payments' };

describe('parsePlanEvent', () => {
  it('takes an execution, without the fraction of its second', () => {
    expect(parsePlanEvent({ run: 'night-1', startedAt: '2026-11-21T03:00:00.123Z', input: {} })).toEqual({
      run: 'night-1',
      now: '2026-11-21T03:00:00Z',
      only: null,
    });
  });

  it('takes the clusters that are to be looked at again', () => {
    const event = { run: 'night-1', startedAt: '2026-11-21T03:00:00Z', input: { clusters: [ARN], reason: 'x' } };

    expect(parsePlanEvent(event).only).toEqual([PLACE]);
  });

  it.each([
    ['no run', { startedAt: '2026-11-21T03:00:00Z' }, 'expected the name of an execution as run'],
    ['a run that is a path', { run: '../x', startedAt: '2026-11-21T03:00:00Z' }, 'expected the name of an execution'],
    ['no time', { run: 'night-1' }, 'expected an ISO time as startedAt, got {"run":"night-1"}'],
    [
      'a cluster that is no ARN',
      { run: 'night-1', startedAt: '2026-11-21T03:00:00Z', input: { clusters: [7] } },
      'expected the ARN of a cluster, got ""',
    ],
    [
      'one cluster outside of a list, which must not start a whole night',
      { run: 'night-1', startedAt: '2026-11-21T03:00:00Z', input: { clusters: ARN } },
      `expected a list as clusters, got {"clusters":"${ARN}"}`,
    ],
    ['nothing', undefined, 'expected the name of an execution as run, got nothing'],
  ])('refuses %s', (_, event, message) => {
    expect(() => parsePlanEvent(event)).toThrow(message);
  });
});

describe('parseUnitEvent', () => {
  it('takes a region and its round', () => {
    expect(parseUnitEvent({ unit: UNIT, round: 2 })).toEqual({ run: 'night-1', unit: UNIT, round: 2, failure: null });
  });

  it('takes what the machine says of a function that failed', () => {
    const failure = { Error: 'Sandbox.Timedout', Cause: '{"errorMessage":"Task timed out after 900.00 seconds"}' };

    expect(parseUnitEvent({ unit: UNIT, round: 0, failure }).failure).toEqual({
      reason: 'the function did not end: Sandbox.Timedout: Task timed out after 900.00 seconds',
    });
    expect(parseUnitEvent({ unit: UNIT, round: 0, failure: { Error: 'States.Timeout' } }).failure).toEqual({
      reason: 'the function did not end: States.Timeout',
    });
  });

  it.each([
    ['a key that leads elsewhere', { unit: 'runs/night-1/units/../x.json', round: 0 }],
    ['a round that is no count', { unit: UNIT, round: -1 }],
    ['no round', { unit: UNIT }],
  ])('refuses %s', (_, event) => {
    expect(() => parseUnitEvent(event)).toThrow(/^expected (the key of a region of a run|a count as round), got/);
  });
});

describe('parseClusterEvent', () => {
  it('takes a cluster and how many share its rates', () => {
    expect(parseClusterEvent({ cluster: CLUSTER, sharedBy: 3 })).toEqual({
      run: 'night-1',
      cluster: CLUSTER,
      sharedBy: 3,
      failure: null,
    });
  });

  it('refuses a name that no cluster has, and rates that nobody has', () => {
    const odd = CLUSTER.replace('payments', '..%2f');

    expect(() => parseClusterEvent({ cluster: odd, sharedBy: 1 })).toThrow('expected the key of a cluster of a run');
    expect(() => parseClusterEvent({ cluster: CLUSTER, sharedBy: 0 })).toThrow('expected at least 1 as sharedBy');
  });
});

describe('parsePublishEvent', () => {
  it('takes a run', () => {
    expect(parsePublishEvent({ run: 'night-1', other: 1 })).toEqual({ run: 'night-1' });
  });
});

describe('parseRecoverEvent', () => {
  it('takes a cluster by its ARN, and who will run the commands', () => {
    expect(parseRecoverEvent({ cluster: ARN })).toEqual({ arn: ARN, place: PLACE, as: undefined });
    expect(parseRecoverEvent({ cluster: ARN, as: 'arn:aws:iam::111122223333:role/on-call' }).as).toBe(
      'arn:aws:iam::111122223333:role/on-call',
    );
  });
});
