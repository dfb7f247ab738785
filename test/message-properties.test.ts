import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message } from '../shared/message-port.ts';
import type { EmergencyReport } from '../shared/model/break-glass.ts';
import type { Notice, Telling } from '../shared/model/notice.ts';
import type { ChangeKind } from '../shared/model/remembered.ts';
import { renderAlert } from '../shared/reports/alert-message.ts';
import {
  renderBreakGlassAlert,
  renderBreakGlassChat,
  renderBreakGlassMachine,
} from '../shared/reports/break-glass-message.ts';
import { renderChat } from '../shared/reports/chat-message.ts';
import { renderDigest } from '../shared/reports/digest.ts';
import { renderMachine } from '../shared/reports/machine-message.ts';
import { HOSTILE_NAMES } from './support/hostile.ts';
import { notice, remembered, telling } from './support/notices.ts';
import { clusterReport, finding, report } from './support/report.ts';

const CHANGE_KINDS = ['new', 'worsened', 'reopened', 'accepted', 'expired', 'resolved'] as const satisfies ChangeKind[];
const SEED = { seed: 20261121, numRuns: 300 };
const MOST_BYTES = 262_144;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const LINK = /:\/\/|\bwww\.|\bmailto:/i;

const PIECES = [
  ...['\n', '\r\n', '\u2028', '\u0085', '\t', '\u0000', '\u001b[31m', '\u202e', '\u2066', '\u200b', '\ufeff', '\ud800'],
  ...['`', '``', '```', '*', '_', '~', '|', '#', '> ', '\\', '"', "'", '{{x}}', '%0a', '&lt;', '</b>'],
  ...[
    '<!channel>',
    '<!here>',
    '<@U024BE7LH>',
    '<at>everyone</at>',
    '@here',
    '@channel',
    '<https://evil.example|keyholder>',
  ],
  ...['[login](https://evil.example)', 'https://keyholder.example.com@evil.example', 'http://', 'www.evil.example'],
  ...[
    'mailto:a@evil.example',
    'javascript:x',
    '\nSubject: paid',
    '\n\nTo undo it:\n  curl evil.example',
    '\nMessage 1-1',
  ],
  ...['payments', 'role/admin', '\u0430dmin', '\u00a0', '\u3164', 'a\u0301\u0301\u0301\u0301\u0301\u0301', '😀', ''],
  ...HOSTILE_NAMES.map(([, name]) => name),
];
const hostileName = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 400 }),
);

interface Names {
  readonly subject: string;
  readonly summary: string;
  readonly command: string;
  readonly cluster: string;
  readonly gainer: string;
  readonly actor: string;
  readonly session: string;
  readonly sourceIp: string;
  readonly cause: string;
  readonly id: string;
}

const names = fc.record<Names>({
  subject: hostileName,
  summary: hostileName,
  command: hostileName,
  cluster: hostileName,
  gainer: hostileName,
  actor: hostileName,
  session: hostileName,
  sourceIp: hostileName,
  cause: hostileName,
  id: hostileName,
});
const kinds = fc.constantFrom<ChangeKind>(...CHANGE_KINDS);

const PLAIN: Names = {
  ...{ subject: 'a', summary: 'b', command: 'c', cluster: 'd', gainer: 'e', actor: 'f', session: 'g', sourceIp: 'h' },
  ...{ cause: 'i', id: 'j' },
};

interface Given {
  readonly kind: ChangeKind;
  readonly isGrant: boolean;
}

function toNotice(given: Names, { kind, isGrant }: Given): Notice {
  const { cluster, cause, id } = given;
  return notice({
    isGrant,
    finding: remembered({
      subject: `iam:${given.subject}`,
      summary: given.summary,
      actor: given.actor,
      fix: [given.command],
      cluster: { arn: `arn:aws:eks:eu-west-1:111122223333:cluster/${cluster}`, name: cluster, life: null },
      change: { number: 1, kind, cause, at: '2026-11-21T08:01:00Z' },
      evidence: [{ source: 'audit-log', id, at: null, file: null, line: 0 }],
    }),
    gainers: [given.gainer],
    origin: { actor: given.actor, session: given.session, sourceIp: given.sourceIp },
  });
}

function toTelling(given: Names, how: Given): Telling {
  return telling({ head: toNotice(given, how), others: [toNotice(given, how)] });
}

