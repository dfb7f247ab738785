/** Fails when a tracked file holds an invisible character, or an account or key that looks real. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findForbiddenText } from './text-rules.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

// Fixtures hold what a parser must survive, byte order marks and odd blanks among it.
const MAY_HOLD_ANYTHING = 'test/fixtures/';

const files = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
  .split('\0')
  .filter((path) => path !== '' && existsSync(path));
const problems = files.flatMap((path) => {
  const text = readFileSync(path, 'utf8');
  if (text.includes('\0')) return [];
  return findForbiddenText(text)
    .filter(({ what }) => !path.startsWith(MAY_HOLD_ANYTHING) || !what.startsWith('invisible'))
    .map(({ line, what }) => `${path}:${line}: ${what}`);
});

for (const problem of problems) console.error(problem);
console.log(`${files.length} files scanned, ${problems.length} problems.`);
process.exitCode = problems.length > 0 || files.length === 0 ? 1 : 0;
