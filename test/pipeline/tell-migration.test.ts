import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { createBindingCommand, patchAwsAuth } from '../../shared/migration/step-commands.ts';
import type { MigrationPlan, PlannedEntry } from '../../shared/model/migration.ts';
import { MIGRATION_FORMATS, renderMigration } from '../../shared/pipeline/tell-migration.ts';
import { createWholeEntry } from '../../shared/rules/entry-commands.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { planCase } from '../support/migrate-cases.ts';
import { readHclStrings } from '../support/read-hcl.ts';
import { openShell, SAY_YES } from '../support/simulated-shell.ts';
import { makeFolder } from '../support/temp-folder.ts';

const has = (program: string, ...args: readonly string[]): boolean => spawnSync(program, [...args]).status === 0;
const TERRAFORM = has('terraform', 'version');
const CFN_LINT = has('cfn-lint', '--version');
const BOTOCORE = has('python3', '-c', 'import botocore');
for (const [name, isThere] of Object.entries({ terraform: TERRAFORM, 'cfn-lint': CFN_LINT, botocore: BOTOCORE }))
  if (!isThere) console.warn(`${name} is not on this machine: what it would say of a plan is not asked`);

const CHECKER = fileURLToPath(new URL('../support/check-aws-commands.py', import.meta.url));

/** Beside those that break reports: what code, shells and the AWS command line read as more than text. */
const NAMES = [
  ...HOSTILE_NAMES.map(([, name]) => name).filter((name) => name !== ''),
  ...[
    `$${'{file("/etc/passwd")}'}`,
    `$$${'{x}'}`,
    '%{ if true }',
    '!Sub x',
    "'; touch x; '",
    '$(touch x)',
    '`touch x`',
  ],
  ...[
    'file:///etc/passwd',
    '--region',
    '[1]',
    '{"a":1}',
    '*alias',
    '&anchor',
    'yes',
    '1e3',
    '~',
    'a: b',
    '# c',
    '"',
    '\\',
  ],
];

/** No text of UTF-8 holds half a character. */
const shown = (name: string): string => name.replace('\ud800', '\ufffd');

const PLAN = await planCase({ name: 'moves-whole', arguments: [] });

function hostileEntry(name: string): PlannedEntry {
  const policyArn = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';
  return {
    principalArn: `arn:aws:iam::111122223333:role/${name}`,
    type: 'STANDARD',
    username: name,
    groups: [name, `x${name}`],
    policies: [{ name: 'AmazonEKSViewPolicy', policyArn, scope: { type: 'namespace', namespaces: [name] } }],
  };
}

const HOSTILE_ENTRIES = NAMES.map(hostileEntry);
const hostilePlan: MigrationPlan = {
  ...PLAN,
  answer: NAMES.join(' '),
  cluster: { ...PLAN.cluster, name: 'payments\n!Sub "x' },
  entries: HOSTILE_ENTRIES,
  steps: [
    { id: 'x', title: NAMES.join('\n'), text: NAMES.join('\n'), isOneWay: false, commands: [], checks: [], undo: [] },
  ],
};

function fieldsOf(entry: PlannedEntry) {
  const { principalArn, type, username, groups, policies } = entry;
  const namespaces = policies.flatMap(({ scope }) => (scope.type === 'cluster' ? [] : scope.namespaces));
  return [principalArn, type, username, groups, namespaces].map((field) =>
    Array.isArray(field) ? field.map(shown) : shown(String(field)),
  );
}

describe('the configuration of eksctl', () => {
  test('holds every entry, whatever it is named', () => {
    const { kind, metadata, accessConfig } = parse(renderMigration(hostilePlan, 'eksctl'));

    expect({ kind, metadata }).toEqual({
      kind: 'ClusterConfig',
      metadata: { name: 'payments\n!Sub "x', region: 'eu-central-1' },
    });
    expect(
      accessConfig.accessEntries.map((entry: Record<string, unknown>) => [
        ...[entry.principalARN, entry.type, entry.kubernetesUsername, entry.kubernetesGroups],
        Object(Object(entry.accessPolicies)[0]).accessScope.namespaces,
      ]),
    ).toEqual(HOSTILE_ENTRIES.map(fieldsOf));
  });
});