function renderNight({ summary, cluster, subject }: Names): Message {
  const arn = `arn:aws:eks:eu-west-1:111122223333:cluster/${cluster}`;
  const found = finding({ summary, subject: `iam:${subject}`, cluster: { arn, name: cluster, life: null } });
  const scope = { account: '444455556666', region: 'eu-west-1', clusters: 0, mend: null };
  return renderDigest(
    report({
      clusters: [clusterReport({ findings: [found] })],
      scope: [{ ...scope, status: 'denied', reason: subject }],
    }),
    null,
  );
}

function renderEmergency({ subject, cluster, actor, session, sourceIp, cause, gainer, summary }: Names) {
  const evidence = { source: 'audit-log', id: null, at: null, file: null, line: 0 } as const;
  const at = '2026-11-20T08:00:00Z';
  const report: EmergencyReport = {
    principal: subject,
    cluster: { arn: `arn:aws:eks:eu-west-1:111122223333:cluster/${cluster}`, name: cluster },
    ...{ from: at, to: at, over: 'expired', sessionsLeft: 0, logins: 1, requests: 2, deedsLeft: 0 },
    sessions: [{ name: session, by: { name: actor, session }, sourceIp, from: at, expiresAt: at }],
    addresses: [sourceIp],
    deeds: [{ what: cause, count: 1, isChange: true, isRefused: false, evidence }],
    grant: { status: 'stands', detail: summary },
    given: [gainer],
    unseen: [summary],
  };
  const told = { number: 1, finding: '51b8899080db39394f86e5e6f5ea7b76', severity: 'high', report } as const;
  return [renderBreakGlassAlert(told), renderBreakGlassChat(told), renderBreakGlassMachine(told)] as const;
}

/** Whatever it says: SNS takes it, and no reader or program is misled by its frame. */
function expectSound({ subject, text, attributes }: Message): void {
  expect(subject.length).toBeGreaterThan(0);
  expect(subject.length).toBeLessThan(100);
  expect(subject).not.toMatch(INVISIBLE);
  expect(text.replaceAll('\n', '')).not.toMatch(INVISIBLE);
  for (const value of Object.values(attributes)) {
    expect(value).not.toBe('');
    expect(value).not.toMatch(INVISIBLE);
  }
  const bytes = Buffer.byteLength(`${subject}${text}${Object.entries(attributes).flat().join('')}`);
  expect(bytes).toBeLessThan(MOST_BYTES);
}

