import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { renderAlert } from '../shared/reports/alert-message.ts';
import { telling } from './support/notices.ts';

test('the alert in the README is one that is sent', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

  expect(readme).toContain(`\`\`\`\n${renderAlert(telling()).text}\`\`\``);
});