describe('the template of CloudFormation', () => {
  test('holds every entry, whatever it is named, and each under a name of its own', () => {
    const { Resources } = parse(renderMigration(hostilePlan, 'cloudformation'));
    const properties = Object.values(Resources).map((resource) => Object(resource).Properties);

    expect(Object.keys(Resources).every((name) => /^[A-Za-z0-9]+$/.test(name))).toBe(true);
    expect(properties.map(({ ClusterName }) => ClusterName)).toEqual(NAMES.map(() => 'payments\n!Sub "x'));
    expect(
      properties.map(({ PrincipalArn, Type, Username, KubernetesGroups, AccessPolicies }) => [
        ...[PrincipalArn, Type, Username, KubernetesGroups, AccessPolicies[0].AccessScope.Namespaces],
      ]),
    ).toEqual(HOSTILE_ENTRIES.map(fieldsOf));
  });

  test('leaves out what CloudFormation would look up, and says so', () => {
    const entries = [...PLAN.entries, hostileEntry('{{resolve:ssm:/secret}}')];
    const template = renderMigration({ ...PLAN, entries }, 'cloudformation');

    expect(template).toContain('# Left out: 1, with text that CloudFormation would look up.');
    expect(template).not.toContain('{{resolve:');
  });

  test.skipIf(!CFN_LINT)(
    'passes the linter of CloudFormation',
    () => {
      const file = join(makeFolder(), 'template.yaml');
      writeFileSync(file, renderMigration(PLAN, 'cloudformation'));

      const { stdout, status } = spawnSync('cfn-lint', ['--non-zero-exit-code', 'error', file], { encoding: 'utf8' });

      expect({ stdout, status }).toEqual({ stdout: '', status: 0 });
    },
    60_000,
  );
});

describe('the resources of Terraform', () => {
  const carried = HOSTILE_ENTRIES.filter(({ username }) => username?.normalize('NFC') === username);
  const code = renderMigration(hostilePlan, 'terraform');

  test('hold every entry, whatever it is named, without a template', () => {
    const strings = readHclStrings(code);
    const wanted = carried.flatMap((entry) => fieldsOf(entry).flat());

    for (const text of wanted) expect(strings).toContain(text);
    expect(new Set(code.match(/^resource "\w+" "(\w+)"/gm)).size).toBe(2 * carried.length);
    expect(code).toContain('# Left out: 1, with letters that Terraform writes in another way.');
  });

  test.skipIf(!TERRAFORM)(
    'are what terraform reads, in the form that it writes',
    () => {
      const folder = makeFolder();
      const values = (code.match(/^ +user_name += (".*")$/gm) ?? []).map((line) =>
        line.replace(/^ +user_name += /, ''),
      );
      writeFileSync(join(folder, 'main.tf'), `locals {\n  names = [${values.join(', ')}]\n}\n`);
      const run = (args: readonly string[], input: string) =>
        spawnSync('terraform', args, {
          input,
          encoding: 'utf8',
          cwd: folder,
          env: { PATH: process.env.PATH, CHECKPOINT_DISABLE: '1' },
        });

      const formatted = run(['fmt', '-'], renderMigration(PLAN, 'terraform'));
      const answered = run(['console'], 'base64encode(jsonencode(local.names))\n');

      expect(formatted.stdout).toBe(renderMigration(PLAN, 'terraform'));
      expect(JSON.parse(Buffer.from(JSON.parse(answered.stdout), 'base64').toString())).toEqual(
        carried.map(({ username }) => shown(username ?? '')),
      );
    },
    60_000,
  );
});