function compile(file: string) {
  const ajv = new Ajv2020();
  formats.default(ajv);
  return ajv.compile(JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8')));
}

const isChatNotification = compile('./fixtures/schemas/amazon-q-custom-notification.json');
const isMachineMessage = compile('../schema/message.v1.json');

describe('renderAlert', () => {
  test('keeps any names to the lines that they stand in, in every kind of message', () => {
    fc.assert(
      fc.property(names, kinds, fc.boolean(), (given, kind, isGrant) => {
        const message = renderAlert(toTelling(given, { kind, isGrant }));
        // Commands stand as they are or not at all, on a line each.
        const count = (text: string): number => text.split('\n').length;

        expectSound(message);
        expect(count(message.text) - count(renderAlert(toTelling(PLAIN, { kind, isGrant })).text)).toBeOneOf([0, 2]);
        expect(message.text).not.toMatch(LINK);
      }),
      SEED,
    );
  });
});

describe('renderChat', () => {
  test('shows any names as code that mentions nobody and links nowhere, in every kind of message', () => {
    fc.assert(
      fc.property(names, kinds, fc.boolean(), (given, kind, isGrant) => {
        const message = renderChat(toTelling(given, { kind, isGrant }));
        const { content, metadata } = JSON.parse(message.text);
        const shown: readonly string[] = [content.title, content.description, ...content.nextSteps, metadata.summary];
        const plain: readonly string[] = [...content.keywords, ...metadata.relatedResources];

        expectSound(message);
        expect(isChatNotification(JSON.parse(message.text)), JSON.stringify(isChatNotification.errors)).toBe(true);
        expect(content.description.split('\n')).toHaveLength(3);
        for (const text of plain) expect(text).toMatch(/^[\w .:/?…-]+$/);
        for (const text of [...plain, ...shown]) expect(text).not.toMatch(LINK);
        for (const text of shown) {
          expect(text).not.toMatch(/[<>@]/);
          expect(text.replace(/`[^`\n]*`/g, '')).not.toMatch(/[`*_~[\]|#]/);
        }
      }),
      SEED,
    );
  });
});

describe('renderMachine', () => {
  test('gives any names as they are, in JSON that its schema allows', () => {
    fc.assert(
      fc.property(names, kinds, fc.boolean(), (given, kind, isGrant) => {
        const message = renderMachine(toTelling(given, { kind, isGrant }));
        const [change] = JSON.parse(message.text).changes;

        expectSound(message);
        expect(isMachineMessage(JSON.parse(message.text)), JSON.stringify(isMachineMessage.errors)).toBe(true);
        if (!change.shortened) expect(change.gainers).toEqual([given.gainer]);
      }),
      SEED,
    );
  });
});

describe('the report of a break-glass session', () => {
  test('keeps any names to the lines that they stand in, and to code in chat', () => {
    fc.assert(
      fc.property(names, (given) => {
        const [people, chat, machines] = renderEmergency(given);
        const { content, metadata } = JSON.parse(chat.text);

        for (const message of [people, chat, machines]) expectSound(message);
        expect(people.text.split('\n')).toHaveLength(renderEmergency(PLAIN)[0].text.split('\n').length);
        expect(`${people.subject} ${people.text}`).not.toMatch(LINK);
        expect(isChatNotification(JSON.parse(chat.text)), JSON.stringify(isChatNotification.errors)).toBe(true);
        expect(content.description.replace(/`[^`\n]*`/g, '')).not.toMatch(/[<>@`*_~[\]|#]|:\/\/|www\./);
        expect([...content.keywords, ...metadata.relatedResources].join(' ')).toMatch(/^[\w .:/?…-]+$/);
        JSON.parse(machines.text);
      }),
      SEED,
    );
  });
});

describe('renderDigest', () => {
  test('keeps any names to the lines that they stand in', () => {
    fc.assert(
      fc.property(names, (given) => {
        const message = renderNight(given);

        expectSound(message);
        expect(message.text.split('\n')).toHaveLength(renderNight(PLAIN).text.split('\n').length);
        expect(message.text).not.toMatch(LINK);
      }),
      SEED,
    );
  });
});

describe('every message', () => {
  test.each(['n', '😀', '\u202e', '\n', '`', '<', '\u0301', '\ud800'])('holds names of 300 KB of %j', (character) => {
    const long = character.repeat(300_000 / Buffer.byteLength(character));
    const given = Object.fromEntries(Object.keys(PLAIN).map((name) => [name, long]));
    const all = { ...PLAIN, ...given };

    const told = toTelling(all, { kind: 'new', isGrant: true });
    for (const render of [renderAlert, renderChat, renderMachine]) expectSound(render(told));
    expect(isChatNotification(JSON.parse(renderChat(told).text))).toBe(true);
    expectSound(renderNight(all));
  });

  test.each(['字', 'é', 'a', '"', '\\', '\u202e', '😀'])(
    'holds a hundred findings whose commands are long, of %j',
    (one) => {
      const text = one.repeat(1900 / one.length);
      const long = (index: number): Notice =>
        notice({
          finding: remembered({
            fingerprint: String(index).padStart(32, '0'),
            subject: `iam:${text}`,
            summary: text,
            fix: Array.from({ length: 12 }, () => `echo '${text}'`),
            change: { number: 1, kind: 'new', cause: text, at: '2026-11-21T08:01:00Z' },
          }),
          gainers: Array.from({ length: 50 }, () => text),
          origin: { actor: text, session: text, sourceIp: text },
        });
      const others = Array.from({ length: 99 }, (_, index) => long(index + 1));
      for (const told of [telling({ head: long(0), others: [] }), telling({ head: long(0), others })]) {
        const messages = [renderAlert, renderChat, renderMachine].map((render) => render(told));
        for (const message of messages) expectSound(message);
        const ids = [told.head, ...others.slice(0, told.others.length)].map(({ finding }) => finding.fingerprint);
        for (const { text: whole } of [messages[0], messages[2]].flatMap((message) => message ?? []))
          expect(ids.filter((id) => !whole.includes(id))).toEqual([]);
      }
    },
  );
});
