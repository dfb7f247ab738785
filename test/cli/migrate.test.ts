import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { listAnswerErrors, readSchema } from '../support/answer-schema.ts';
import { ESTATE } from '../support/estate.ts';
import { migrateFolder, runMigrate } from '../support/migrate-cases.ts';
import { makeFolder } from '../support/temp-folder.ts';
import { recordWorld } from '../support/world.ts';

const WHOLE = migrateFolder({ name: 'moves-whole' });

describe('keyholder migrate', () => {
  test('answers in the first line', async () => {
    const { exitCode, out } = await runMigrate(WHOLE, []);

    expect(exitCode).toBe(0);
    expect(`${out.split('\n')[0]} ${out.split('\n')[1]}`).toBe(
      'payments can move to mode API with 6 access entries: access stays the same.  Cluster payments, eu-central-1, account 111122223333, Kubernetes 1.33, mode'.replace(
        '  ',
        ' ',
      ),
    );
  });

  test.each(['payments', 'legacy'])(
    'plans for cluster %s of the sample estate, which has rows that block',
    async (name) => {
      const { exitCode, out } = await runMigrate(ESTATE, ['--strict', '--format', 'json'], name);

      expect(exitCode).toBe(1);
      expect(listAnswerErrors('migrate', JSON.parse(out))).toEqual([]);
      expect(JSON.parse(out)).toMatchObject({
        outcome: 'blocked',
        target: 'API_AND_CONFIG_MAP',
        proof: { equal: true },
      });
    },
  );

  test('writes one file of each format', async () => {
    const dir = join(makeFolder(), 'out');

    const { out } = await runMigrate(WHOLE, ['--out', dir]);

    expect(readdirSync(dir).sort()).toEqual([
      ...['migrate.cloudformation.yaml', 'migrate.commands.txt', 'migrate.eksctl.yaml', 'migrate.json'],
      ...['migrate.md', 'migrate.tf', 'migrate.txt'],
    ]);
    expect(out).toContain('migrate.tf');
  });

  test('writes the one format that is asked for, and says where', async () => {
    const dir = join(makeFolder(), 'out');

    const { out } = await runMigrate(WHOLE, ['--out', dir, '--format', 'terraform']);

    expect(readFileSync(out.trim(), 'utf8')).toContain('resource "aws_eks_access_entry" "dev"');
    expect(existsSync(join(dir, 'migrate.json'))).toBe(false);
  });

  test('compares the logs with the plan that was written before', async () => {
    const dir = makeFolder();
    await runMigrate(WHOLE, ['--out', dir, '--format', 'json']);
    const plan = ['--verify', '--plan', join(dir, 'migrate.json')];

    const told = await runMigrate(ESTATE, [...plan, '--format', 'json']);
    const strict = await runMigrate(ESTATE, [...plan, '--strict']);

    const { verification } = JSON.parse(told.out);
    expect(listAnswerErrors('migrate', JSON.parse(told.out))).toEqual([]);
    expect(verification.principals.map(({ arrival }: { readonly arrival: string }) => arrival)).toContain('no-entry');
    expect([told.exitCode, strict.exitCode]).toEqual([0, 1]);
  });

  test('tells by text who came in by which door', async () => {
    const { out } = await runMigrate(ESTATE, ['--verify']);

    expect(out).toMatch(/^\d+ of \d+ principals of payments came in by their access entry/);
    expect(out).toContain('Not seen since');
    expect(out).not.toContain('never');
  });

  test.each([
    ['a plan without --verify', ['--plan', 'x.json'], 'expected --verify beside --plan'],
    ['a plan that is not there', ['--verify', '--plan', 'no-such.json'], 'expected a file at no-such.json'],
    [
      'a form of the plan beside --verify',
      ['--verify', '--format', 'terraform'],
      'expected text, json or markdown for --format beside --verify, got terraform',
    ],
    ['a format that is none', ['--format', 'bicep'], 'for --format, got "bicep"'],
  ])('ends in 2 for %s', async (_what, more, message) => {
    const { exitCode, err } = await runMigrate(WHOLE, more);

    expect(exitCode).toBe(2);
    expect(err).toContain(message);
  });

  test('asks for a cluster where neither it nor a folder is given', async () => {
    const world = recordWorld();

    expect(await runKeyholder(['migrate'], world)).toBe(2);
    expect(world.err()).toContain('expected --cluster NAME');
  });

  test('asks for a region where live AWS is to be read', async () => {
    const world = recordWorld();

    expect(await runKeyholder(['migrate', '--cluster', 'payments'], world)).toBe(2);
    expect(world.err()).toContain('expected --region or AWS_REGION');
  });

  test('describes clusters, gaps and references as other answers do', () => {
    for (const name of ['cluster', 'gap', 'ref', 'time'])
      expect(Object(readSchema('migrate').$defs)[name]).toEqual(Object(readSchema('who-can').$defs)[name]);
  });
});
