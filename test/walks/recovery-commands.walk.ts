import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { listCommands, listPlans } from '../support/recovery-commands.ts';
import { openShell, SAY_YES } from '../support/simulated-shell.ts';

const CHECKER = fileURLToPath(new URL('../support/check-aws-commands.py', import.meta.url));
const HAS_MODELS = spawnSync('python3', ['-c', 'import botocore']).status === 0;
if (!HAS_MODELS)
  console.warn('python3 has no botocore here: the aws commands of recovery are not checked against its models');

describe('the commands of recovery plans', () => {
  const commands = listCommands(listPlans());

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
