import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { renderChat, toNotification } from '../../shared/reports/chat-message.ts';
import { FINGERPRINT, notice, remembered, telling } from '../support/notices.ts';

const SCHEMA = new URL('../fixtures/schemas/amazon-q-custom-notification.json', import.meta.url);
const validate = new Ajv2020().compile(JSON.parse(readFileSync(SCHEMA, 'utf8')));

const HOSTILE =
  '`*bold* <!channel> <@U024BE7LH> @here [login](https://evil.example) <https://evil.example|keyholder>\n# Heading';

function naming(name: string) {
  const finding = remembered({
    subject: `iam:${name}`,
    summary: name,
    fix: [`kubectl delete clusterrolebinding '${name}'`],
  });
  return telling({
    head: notice({ finding, gainers: [name], origin: { actor: name, session: name, sourceIp: name } }),
  });
}

describe('renderChat', () => {
  test('is what the receiver takes, in the thread of its finding', () => {
    const { text, attributes } = renderChat(telling());
    const message = JSON.parse(text);

    expect(validate(message), JSON.stringify(validate.errors)).toBe(true);
    expect(message).toMatchObject({
      version: '1.0',
      source: 'custom',
      id: `${FINGERPRINT}-1`,
      content: {
        title: 'critical: Cluster-admin access policy at cluster scope',
        description:
          '`role/newcomer` can now administer `payments`, given by `role/deployer` (session `alice`) from `192.0.2.10` at 21 Nov 2026 08:01 UTC.\nNew: `arn:aws:iam::111122223333:role/newcomer administers the whole cluster.`',
      },
      metadata: { threadId: FINGERPRINT },
    });
    expect(attributes.severity).toBe('critical');
  });

  test('shows hostile names as code, without mentions, links or emphasis', () => {
    const { content } = toNotification(naming(HOSTILE));
    const outside = content.description.replace(/`[^`\n]*`/g, '');

    expect(outside).not.toMatch(/[*<>@[\]#`]|https?:/);
    expect(content.description).not.toMatch(/[<>@]|https?:\/\//);
    expect(content.description.split('\n')).toHaveLength(2);
    expect(content.nextSteps.join('\n')).not.toMatch(/[<>@]|https?:\/\//);
  });

  test.each([
    ['a name of 300 KB', 'n'.repeat(300_000)],
    ['one of 300 KB of emoji', '😀'.repeat(75_000)],
  ])('keeps %s within the limits of the receiver', (_name, name) => {
    const { text, subject } = renderChat(naming(name));

    expect(validate(JSON.parse(text)), JSON.stringify(validate.errors)).toBe(true);
    expect(Buffer.byteLength(text)).toBeLessThan(262_144);
    expect(subject.length).toBeLessThan(100);
    expect(text).toContain(FINGERPRINT);
  });

  test('counts the findings that do not fit', () => {
    const others = Array.from({ length: 500 }, (_, index) =>
      notice({ finding: remembered({ fingerprint: String(index).padStart(32, '0') }) }),
    );
    const { content } = toNotification(telling({ others }));

    expect(content.description.length).toBeLessThanOrEqual(8000);
    expect(content.description).toMatch(/And \d+ more in the message 51b8899080db39394f86e5e6f5ea7b76-1 for people\.$/);
  });
});
