import { describe, expect, test } from 'vitest';
import { fillEnvelope, fitDescription, fitLabel, renderNotification } from '../../shared/reports/chat-envelope.ts';

const MESSAGE = {
  deduplicationId: 'f-1',
  finding: 'f',
  eventType: 'new',
  resource: 'account 111122223333',
  title: 'high: a grant',
  summary: 'a grant (new)',
  description: 'payments\u202e',
  nextSteps: ['Ask.'],
  keywords: ['high', 'payments'],
};

describe('fillEnvelope', () => {
  test('makes one thread of the messages of a finding, with invisible characters written out', () => {
    expect(renderNotification(fillEnvelope(MESSAGE))).toBe(
      [
        '{"version":"1.0","source":"custom","id":"f-1","content":{"textType":"client-markdown","title":"high: a grant",',
        '"description":"payments\\u202e","nextSteps":["Ask."],"keywords":["high","payments"]},"metadata":{"threadId":"f",',
        '"summary":"a grant (new)","eventType":"new","relatedResources":["account 111122223333"],',
        '"additionalContext":{"deduplicationId":"f-1","finding":"f"}}}',
      ].join(''),
    );
  });

  test('makes a thread of its own of what is no finding', () => {
    expect(fillEnvelope({ ...MESSAGE, finding: null }).metadata).toEqual({
      threadId: 'f-1',
      summary: 'a grant (new)',
      eventType: 'new',
      relatedResources: ['account 111122223333'],
      additionalContext: { deduplicationId: 'f-1' },
    });
  });
});

describe('fitDescription', () => {
  const tellRest = (left: number) => `and ${left} more`;

  test('leaves lines that fit as they are', () => {
    expect(fitDescription(['a', 'b'], tellRest)).toBe('a\nb');
  });

  test('ends after the last line that fits whole, and says how many are left out', () => {
    const line = 'x'.repeat(3899);

    expect(fitDescription([line, line], tellRest)).toBe(`${line}\n${line}`);
    expect(fitDescription([line, `${line}x`, 'short'], tellRest)).toBe(`${line}\nand 2 more`);
  });
});

describe('fitLabel', () => {
  test('keeps a name to the characters of AWS and to its length', () => {
    expect(fitLabel('pay<ments>', 75)).toBe('pay?ments?');
    expect(fitLabel('n'.repeat(80), 75)).toBe(`${'n'.repeat(74)}?`);
  });
});
