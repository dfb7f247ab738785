import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { EVENT_FILES, findFunction, NIGHT } from '../support/function-events.ts';
import { startLocalStack } from '../support/local-stack.ts';
import { copyStack, runCommand } from '../support/packaged-stack.ts';

let folder = '';

beforeAll(async () => {
  folder = copyStack();
  const built = await runCommand('node', ['scripts/build-functions.mjs'], { cwd: folder });
  expect(built.exitCode, built.output).toBe(0);
});

afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('osls invoke local', () => {
  const files = [...NIGHT, ...EVENT_FILES.filter((file) => !NIGHT.includes(file))];

  test('answers every event, from the bundle that is deployed', async () => {
    // The variables that the stack would give; osls hands the environment on.
    const { estate } = await startLocalStack();

    for (const file of files) {
      const args = ['--no-install', 'osls', 'invoke', 'local', '-f', findFunction(file) ?? '', '-p', `events/${file}`];
      const { exitCode, output } = await runCommand('npx', args, { cwd: folder, timeoutMs: 300_000 });
      expect(exitCode, `${file}: ${output}`).toBe(0);
      expect(output, file).not.toContain('"errorMessage"');
    }

    expect([...(estate.aws.buckets.get('keyholder-reports')?.keys() ?? [])]).toContain('reports/example/report.json');
  });
});
