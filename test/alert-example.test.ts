import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { tellSample } from '../scripts/sample-alert.ts';
import { renderAlert } from '../shared/reports/alert-message.ts';

test('the alert in the README is one that is sent, and its finding stands in the report of the sample estate', async () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
  const telling = await tellSample('events/estate');

  expect(read('../README.md')).toContain(`\`\`\`\n${renderAlert(telling).text}\`\`\``);
  expect(read('fixtures/golden/estate/report.json')).toContain(`"${telling.head.finding.fingerprint}"`);
});
