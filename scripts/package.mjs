// Packages the stack: bundles, zips and template for osls in .serverless/, the plain template in dist/cloudformation/.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const steps = [
  ['node', 'scripts/build-functions.mjs'],
  ['npx', '--no-install', 'osls', 'package', ...process.argv.slice(2)],
  ['npx', '--no-install', 'tsx', 'scripts/cloudformation.ts'],
];
for (const [command, ...args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
}
