import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { listAnswerErrors, readSchema } from '../support/answer-schema.ts';
import { ESTATE, ESTATE_NOW } from '../support/estate.ts';
import { recordWorld } from '../support/world.ts';

async function ask(...args: readonly string[]) {
  const world = recordWorld();
  const exitCode = await runKeyholder(['who-can', ...args], world);
  return { exitCode, out: world.out(), err: world.err() };
}

const HERE = ['--evidence', ESTATE, '--now', ESTATE_NOW, '--cluster', 'payments'];

describe('keyholder who-can', () => {
  it('answers in the first line', async () => {
    const { exitCode, out } = await ask('get', 'secrets', ...HERE);

    expect(exitCode).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^\d+ holders can get secrets in all namespaces; 1 undecided\.$/);
  });

  it.each([
    ['get', 'secrets'],
    ['create', 'pods/exec', '--namespace', 'kube-system'],
    ['get', '/metrics'],
  ])('conforms to its schema for %s %s', async (...asked) => {
    const { out } = await ask(...asked, ...HERE, '--format', 'json');

    expect(listAnswerErrors('who-can', JSON.parse(out))).toEqual([]);
  });

  it('describes its rows as the report does', () => {
    const ofReport = Object(readSchema('report').$defs);
    const ofAnswer = Object(readSchema('who-can').$defs);
    for (const name of ['grant', 'holder', 'people', 'known']) expect(ofAnswer[name]).toEqual(ofReport[name]);
    // Only a report can be compared with an earlier one.
    const { change: _change, ...properties } = ofReport.access.properties;
    expect(ofAnswer.access).toEqual({ ...ofReport.access, properties });
  });

  it('names the clusters there are', async () => {
    const { exitCode, err } = await ask('get', 'pods', '--evidence', ESTATE, '--cluster', 'x');

    expect(exitCode).toBe(2);
    expect(err).toContain('payments');
  });
});
