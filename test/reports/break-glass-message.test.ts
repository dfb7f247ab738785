import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { describeEmergencyUse } from '../../shared/access/emergency-use.ts';
import type { EmergencyReport } from '../../shared/model/break-glass.ts';
import {
  renderBreakGlassAlert,
  renderBreakGlassChat,
  renderBreakGlassMachine,
} from '../../shared/reports/break-glass-message.ts';
import { seenOnCluster } from '../support/emergency-use.ts';
import { ADMIN_ROLE } from '../support/facts.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';

const FINDING = '51b8899080db39394f86e5e6f5ea7b76';

function told(more: Partial<EmergencyReport> = {}) {
  const report = describeEmergencyUse(ADMIN_ROLE, seenOnCluster(), null);
  if (report === null) throw new Error('expected a report, got none');
  return { number: 1, finding: FINDING, severity: 'high', report: { ...report, ...more } } as const;
}

function validate(file: string, text: string): readonly unknown[] {
  const ajv = new Ajv2020();
  formats.default(ajv);
  const check = ajv.compile(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')));
  check(JSON.parse(text));
  return check.errors ?? [];
}

describe('renderBreakGlassAlert', () => {
  test('tells who, from where, how long, what they did and what is left', () => {
    expect(renderBreakGlassAlert(told())).toEqual({
      subject: '[high] payments: break-glass session over: role/platform-admin',
      attributes: {
        severity: 'high',
        cluster: 'payments',
        account: '111122223333',
        detection: 'break-glass-used',
        kind: 'break-glass-report',
        deduplicationId: `${FINDING}-break-glass-report-1`,
      },
      text: `payments: break-glass session over: role/platform-admin, from 192.0.2.7, 192.0.2.10, for 39 minutes, 20 Nov 2026 08:01 UTC to 20 Nov 2026 08:40 UTC.

Who:
  role/oncall (session alice@example.com), as session alice, from 192.0.2.7, since 20 Nov 2026 08:00 UTC, credentials until 20 Nov 2026 09:00 UTC
Its credentials have run out.

What was done: 4 logins, at least 2 requests.
  2 x delete secrets payments/db

Its grant: it still stands: cluster-admin by access-policy AmazonEKSClusterAdminPolicy.

Severity high, detection break-glass-used, finding ${FINDING}, report 1.

Message ${FINDING}-break-glass-report-1
`,
    });
  });

  test('says what was not seen, and does not guess', () => {
    const sessions = [{ name: null, by: null, sourceIp: null, from: null, expiresAt: null }];
    const { text } = renderBreakGlassAlert(
      told({
        over: 'quiet',
        sessions,
        sessionsLeft: 3,
        addresses: [],
        deedsLeft: 2,
        grant: { status: 'unknown', detail: 'not every source of grants was read' },
        given: ['role/newcomer (cluster-admin)'],
        unseen: ['audit-log: off'],
        to: '2026-11-20T10:06:00Z',
      }),
    );

    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        'payments: break-glass session over: role/platform-admin, from an unknown address, for 2 hours 5 minutes, 20 Nov 2026 08:01 UTC to 20 Nov 2026 10:06 UTC.',
        '  somebody whom no record names, from an unknown address',
        '  and 3 more',
        'Nobody was seen at work for an hour; when its credentials run out was not seen.',
        '  and 2 more kinds, in the logs',
        'Its grant: whether it is gone is not known: not every source of grants was read.',
        'It gave, and it still stands:',
        '  role/newcomer (cluster-admin)',
        'What was not seen:',
        '  audit-log: off',
      ]),
    );
  });
});

describe('README.md', () => {
  test('shows the message as it is sent', () => {
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

    expect(readme).toContain(renderBreakGlassAlert(told()).text);
  });
});

describe('every message of a report', () => {
  test('keeps to the schema of its receiver', () => {
    expect(
      validate('../fixtures/schemas/amazon-q-custom-notification.json', renderBreakGlassChat(told()).text),
    ).toEqual([]);
    expect(validate('../../schema/break-glass.v1.json', renderBreakGlassMachine(told()).text)).toEqual([]);
  });

  test.each(HOSTILE_NAMES)('stays one message and within the limits with %s', (_what, name) => {
    const long = name.repeat(40);
    const sessions = Array.from({ length: 10 }, () => ({
      name: long,
      by: { name: long, session: long },
      sourceIp: long,
      from: null,
      expiresAt: null,
    }));
    const deeds = Array.from({ length: 12 }, () => ({ ...told().report.deeds[0], what: long }));
    const hostile = told({
      principal: long,
      cluster: { arn: told().report.cluster.arn, name },
      sessions,
      deeds: deeds.flatMap(({ what, count, isChange, isRefused, evidence }) =>
        count === undefined || isChange === undefined || isRefused === undefined || evidence === undefined
          ? []
          : [{ what, count, isChange, isRefused, evidence }],
      ),
      given: [long],
      unseen: [long],
    });

    for (const render of [renderBreakGlassAlert, renderBreakGlassChat, renderBreakGlassMachine]) {
      const { subject, text } = render(hostile);
      expect(subject).toMatch(/^[^\p{Cc}\p{Cf}]{1,99}$/u);
      expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
      expect(Buffer.byteLength(text)).toBeLessThan(200_000);
    }
    expect(
      validate('../fixtures/schemas/amazon-q-custom-notification.json', renderBreakGlassChat(hostile).text),
    ).toEqual([]);
    expect(validate('../../schema/break-glass.v1.json', renderBreakGlassMachine(hostile).text)).toEqual([]);
    expect(renderBreakGlassAlert(hostile).text.split('\n').length).toBe(
      renderBreakGlassAlert(told()).text.split('\n').length + 24,
    );
  });
});
