import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseAwsAuth } from '../../shared/evidence/aws-auth.ts';
import type { Manifest, RecoveryPlan } from '../../shared/model/recovery.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { lockoutFacts, planFor, planLockout } from '../support/lockouts.ts';
import { LOST, listCommands, listPlans } from '../support/recovery-commands.ts';
import { openShell, SAY_YES } from '../support/simulated-shell.ts';

const PLANS = [...listPlans()];

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