describe('the commands', () => {
  test.each(NAMES.map((name) => [name]))('reach aws and kubectl as words: %j', async (name) => {
    const cluster = { name: 'payments', region: 'eu-central-1', partition: 'aws' };
    const binding = {
      kind: 'RoleBinding',
      name: 'x',
      namespace: 'payments',
      role: { kind: 'ClusterRole', name },
      group: name,
    } as const;
    const shell = openShell(SAY_YES);
    const changes = [{ section: 'mapRoles', before: name, after: `${name}x` }];

    await shell.run([
      ...createWholeEntry(cluster, hostileEntry(name)),
      createBindingCommand({ ...binding, standsFor: { kind: 'Group', name } }),
      patchAwsAuth(changes, null),
    ]);

    const [create, associate, bind, patch] = shell.calls.map(({ args }) => args);
    expect(shell.calls).toHaveLength(4);
    expect(readEntry(create ?? [])).toEqual([shown(name), [shown(name), shown(`x${name}`)]]);
    expect(JSON.parse(associate?.at(-1) ?? '').namespaces.map(shown)).toEqual([shown(name)]);
    expect(bind?.slice(-2)).toEqual([`--clusterrole=${shown(name)}`, `--group=${shown(name)}`]);
    expect(JSON.parse(patch?.at(-1) ?? '')[0].value).toBe(name);
  });

  test.skipIf(!BOTOCORE)(
    'fit the models of the AWS command line',
    async () => {
      const shell = openShell(SAY_YES);
      for (const { commands, undo } of PLAN.steps)
        await shell.run([...commands, ...undo].filter((command) => command.startsWith('aws')));
      await shell.run(
        createWholeEntry({ name: 'payments', region: 'eu-central-1', partition: 'aws' }, hostileEntry('--x')),
      );
      const calls = shell.calls.filter(({ program }) => program === 'aws').map(({ args }) => args);

      const { stdout, stderr } = spawnSync('python3', [CHECKER], {
        input: JSON.stringify(calls),
        encoding: 'utf8',
        cwd: shell.folder,
      });

      expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' });
      expect(calls.length).toBeGreaterThan(10);
    },
    120_000,
  );

  test('are a file of which a shell runs the commands alone', async () => {
    const shell = openShell(SAY_YES);
    const commands = ['aws eks list-clusters'];
    const step = {
      ...hostilePlan.steps[0],
      id: 'x',
      title: NAMES.join('\n'),
      text: NAMES.join('\n'),
      isOneWay: true,
      commands,
      checks: NAMES,
      undo: NAMES,
    };

    const { code } = await shell.run([renderMigration({ ...hostilePlan, steps: [step] }, 'commands')]);

    expect(code).toBe(0);
    expect(shell.calls.map(({ program, args }) => [program, ...args].join(' '))).toEqual(commands);
  });
});

/** Username and groups, from flags or from JSON. */
function readEntry(args: readonly string[]): readonly [unknown, unknown] {
  const at = (flag: string): number => args.indexOf(flag);
  if (at('--cli-input-json') !== -1) {
    const { username, kubernetesGroups } = JSON.parse(args[at('--cli-input-json') + 1] ?? '');
    return [shown(username), kubernetesGroups.map(shown)];
  }
  return [args[at('--username') + 1], args.slice(at('--kubernetes-groups') + 1)];
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

describe('renderMigration', () => {
  test.each(MIGRATION_FORMATS)('tells a plan without anything that others chose showing through: %s', (format) => {
    const told = renderMigration(hostilePlan, format);

    expect(told.split('\n').filter((line) => HIDDEN.test(line))).toEqual([]);
  });

  test('has a checklist in Markdown, with the steps that cannot be undone marked', () => {
    const markdown = renderMigration(PLAN, 'markdown');

    expect(markdown.match(/^- \[ \] Done\./gm)).toHaveLength(PLAN.steps.length);
    expect(markdown.match(/^- \[ \] Done\. It cannot be undone\./gm)).toHaveLength(2);
  });
});
