/** `npm run new <id>`: begins a detection with its file, its test, and its place in the list. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { addToIndex, findIdProblem, scaffoldDetection, scaffoldTest } from './detection-scaffold.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const FOLDER = 'shared/detections';
const INDEX = `${FOLDER}/index.ts`;

const [id = ''] = process.argv.slice(2);
const taken = readdirSync(FOLDER).map((name) => name.replace(/\.ts$/, ''));
const problem = findIdProblem(id, taken);
if (problem === null) begin(id);
else {
  console.error(problem);
  process.exitCode = 2;
}

function begin(newId: string): void {
  const test = `test/detections/${newId}.test.ts`;
  writeFileSync(`${FOLDER}/${newId}.ts`, scaffoldDetection(newId));
  if (!existsSync(test)) writeFileSync(test, scaffoldTest(newId));
  writeFileSync(INDEX, addToIndex(readFileSync(INDEX, 'utf8'), newId));
  execFileSync('npx', ['biome', 'check', '--write', '--log-level=error', FOLDER, test], { stdio: 'inherit' });
  console.log(`Begun: ${FOLDER}/${newId}.ts and ${test}.`);
  console.log('Next: write the three lists of rows and see them fail, write detect, npm run docs, npm run check.');
}
