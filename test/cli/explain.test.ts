import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

const ROLE = 'arn:aws:iam::111122223333:role/admins';

async function run(...args: readonly string[]) {
  const world = recordWorld();
  const exitCode = await runKeyholder(['explain', ...args], world);
  return { exitCode, out: world.out(), err: world.err() };
}

function ask(dir: string, ...more: readonly string[]) {
  const asked = ['--cluster', 'payments', '--principal', ROLE, '--verb', 'get', '--resource', 'pods'];
  return run('--evidence', dir, '--now', '2026-11-21', ...asked, ...more);
}

describe('keyholder explain', () => {
  it('answers in the first line, and writes no file', async () => {
    const { exitCode, out, err } = await ask(makeFolder(smallEstate()));

    expect([exitCode, err]).toEqual([0, '']);
    expect(out.split('\n')[0]).toBe('Allowed: role/admins may get pods in all namespaces.');
  });

  it('writes every format into a folder', async () => {
    const out = join(makeFolder(), 'answers');

    expect((await ask(makeFolder(smallEstate()), '--out', out)).exitCode).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['explain.json', 'explain.md', 'explain.txt']);
  });

  it('explains an error without any folder', async () => {
    const { exitCode, out } = await run('--error', 'Unauthorized', '--format', 'json', '--now', '2026-11-21');

    expect(exitCode).toBe(0);
    expect(listAnswerErrors('explain', JSON.parse(out))).toEqual([]);
    expect(JSON.parse(out).answers[0].checks[0]).toBe('aws sts get-caller-identity');
  });

  it.each([
    [{ cluster: 'orders' }, 'one of payments, got "orders"'],
    [{ principal: 'arn:aws:iam::111122223333:group/x' }, 'groups never log in'],
    [{ resource: 'widgets' }, 'RESOURCE.GROUP'],
  ])('answers %j with exit code 2', async (other, message) => {
    const flags = {
      cluster: 'payments',
      principal: 'arn:aws:iam::111122223333:role/admins',
      verb: 'get',
      resource: 'pods',
    };
    const asked = Object.entries({ ...flags, ...other }).flatMap(([flag, value]) => [`--${flag}`, value]);
    const { exitCode, out, err } = await run('--evidence', makeFolder(smallEstate()), ...asked);

    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(message);
  });

  it('asks for the text of an error, and for that alone', async () => {
    expect((await run('--error', ' ')).err).toContain('expected the text of an error');
    expect(await run('--error', 'Unauthorized', '--cluster', 'payments')).toEqual({
      exitCode: 2,
      out: '',
      err: 'keyholder: expected either --error or --cluster, got both\n',
    });
  });

  it('says which flag is missing', async () => {
    expect((await run('--cluster', 'payments', '--verb', 'get')).err).toContain('expected --principal');
    expect((await run('--cluster', 'payments')).err).toContain('expected a region');
    expect((await run('--cluster', 'payments', '--namespace', 'payments')).err).toContain('expected --principal');
  });
});
