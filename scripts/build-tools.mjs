// Installs what the build needs where npm left it out.
import { spawnSync } from 'node:child_process';

/**
 * npm hands --global down to the install that prepares a package from git, as pre-commit asks for it, and a global
 * install takes no build tools: https://github.com/npm/cli/issues/1865.
 */
export function installBuildTools() {
  if (process.env.npm_config_global !== 'true') return;
  const flags = ['--global=false', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', ['install', ...flags], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`expected npm to install the build tools, got exit code ${status}`);
}
