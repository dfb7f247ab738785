// Installs what the build needs where npm left it out.
import { spawnSync } from 'node:child_process';

// As pre-commit installs it, globally from git, npm hands --global down to the install that prepares the package, and
// that one takes no build tools.
export function installBuildTools() {
  if (process.env.npm_config_global !== 'true') return;
  const flags = ['--global=false', '--ignore-scripts', '--no-save', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', ['install', ...flags], { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`expected npm to install the build tools, got exit code ${status}`);
}
