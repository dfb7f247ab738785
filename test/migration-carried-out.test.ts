import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { MigrationPlan } from '../shared/model/migration.ts';
import { migrateCluster } from '../shared/pipeline/migrate.ts';
import { memoryReaders } from './support/memory-readers.ts';
import { type MigrationWorld, type WorldRow, worldFiles, writeRows } from './support/migration-world.ts';
import { rules } from './support/rules.ts';
import { run } from './support/simulated-migration.ts';
import { openShell, type RunProgram } from './support/simulated-shell.ts';

const role = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;
const NODE = { username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:bootstrappers', 'system:nodes'] };

const ROWS: readonly WorldRow[] = [
  { arn: role('nodes'), ...NODE },
  { arn: role('managed'), ...NODE },
  { arn: role('team/old'), username: 'old', groups: ['developers'] },
  { arn: role('admins'), username: 'admins:{{SessionName}}', groups: ['system:masters'] },
  { arn: role('readers'), username: 'readers', groups: ['system:readers'] },
  ...['a', 'b', 'c', 'd'].map((name) => ({ arn: role(name), username: name, groups: ['developers'] })),
];

const WORLD: MigrationWorld = {
  mode: 'CONFIG_MAP',
  entries: [],
  data: { mapRoles: writeRows('rolearn', ROWS) },
  roles: [{ name: 'reader', rules: rules('get,list | core | pods') }],
  bindings: ['system:readers', 'developers'].map((name, index) => ({
    ...{
      kind: 'ClusterRoleBinding',
      namespace: null,
      name: `binding-${index}`,
      role: { kind: 'ClusterRole', name: 'reader' },
    },
    subjects: [{ kind: 'Group', name }],
  })),
  principals: [...ROWS.map(({ arn }) => arn), role('pipeline')].map((arn) => ({
    arn,
    createdAt: '2026-01-01T00:00:00Z',
  })),
  nodeRoles: [role('managed')],
  fargateRoles: [],
  creator: { arn: role('pipeline'), isRecorded: true },
};

function plan(
  world: MigrationWorld,
  wish = { allowsDifferences: false, grantsUnmatched: false },
): Promise<MigrationPlan> {
  const question = { cluster: 'payments', now: '2026-11-21T03:00:00Z', verify: null, ...wish };
  return migrateCluster(memoryReaders(worldFiles(world)), question);
}

/** A real shell, whose aws and kubectl change a simulated cluster. */
function openWorld(start: MigrationWorld) {
  const state = { world: start };
  const answer: RunProgram = ({ program, args, cwd }) => {
    try {
      if (program === 'sleep') return { out: '', err: '', code: 0 };
      state.world = run(state.world, [program, ...args]);
      if (args.includes('replace')) state.world = { ...state.world, data: readCopy(cwd, args.at(-1) ?? '') };
      return { out: print(state.world, args), err: '', code: 0 };
    } catch (error) {
      return { out: '', err: `${String(error)}\n`, code: 254 };
    }
  };
  return { state, shell: openShell(answer) };
}

function print({ mode, data }: MigrationWorld, args: readonly string[]): string {
  if (args.includes('describe-cluster')) return `${mode}\n`;
  if (!args.includes('configmap') || !args.includes('get')) return '';
  const metadata = { name: 'aws-auth', namespace: 'kube-system', resourceVersion: '100', uid: 'x' };
  return stringify({ apiVersion: 'v1', kind: 'ConfigMap', data, metadata });
}

function readCopy(folder: string, file: string): Readonly<Record<string, string>> {
  const { data, metadata } = parse(readFileSync(join(folder, file), 'utf8'));
  expect(metadata).toEqual({ name: 'aws-auth', namespace: 'kube-system' });
  return data;
}

describe('a migration that a shell carries out', () => {
  test('ends in mode API with an entry for everybody, and aws-auth empty but for the nodes of EKS', async () => {
    const { steps } = await plan(WORLD);
    const { state, shell } = openWorld(WORLD);

    for (const { id, commands, checks } of steps) {
      const done = await shell.run([...commands, ...checks.filter((check) => !check.startsWith('keyholder'))]);
      expect({ id, code: done.code, err: done.err }).toEqual({ id, code: 0, err: '' });
    }

    const { mode, entries, data } = state.world;
    expect(mode).toBe('API');
    expect(entries.map(({ principalArn, type }) => `${principalArn.split('/').at(-1)} ${type}`)).toEqual([
      ...['pipeline STANDARD', 'readers STANDARD', 'a STANDARD', 'b STANDARD', 'c STANDARD', 'd STANDARD'],
      ...['nodes EC2_LINUX', 'admins STANDARD', 'managed EC2_LINUX'],
    ]);
    expect(parse(data?.mapRoles ?? '').map(({ rolearn }: { readonly rolearn: string }) => rolearn)).toEqual([
      role('managed'),
    ]);
  });

  test('leads back to where it began from every step before the last mode, but for the first', async () => {
    const { steps } = await plan(WORLD);
    const { state, shell } = openWorld(WORLD);
    const taken = steps.slice(
      0,
      steps.findIndex(({ id }) => id === 'managed-nodes'),
    );

    for (const { commands } of taken) await shell.run(commands);
    for (const { undo } of [...taken].reverse()) expect((await shell.run(undo)).err).toBe('');

    expect(state.world.data).toEqual(WORLD.data);
    expect(state.world.bindings).toEqual(WORLD.bindings);
    expect(state.world.entries.map(({ principalArn }) => principalArn)).toEqual([role('pipeline')]);
  });

  test('refuses to take rows out of an aws-auth that somebody changed in between', async () => {
    const { steps } = await plan(WORLD);
    const { state, shell } = openWorld(WORLD);
    const [dead, second] = steps.filter(({ id }) => id.startsWith('rows-'));
    await shell.run(dead?.commands ?? []);
    const changed = {
      ...state.world,
      data: { mapRoles: writeRows('rolearn', [...ROWS, { arn: role('new'), username: 'new', groups: [] }]) },
    };
    state.world = changed;

    const { code } = await shell.run(second?.commands ?? []);

    expect(code).not.toBe(0);
    expect(state.world).toEqual(changed);
  });

  test('plans the rest anew from what stands after any step, to the same end', async () => {
    const first = await plan(WORLD);
    const { state, shell } = openWorld(WORLD);
    for (const { commands } of first.steps.slice(0, 4)) await shell.run(commands);

    const rest = await plan(state.world);
    for (const { commands } of rest.steps) expect((await shell.run(commands)).err).toBe('');

    expect(rest.proof.equal).toBe(true);
    expect(state.world.mode).toBe('API');
    expect(state.world.entries).toHaveLength(9);
  });
});
