import { describe, expect, test } from 'vitest';
import { BLOCK_REASONS } from '../../shared/model/migration.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { MIGRATE_CASES, migrateFolder, planCase, runMigrate } from '../support/migrate-cases.ts';

const WHOLE = { name: 'moves-whole', arguments: [] };

describe('the folders of migrate', () => {
  test('show every reason that blocks, each in one of its name', () => {
    const shown = new Map(MIGRATE_CASES.map(({ name, blocked }) => [name, blocked.map(([, reason]) => reason)]));

    for (const reason of BLOCK_REASONS) expect(shown.get(reason), reason).toContain(reason);
  });
});

describe.each(MIGRATE_CASES)('migrate, in folder $name', (asked) => {
  test('decides each row as it was reviewed, and proves what it says', async () => {
    const { outcome, target, decisions, proof } = await planCase(asked);

    expect({
      ...{ outcome, target, equal: proof.equal },
      blocked: decisions.flatMap(({ decision, arn, reason }) => (decision === 'blocked' ? [[arn, reason]] : [])),
      decisions: decisions.map(({ decision }) => decision),
    }).toEqual({
      ...{ outcome: asked.outcome, target: asked.target, equal: asked.equal },
      ...{ blocked: asked.blocked, decisions: asked.decisions },
    });
  });

  test('conforms to the schema', async () => {
    expect(listAnswerErrors('migrate', await planCase(asked))).toEqual([]);
  });

  test('ends in 1 with --strict unless nothing blocks and nothing differs', async () => {
    const { exitCode } = await runMigrate(migrateFolder(asked), [...asked.arguments, '--strict']);
    const isFine = asked.equal && (asked.outcome === 'ready' || asked.outcome === 'nothing-to-do');

    expect(exitCode).toBe(isFine ? 0 : 1);
  });

  test('keeps every row that blocks in aws-auth, and the way to it open', async () => {
    const { steps, target } = await planCase(asked);

    const modes = steps.filter(({ id }) => id.startsWith('mode-')).map(({ id }) => id);
    if (target !== 'API') expect(modes).not.toContain('mode-api');
    for (const { isOneWay, id } of steps) expect(isOneWay, id).toBe(id.startsWith('mode-'));
  });
});

describe('a migration that goes to the end', () => {
  test('makes an entry, a policy or a group of the same bindings of each row', async () => {
    const { entries, bindings } = await planCase(WHOLE);

    expect(
      entries.map(({ principalArn, type, username, groups, policies }) => ({
        name: principalArn.replace('arn:aws:iam::111122223333:', ''),
        ...{ type, username, groups, policies: policies.map(({ name, scope }) => `${name} ${scope.type}`) },
      })),
    ).toEqual([
      { name: 'role/dev', type: 'STANDARD', username: 'dev:{{SessionName}}', groups: ['developers'], policies: [] },
      {
        ...{ name: 'role/admins', type: 'STANDARD', username: 'admins:{{SessionName}}', groups: ['auditors'] },
        policies: ['AmazonEKSClusterAdminPolicy cluster'],
      },
      {
        ...{ name: 'role/readers', type: 'STANDARD', username: 'readers' },
        ...{ groups: ['from-aws-auth:system-readers'], policies: [] },
      },
      { name: 'role/bots', type: 'STANDARD', username: null, groups: ['from-aws-auth:system-bot'], policies: [] },
      { name: 'user/alice', type: 'STANDARD', username: 'alice', groups: ['developers'], policies: [] },
      { name: 'role/nodes', type: 'EC2_LINUX', username: null, groups: [], policies: [] },
    ]);
    expect(bindings.map(({ kind, namespace, role, group }) => [kind, namespace, role.name, group])).toEqual([
      ['ClusterRoleBinding', null, 'reader', 'from-aws-auth:system-readers'],
      ['RoleBinding', 'payments', 'reader', 'from-aws-auth:system-bot'],
    ]);
  });

  test('takes its steps in an order that always leaves a way back, but for the two of the mode', async () => {
    const { steps } = await planCase(WHOLE);

    expect(steps.map(({ id }) => id)).toEqual([
      ...['backup', 'mode-both', 'bindings', 'entries-1', 'entries-2', 'verify', 'rows-1', 'rows-2', 'rows-3'],
      ...['managed-nodes', 'mode-api'],
    ]);
    const changing = steps.filter(({ id, isOneWay }) => !isOneWay && /^(?:bindings|entries|rows)/.test(id));
    for (const { undo, id } of changing) expect(undo.length, id).toBeGreaterThan(0);
  });

  test('proves every principal, and finds the bindings of a username that changes', async () => {
    const { proof } = await planCase(WHOLE);

    expect(proof.principals.map(({ outcome }) => outcome)).not.toContain('differs');
    expect(proof.principals).toHaveLength(8);
    expect(proof.usernames.map(({ before, after, bindings }) => ({ before, after, bindings }))).toEqual([
      {
        before: 'system:bot',
        after: 'arn:aws:sts::111122223333:assumed-role/bots/{{SessionName}}',
        bindings: [{ binding: 'RoleBinding payments/bots', user: 'system:bot', change: 'lost' }],
      },
      {
        before: 'kubernetes-admin',
        after: 'arn:aws:sts::111122223333:assumed-role/pipeline/{{SessionName}}',
        bindings: [],
      },
    ]);
  });

  test('takes the way of a policy where its rules are those of the role in this cluster, and of a group elsewhere', async () => {
    const { entries } = await planCase({ name: 'access-differs', arguments: ['--allow-differences'] });

    expect(entries.map(({ groups }) => groups)).toEqual([['developers'], []]);
  });
});

describe('differences', () => {
  test('are told with verbs, resources and namespaces', async () => {
    const { proof } = await planCase({ name: 'allows-differences', arguments: ['--allow-differences'] });

    expect(
      proof.principals.flatMap(({ principalArn, differences }) =>
        differences.map(({ change, text }) => `${principalArn}: ${change} ${text}`),
      ),
    ).toEqual([
      'arn:aws:iam::111122223333:role/dev: gained * * of * in the whole cluster',
      'arn:aws:iam::111122223333:role/dev: gained * * in the whole cluster',
      'arn:aws:iam::444455556666:*: lost logging in at all',
    ]);
  });
});

describe('what a plan does not know', () => {
  test('is said: the path of a role of which the IAM was not read', async () => {
    const { notes, outcome } = await planCase({ name: 'iam-not-read', arguments: [] });

    expect(outcome).toBe('ready');
    expect(notes).toEqual([
      'Whether 2 principals to be given an entry exist, and under which path, is not known: the IAM of their accounts was not read. EKS refuses an ARN without its path, and the row goes on counting.',
    ]);
  });
});
