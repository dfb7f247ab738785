import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fieldsAt, readResources } from '../scripts/templates.ts';

const RESOURCES = readResources(fileURLToPath(new URL('..', import.meta.url)));
const RUNBOOK = readFileSync(new URL('../docs/runbook.md', import.meta.url), 'utf8');
const ALARMS = [...RESOURCES.values()]
  .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
  .map((alarm) => fieldsAt(alarm, 'Properties'));

const nameOf = ({ AlarmName }: Readonly<Record<string, unknown>>): string =>
  String(AlarmName).replace(/^keyholder-(?:\$\{sls:stage\}-)?/, '');

/** There is no topic in other accounts: a rule sends its changes of state home, as test/rules/event-patterns.test.ts holds. */
const ELSEWHERE = 'member-dead-letters';

describe('runbook', () => {
  test('has a page for each alarm, and none besides', () => {
    const pages = [...RUNBOOK.matchAll(/^## (.+)$/gm)].map(([, name]) => name);

    expect(pages.sort()).toEqual(ALARMS.map(nameOf).sort());
    expect(ALARMS.length).toBeGreaterThanOrEqual(8);
  });

  test('is named by each alarm', () => {
    expect(ALARMS.filter((alarm) => !String(alarm.AlarmDescription).endsWith(`Runbook, ${nameOf(alarm)}.`))).toEqual(
      [],
    );
  });

  test('says in each page what it means, where to look and what to do', () => {
    for (const page of RUNBOOK.split(/^## /m).slice(1))
      expect(page, page.split('\n')[0]).toMatch(/\*\*What it means\.\*\*.*\*\*Look\.\*\*.*\*\*Do\.\*\*/s);
  });

  test('hears of every alarm on the topic for people', () => {
    const atHome = ALARMS.filter((alarm) => nameOf(alarm) !== ELSEWHERE);

    expect(atHome.map(({ AlarmActions }) => AlarmActions)).toEqual(atHome.map(() => ['Topic']));
    expect(atHome).toHaveLength(ALARMS.length - 1);
  });
});
