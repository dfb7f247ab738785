/** Writes the pages that are generated from code; with --check it writes nothing and fails when one is stale. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DETECTIONS } from '../shared/detections/index.ts';
import { renderAlert } from '../shared/reports/alert-message.ts';
import { listControls } from '../shared/rules/controls.ts';
import { excerptDemo, excerptMigration, renderDemo } from './demo-excerpt.ts';
import { placeText, renderControlTable, renderDetectionPage, renderDetectionTable } from './detection-docs.ts';
import { renderPermissionsPage } from './permission-docs.ts';
import { tellSample } from './sample-alert.ts';
import { renderVocabulary } from './vocabulary.ts';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const FOLDER = 'docs/detections';
const COMPLIANCE = 'docs/compliance.md';
const isCheck = process.argv.includes('--check');

mkdirSync(FOLDER, { recursive: true });
const demo = excerptDemo(await renderDemo('events/estate'), 'payments');
const migration = await excerptMigration('events/estate', 'payments');
const alert = ['```', renderAlert(await tellSample('events/estate')).text.trimEnd(), '```'].join('\n');
const generated = { demo, migration, alert, detections: renderDetectionTable(DETECTIONS) };
const readme = Object.entries(generated).reduce(
  (text, [name, part]) => placeText(text, name, part),
  readFileSync('README.md', 'utf8'),
);
const pages = new Map([
  ['README.md', readme],
  [COMPLIANCE, placeText(readFileSync(COMPLIANCE, 'utf8'), 'controls', renderControlTable(listControls(DETECTIONS)))],
  ['shared/redaction/vocabulary.ts', renderVocabulary('.')],
  ['docs/permissions.md', renderPermissionsPage('.')],
  ...DETECTIONS.map((detection) => [`${FOLDER}/${detection.id}.md`, renderDetectionPage(detection)] as const),
]);
const stale = [...pages].filter(([path, text]) => readOrEmpty(path) !== text).map(([path]) => path);
const leftOver = readdirSync(FOLDER)
  .map((name) => `${FOLDER}/${name}`)
  .filter((path) => !pages.has(path));

if (isCheck) {
  for (const path of stale) console.error(`Stale: ${path}. Run npm run docs.`);
  for (const path of leftOver) console.error(`Left over: ${path}. Run npm run docs.`);
  process.exitCode = stale.length + leftOver.length > 0 ? 1 : 0;
} else {
  for (const path of stale) writeFileSync(path, pages.get(path) ?? '');
  for (const path of leftOver) rmSync(path);
  console.log(`${stale.length} written, ${pages.size - stale.length} were fresh, ${leftOver.length} removed.`);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
