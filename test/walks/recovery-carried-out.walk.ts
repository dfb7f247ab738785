import { describe, expect, test } from 'vitest';
import type { RecoveryPlan, WayBack, WayId } from '../../shared/model/recovery.ts';
import { PIPELINE } from '../support/grants.ts';
import { LEGACY_ADMIN, type Lockout, listLockouts, NODES, planLockout, RESPONDER } from '../support/lockouts.ts';
import { LOST } from '../support/recovery-commands.ts';
import { ADMIN_POLICY, type SimulatedCluster } from '../support/simulated-cluster.ts';
import { type Circumstances, simulateLockout } from '../support/simulated-lockout.ts';
import { openShell, type SimulatedShell, simulate } from '../support/simulated-shell.ts';

interface Story {
  readonly name: string;
  readonly lockout: Lockout;
  readonly circumstances?: Circumstances;
  /** The way that is to come first. */
  readonly first: WayId;
}

const STORIES: readonly Story[] = [
  { name: 'CONFIG_MAP: the creator trusts nobody', lockout: { ...LOST, creator: 'untrusted' }, first: 'role-trust' },
  { name: 'CONFIG_MAP: the creator is gone', lockout: { ...LOST, creator: 'gone' }, first: 'recreate-principal' },
  {
    name: 'CONFIG_MAP: the creator is gone, and was a user',
    lockout: { ...LOST, creator: 'gone', creatorKind: 'user' },
    first: 'recreate-principal',
  },
  {
    name: 'CONFIG_MAP: the creator was re-created',
    lockout: { ...LOST, creator: 're-created' },
    first: 'recreated-creator',
  },
  {
    name: 'CONFIG_MAP: the creator is there',
    lockout: { ...LOST, creator: 'present', awsAuth: 'broken' },
    first: 'another-admin',
  },
  { name: 'CONFIG_MAP: nobody knows the creator', lockout: { ...LOST, caller: 'eks' }, first: 'mode-switch' },
  {
    name: 'CONFIG_MAP: a controller may write aws-auth',
    lockout: { ...LOST, caller: 'without', hasController: true },
    first: 'in-cluster-writer',
  },
  { name: 'CONFIG_MAP: nobody says who runs it', lockout: { ...LOST, caller: 'unnamed' }, first: 'mode-switch' },
  {
    name: 'API_AND_CONFIG_MAP: no entry, aws-auth deleted',
    lockout: { ...LOST, mode: 'API_AND_CONFIG_MAP', caller: 'eks' },
    first: 'access-entry',
  },
  {
    name: 'API_AND_CONFIG_MAP: the admin was re-created, aws-auth broken',
    lockout: { ...LOST, mode: 'API_AND_CONFIG_MAP', entries: 'dead', awsAuth: 'broken' },
    first: 'recreate-entry',
  },
  {
    name: 'API_AND_CONFIG_MAP: an entry works, aws-auth deleted',
    lockout: { ...LOST, mode: 'API_AND_CONFIG_MAP', entries: 'working' },
    first: 'another-admin',
  },
  { name: 'API: no entry', lockout: { ...LOST, mode: 'API', caller: 'eks' }, first: 'access-entry' },
  { name: 'API: the admin is gone', lockout: { ...LOST, mode: 'API', entries: 'orphaned' }, first: 'access-entry' },
  { name: 'API: nobody says who runs it', lockout: { ...LOST, mode: 'API', caller: 'unnamed' }, first: 'access-entry' },
];

/** Commands, then the checks, as somebody would paste them. */
async function carryOut(shell: SimulatedShell, { commands, verify }: Pick<WayBack, 'commands' | 'verify'>) {
  const done = await shell.run(commands);
  const checks: string[] = [];
  for (const check of verify) checks.push((await shell.run([check])).out);
  return { ...done, checks };
}

function listNeeded({ ways }: RecoveryPlan): readonly WayBack[] {
  return ways.filter(({ fallback }) => !fallback);
}

function letsIn(cluster: SimulatedCluster, arn: string): boolean {
  const principal = cluster.iam.find(arn);
  const identity = principal === null ? null : cluster.logIn(principal);
  return identity !== null && cluster.isAdmin(identity);
}

/** Everything that a recovery may leave behind. */
function listTraces({ iam, entries, bindings }: SimulatedCluster) {
  const standard = [...entries]
    .filter(([, { type }]) => type === 'STANDARD')
    .map(([arn, { policies }]) => [arn, [...policies]]);
  const roles = [...iam.roles.values()].map(({ arn, trust }) => [arn, trust]);
  return { standard, roles, users: [...iam.users.keys()], keys: [...iam.keys.keys()], bindings: [...bindings.keys()] };
}

