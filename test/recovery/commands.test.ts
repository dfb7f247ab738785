import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseAwsAuth } from '../../shared/evidence/aws-auth.ts';
import type { Manifest, RecoveryPlan } from '../../shared/model/recovery.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { type Lockout, listLockouts, lockoutFacts, planFor, planLockout } from '../support/lockouts.ts';
import { openShell, SAY_YES } from '../support/simulated-shell.ts';

const CHECKER = fileURLToPath(new URL('../support/check-aws-commands.py', import.meta.url));
const HAS_MODELS = spawnSync('python3', ['-c', 'import botocore']).status === 0;
if (!HAS_MODELS)
  console.warn('python3 has no botocore here: the aws commands of recovery are not checked against its models');

const LOST: Lockout = {
  mode: 'CONFIG_MAP',
  creator: 'unknown',
  entries: 'none',
  awsAuth: 'deleted',
  caller: 'administrator',
};

/** Plans of every mode and caller, those that a controller, a user and a new Identity Center suffix make among them. */
function* listPlans(): Iterable<RecoveryPlan> {
  for (const lockout of listLockouts()) yield planLockout(lockout);
  yield planLockout({ ...LOST, caller: 'without', hasController: true });
  yield planLockout({ ...LOST, creator: 'gone', creatorKind: 'user' });
}

const PLANS = [...listPlans()];

function listCommands(plans: Iterable<RecoveryPlan>): readonly string[] {
  const commands = new Set<string>();
  for (const { ways, removal } of plans) {
    for (const way of ways)
      for (const command of [...way.commands, ...way.ifTaggingDenied, ...way.undo, ...way.verify])
        commands.add(command);
    for (const command of removal) commands.add(command);
  }
  return [...commands];
}

function listManifests(plans: Iterable<RecoveryPlan>): readonly Manifest[] {
  return [...plans].flatMap(({ ways }) => ways.flatMap(({ manifests }) => manifests));
}

describe('the commands of recovery plans', () => {
  const commands = listCommands(PLANS);

  test.each(['sh', 'bash'])('are all of them read by %s', (shell) => {
    const wrong = commands.filter((command) => spawnSync(shell, ['-n', '-c', command]).status !== 0);

    expect(commands.length).toBeGreaterThan(30);
    expect(wrong).toEqual([]);
  });

  test.skipIf(!HAS_MODELS)(
    'fit the models of the AWS command line, those inside of others too',
    async () => {
      const shell = openShell(SAY_YES);
      for (const command of commands) await shell.run([command]);
      const calls = shell.calls.filter(({ program }) => program === 'aws').map(({ args }) => args);
      const distinct = [...new Set(calls.map((args) => JSON.stringify(args)))].map((text): unknown => JSON.parse(text));

      const { stdout, stderr, status } = spawnSync('python3', [CHECKER], {
        input: JSON.stringify(distinct),
        encoding: 'utf8',
        cwd: shell.folder,
      });

      console.log(`checked ${distinct.length} different aws commands against the models of the command line`);
      expect({ stdout, stderr, status }).toEqual({ stdout: '', stderr: '', status: 0 });
      expect(new Set(calls.map(([service, action]) => `${service} ${action}`)).size).toBeGreaterThan(15);
    },
    60_000,
  );

  test.skipIf(!HAS_MODELS)('would be told wrong by the checker where they are', () => {
    const wrong = [
      ['eks', 'create-access-entry', '--region', 'eu-central-1', '--cluster-name', 'payments', '--principal', 'x'],
      ['eks', 'update-cluster-config', '--name', 'payments', '--access-config', 'authenticationMode=BOTH'],
      ['eks', 'create-entry', '--region', 'eu-central-1'],
      ['eks', 'wait', 'cluster-ready', '--name', 'payments'],
      ['eks', 'update-kubeconfig', '--cluster', 'payments'],
    ];

    const { stdout } = spawnSync('python3', [CHECKER], { input: JSON.stringify(wrong), encoding: 'utf8' });

    for (const [, action] of wrong) expect(stdout).toContain(`aws eks ${action}`);
  });
});

