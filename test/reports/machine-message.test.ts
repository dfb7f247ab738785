import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { renderMachine } from '../../shared/reports/machine-message.ts';
import { notice, remembered, telling } from '../support/notices.ts';

const ajv = new Ajv2020();
formats.default(ajv);
const validate = ajv.compile(
  JSON.parse(readFileSync(new URL('../../schema/message.v1.json', import.meta.url), 'utf8')),
);

describe('renderMachine', () => {
  test('gives the facts as they are', () => {
    const message = JSON.parse(renderMachine(telling()).text);

    expect(validate(message), JSON.stringify(validate.errors)).toBe(true);
    expect(message).toMatchObject({
      schema: 'keyholder.message/v1',
      deduplicationId: '51b8899080db39394f86e5e6f5ea7b76-1',
      changes: [
        {
          fingerprint: '51b8899080db39394f86e5e6f5ea7b76',
          change: { number: 1, kind: 'new' },
          gainers: ['arn:aws:iam::111122223333:role/newcomer'],
          origin: { sourceIp: '192.0.2.10' },
          shortened: false,
        },
      ],
    });
  });

  test('names each of three hundred findings, of 300 KB each, within one message', () => {
    const long = '\u202e😀'.repeat(75_000);
    const huge = (index: number) =>
      notice({
        finding: remembered({
          fingerprint: String(index).padStart(32, '0'),
          summary: long,
          subject: `iam:${long}`,
          fix: Array(50).fill(long),
        }),
        gainers: Array(50).fill(long),
        origin: { actor: long, session: long, sourceIp: long },
      });
    const others = Array.from({ length: 300 }, (_, index) => huge(index + 1));
    const { text } = renderMachine(telling({ head: huge(0), others }));
    const message = JSON.parse(text);

    expect(Buffer.byteLength(text)).toBeLessThan(262_144);
    expect(validate(message), JSON.stringify(validate.errors)).toBe(true);
    expect(message.changes).toHaveLength(301);
    expect(message.changes[0].shortened).toBe(true);
  });
});