describe('a plan that is carried out step by step', () => {
  test.each(STORIES)('restores an admin and the nodes, and leaves nothing temporary behind: $name', async (story) => {
    const world = simulateLockout(story.lockout, story.circumstances);
    const { cluster } = world;
    const plan = planLockout(story.lockout);
    const before = listTraces(cluster);
    const shell = openShell(simulate(world));

    expect(plan.ways[0]?.id).toBe(story.first);
    for (const way of listNeeded(plan)) {
      const { code, err, checks } = await carryOut(shell, way);
      expect({ way: way.title, code, err }).toEqual({ way: way.title, code: 0, err: '' });
      expect(checks.at(way.mendsNodes ? -2 : -1), way.title).toMatch(/It works|Ready|aws-auth is there/);
    }
    expect(world.nodeRoles.map((role) => cluster.takesNodes(role))).toEqual([true]);
    const removal = await shell.run(plan.removal);
    cluster.sleep(60);

    expect(removal).toMatchObject({ code: 0, err: '' });
    // EKS itself makes an entry for the creator when the mode is switched.
    const more = story.first === 'mode-switch' ? [[PIPELINE, [ADMIN_POLICY]]] : [];
    expect(listTraces(cluster)).toEqual({ ...before, standard: [...before.standard, ...more] });
    expect(letsIn(cluster, RESPONDER)).toBe(false);
    if (story.lockout.mode !== 'API') expect(letsIn(cluster, LEGACY_ADMIN)).toBe(true);
  });

  test('works for an administrator in every lockout of the matrix, once for each list of commands', async () => {
    const seen = new Map<string, Lockout>();
    for (const lockout of listLockouts()) {
      const [first] = planLockout(lockout).ways;
      if (lockout.caller === 'administrator') seen.set(JSON.stringify([lockout.mode, first?.commands]), lockout);
    }
    const failed: unknown[] = [];
    for (const lockout of seen.values()) {
      const world = simulateLockout(lockout);
      const shell = openShell(simulate(world));
      for (const way of listNeeded(planLockout(lockout))) {
        const { code, err, checks } = await carryOut(shell, way);
        const works = checks.filter((check) => /It works|Ready|aws-auth is there/.test(check)).length;
        if (code !== 0 || err !== '' || works < (way.mendsNodes ? 2 : 1))
          failed.push({ lockout, way: way.title, err, checks });
      }
    }

    console.log(`carried out: ${seen.size} different plans of the matrix`);
    expect(failed).toEqual([]);
    expect(seen.size).toBeGreaterThan(10);
  });

  test('goes on to the next way where the first turns out not to work', async () => {
    const lockout: Lockout = { ...LOST, creator: 'gone' };
    const world = simulateLockout(lockout, { creatorMatchedBy: 'unique-id' });
    const [first, , ...others] = planLockout(lockout).ways;
    const next = others.find(({ id }) => id === 'mode-switch');
    const shell = openShell(simulate(world));
    if (first === undefined || next === undefined) throw new Error('expected two ways');

    const refused = await shell.run([...first.commands.slice(0, 2), ...first.verify]);
    const undone = await shell.run(first.undo);
    const { checks } = await carryOut(shell, next);

    expect(refused.out).toContain('401 Unauthorized: the cluster does not know this identity');
    expect(undone.code).toBe(0);
    expect(checks.at(-1)).toContain('It works');
    expect(letsIn(world.cluster, RESPONDER)).toBe(true);
  });

  test('makes the grant without tags where tagging is denied', async () => {
    const lockout: Lockout = { ...LOST, mode: 'API', caller: 'eks' };
    const world = simulateLockout(lockout, { deniesTags: true });
    const [way] = planLockout(lockout).ways;
    const shell = openShell(simulate(world));
    if (way === undefined) throw new Error('expected a way');

    const refused = await shell.run(way.commands);
    const [untagged = ''] = way.ifTaggingDenied;
    const start = way.commands.findIndex((command) => command.startsWith(untagged));
    const { checks } = await carryOut(shell, { ...way, commands: [untagged, ...way.commands.slice(start + 1)] });

    expect(refused.err).toContain('eks:TagResource');
    expect(checks.at(-1)).toContain('It works');
    expect(await shell.run(way.undo)).toMatchObject({ code: 0 });
    world.cluster.sleep(60);
    expect(letsIn(world.cluster, RESPONDER)).toBe(false);
  });

  test('waits until EKS knows of an entry everywhere', async () => {
    const lockout: Lockout = { ...LOST, mode: 'API', caller: 'eks' };
    const shell = openShell(simulate(simulateLockout(lockout)));
    const [way] = planLockout(lockout).ways;
    if (way === undefined) throw new Error('expected a way');

    await carryOut(shell, way);

    const asked = shell.calls.filter(
      ({ program, args }) => program === 'kubectl' && args.includes('clusterrolebinding'),
    );
    expect(asked.length).toBe(3);
    expect(shell.calls.filter(({ program }) => program === 'sleep').length).toBe(2);
  });

  test('gives nodes their mapping before anything else', async () => {
    const lockout: Lockout = { ...LOST, mode: 'API_AND_CONFIG_MAP', caller: 'eks' };
    const shell = openShell(simulate(simulateLockout(lockout)));
    const [way] = planLockout(lockout).ways;

    await shell.run(way?.commands ?? []);

    expect(shell.calls[0]?.args).toEqual([
      ...['eks', 'create-access-entry', '--region', 'eu-central-1', '--cluster-name', 'payments'],
      ...['--principal-arn', NODES, '--type', 'EC2_LINUX'],
    ]);
  });
});