describe('the manifests of recovery plans', () => {
  test('are objects that the API server and the authenticator take whole', () => {
    const manifests = listManifests(PLANS);
    const kinds = new Set<unknown>();

    for (const { text } of manifests)
      for (const document of parseAllDocuments(text)) {
        const { apiVersion, kind, metadata, data, roleRef, subjects } = document.toJS();
        kinds.add(kind);
        expect(document.errors).toEqual([]);
        if (kind === 'ConfigMap') {
          expect({ apiVersion, metadata }).toEqual({
            apiVersion: 'v1',
            metadata: { name: 'aws-auth', namespace: 'kube-system' },
          });
          expect(parseAwsAuth(JSON.stringify({ kind, metadata, data }), 'x').awsAuth?.problems).toEqual([]);
        } else {
          expect({ apiVersion, kind, roleRef }).toEqual({
            apiVersion: 'rbac.authorization.k8s.io/v1',
            kind: 'ClusterRoleBinding',
            roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
          });
          expect(subjects).toHaveLength(1);
        }
      }
    expect([...kinds].sort()).toEqual(['ClusterRoleBinding', 'ConfigMap']);
  });

  test('are written by the shell byte for byte', async () => {
    const shell = openShell(SAY_YES);
    const [way] = planLockout({ ...LOST, caller: 'without', hasController: true }).ways;
    const [manifest] = way?.manifests ?? [];

    await shell.run(way?.commands ?? []);

    expect(readFileSync(join(shell.folder, manifest?.file ?? ''), 'utf8')).toBe(manifest?.text);
  });
});

describe('hostile names', () => {
  test.each(HOSTILE_NAMES.filter(([, name]) => name !== ''))(
    'reach the command line as one word each: %s',
    async (_what, name) => {
      const facts = lockoutFacts({ ...LOST, mode: 'API' });
      const cluster = { ...facts.cluster, name };
      const [way] = planFor({ ...facts, cluster }, null).ways;
      const shell = openShell(SAY_YES);

      await shell.run(way?.commands ?? []);

      const shown = Buffer.from(name, 'utf8').toString('utf8');
      const named = shell.calls.filter(({ args }) => args.includes('--cluster-name'));
      expect(named.length).toBeGreaterThan(1);
      for (const { args } of named) expect(args[args.indexOf('--cluster-name') + 1]).toBe(shown);
    },
  );

  test.each(HOSTILE_NAMES)('stay rows of aws-auth, and nothing more, in a manifest: %s', (_what, name) => {
    const facts = lockoutFacts({ ...LOST, hasController: true });
    const stood = facts.records.map((record) => {
      if (record.source !== 'audit-log' || record.written?.kind !== 'aws-auth') return record;
      const [row, ...others] = record.written.awsAuth.rows;
      const rows = row === undefined ? [] : [{ ...row, username: name, groups: [name] }, ...others];
      return { ...record, written: { kind: 'aws-auth' as const, awsAuth: { ...record.written.awsAuth, rows } } };
    });
    const plan = planFor({ ...facts, records: stood }, null);
    const [manifest] = plan.ways.find(({ id }) => id === 'restore-aws-auth')?.manifests ?? [];

    const [document] = parseAllDocuments(manifest?.text ?? '');
    const { kind, metadata, data } = document?.toJS() ?? {};
    const read = parseAwsAuth(JSON.stringify({ kind, metadata, data }), 'x').awsAuth;
    const row = read?.rows.find(({ arn }) => parsePrincipal(arn).name === 'payments-nodes');

    expect(manifest?.text).toMatch(/^[\x20-\x7e\n]*$/);
    const shown = name.replace('\ud800', '\ufffd');
    expect(row).toMatchObject({ username: shown, groups: [shown] });
    expect(read?.rows).toHaveLength(2);
  });
});
