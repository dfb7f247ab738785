import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

const ESTATE = join(import.meta.dirname, '..', '..', 'events', 'estate');

async function run(...args: readonly string[]) {
  const world = recordWorld();
  const exitCode = await runKeyholder(['recover', '--now', '2026-11-21T08:00:00Z', ...args], world);
  return { exitCode, out: world.out(), err: world.err() };
}

const ofEstate = (...more: readonly string[]) => run('--evidence', ESTATE, '--cluster', 'payments', ...more);

describe('keyholder recover', () => {
  it('answers in the first line how the cluster stands, since when and by which event', async () => {
    const { exitCode, out, err } = await ofEstate();

    expect([exitCode, err]).toEqual([0, '']);
    expect(out.split('\n').slice(0, 2).join(' ')).toBe(
      'Degraded since 21 Oct 2026 09:30 UTC: role/AWSReservedSSO_PlatformAdmin_0a1b2c3d4e5f6a7b deleted role/retired-admin',
    );
    expect(out).toMatch(/^Creator: arn:aws:iam::111122223333:role\/ci\/cluster-pipeline \(proven: /m);
    expect(out.indexOf('Way 1: ')).toBeLessThan(out.indexOf('If that fails'));
  });

  it('tells a machine the same plan, in the form of the schema that ships', async () => {
    const { exitCode, out } = await ofEstate('--format', 'json');
    const plan = JSON.parse(out);

    expect(exitCode).toBe(0);
    expect(listAnswerErrors('recover', plan)).toEqual([]);
    expect(plan).toMatchObject({ state: 'degraded', caller: null, cause: { kind: 'principal-deleted' } });
    expect(plan.ways.at(-1)).toMatchObject({ id: 'aws-support', fallback: true });
  });

  it('checks the permissions of the caller that --as names', async () => {
    const { out } = await ofEstate('--format', 'json', '--as', 'arn:aws:sts::111122223333:assumed-role/on-call/alice');

    expect(JSON.parse(out)).toMatchObject({ caller: 'arn:aws:sts::111122223333:assumed-role/on-call/alice' });
    expect(JSON.parse(out).ways[0].title).toBe('Use role/on-call, by its access entry');
  });

  it('writes every format into a folder', async () => {
    const out = join(makeFolder(), 'answers');

    expect((await ofEstate('--out', out)).exitCode).toBe(0);
    expect(readdirSync(out).sort()).toEqual(['recover.json', 'recover.md', 'recover.txt']);
  });

  it('writes Markdown whose commands can be copied', async () => {
    const { out } = await ofEstate('--format', 'markdown');

    expect(out).toMatch(/^\*\*Degraded since 21 Oct 2026/);
    expect(out).toContain('```sh\nkeyholder_check() {\n');
  });

  it('says of a cluster without an admin door what was not looked at', async () => {
    const { out } = await run('--evidence', ESTATE, '--cluster', 'archive', '--format', 'markdown');

    expect(out.split('\n')[0]).toBe(
      '**Locked out, and no record shows since when: no admin door was seen, but rbac was not read in whole, and may hold one.**',
    );
  });

  it('says nothing is wrong of a cluster that lets its admin in', async () => {
    const { exitCode, out } = await run('--evidence', makeFolder(smallEstate()), '--cluster', 'payments');

    expect(exitCode).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^(?:Fine|Degraded|Locked out)/);
  });

  it.each([
    [['--evidence', ESTATE, '--cluster', 'billing'], 'got "billing"'],
    [['--evidence', ESTATE, '--cluster', 'payments', '--as', 'alice'], 'expected the ARN of an IAM role or user'],
    [['--evidence', '/nowhere/at/all'], '/nowhere/at/all'],
    [['--evidence', ESTATE, '--format', 'html'], 'html'],
    [
      ['--cluster', 'payments', '--as', 'arn:aws:iam::111122223333:role/on-call'],
      'expected --refine or --evidence DIR beside --as, got neither',
    ],
  ])('answers %j with one line and exit code 2', async (flags, message) => {
    const { exitCode, out, err } = await run(...flags);

    expect([exitCode, out]).toEqual([2, '']);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('names the flag that is missing', async () => {
    const { exitCode, err } = await run('--evidence', ESTATE);

    expect(exitCode).toBe(2);
    expect(err).toMatch(/^keyholder: expected the name of a cluster for --cluster, .*\n$/);
  });
});
