/** `npm run bench [-- NAME…]`: the benchmarks, or those that are named, as one table; exit code 1 when a limit is missed. */
import { benchAlert } from './alert.ts';
import { benchAnswers } from './answers.ts';
import { benchBundles } from './bundles.ts';
import { benchDetect } from './detect.ts';
import { benchEstateModel } from './estate-model.ts';
import { benchEstateRun } from './estate-run.ts';
import { type Benchmark, isMissed, renderFigures } from './figure.ts';
import { benchLoginQuery } from './login-query.ts';
import { benchPages } from './pages.ts';
import { benchRecover } from './recover.ts';
import { benchResolve } from './resolve.ts';
import { benchStart } from './start.ts';

const BENCHMARKS: ReadonlyMap<string, Benchmark> = new Map([
  ['start', benchStart],
  ['resolve', benchResolve],
  ['answers', benchAnswers],
  ['pages', benchPages],
  ['detect', benchDetect],
  ['alert', benchAlert],
  ['bundles', benchBundles],
  ['night', benchEstateRun],
  ['night-model', benchEstateModel],
  ['logins', benchLoginQuery],
  ['recover', benchRecover],
]);

const named = process.argv.slice(2);
const stranger = named.find((name) => !BENCHMARKS.has(name));
if (stranger !== undefined) {
  console.error(`expected one of ${[...BENCHMARKS.keys()].join(', ')}, got ${stranger}`);
  process.exit(2);
}
const figures = [];
for (const [name, benchmark] of BENCHMARKS) {
  if (named.length === 0 || named.includes(name)) figures.push(...(await benchmark()));
}
console.log(renderFigures(figures));
process.exitCode = figures.some(isMissed) ? 1 : 0;
