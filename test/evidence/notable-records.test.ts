import { describe, expect, it } from 'vitest';
import { createNotableReader } from '../../shared/evidence/notable-records.ts';
import { describeItem } from '../support/log-input.ts';
import { ORDINARY_LINE, TELLING_LINES } from '../support/telling-lines.ts';

const [BINDING = ''] = TELLING_LINES['admin-cluster-role-binding'] ?? [];
const LOGIN = 'level=info msg="access granted" groups="[]" username=alice';
const STREAM = 'kube-apiserver-audit-0123456789abcdef0123456789abcdef';

function read(text: string, options: { readonly chunk?: number; readonly maxLineBytes?: number } = {}) {
  const { chunk = 65_536, ...limits } = options;
  const reader = createNotableReader({ file: 'some.log', ...limits });
  const bytes = Buffer.from(text, 'latin1');
  const items = [];
  for (let at = 0; at < bytes.length; at += chunk) items.push(...reader.push(bytes.subarray(at, at + chunk)));
  items.push(...reader.end());
  const lines = items.flatMap((item) => ('record' in item ? [item.record.evidence.line] : []));
  return { items: items.map(describeItem), lines, passedOver: reader.countPassedOver() };
}

const lines = (...texts: readonly string[]) => `${texts.join('\n')}\n`;

describe('createNotableReader', () => {
  it('passes over ordinary events but for the first, and keeps the numbers of the others', () => {
    const text = lines(ORDINARY_LINE, ORDINARY_LINE, LOGIN, ORDINARY_LINE, BINDING, ORDINARY_LINE);

    expect(read(text)).toEqual({
      items: ['audit-log', 'granted', 'audit-log'],
      lines: [1, 3, 5],
      passedOver: 3,
    });
  });

  it.each([
    ['lines that end in a carriage return', `${[ORDINARY_LINE, ORDINARY_LINE].join('\r\n')}\r\n`],
    ['the prefix of an export', lines(...Array(2).fill(`2026-11-20T08:00:00.000Z ${ORDINARY_LINE}`))],
    ['the prefix of `aws logs tail`', lines(...Array(2).fill(`2026-11-20T08:00:00 ${STREAM} ${ORDINARY_LINE}`))],
    ['blank lines between', lines(ORDINARY_LINE, '', ORDINARY_LINE, '')],
  ])('passes over events with %s', (_name, text) => {
    expect(read(text)).toEqual({ items: ['audit-log'], lines: [1], passedOver: 1 });
  });

  it.each([
    ['text behind it', lines(ORDINARY_LINE, `${ORDINARY_LINE} x`)],
    ['text before it', lines(ORDINARY_LINE, `some text ${ORDINARY_LINE}`)],
    ['another event behind it', lines(ORDINARY_LINE, `${ORDINARY_LINE}${ORDINARY_LINE}`)],
    ['no line end behind it', `${ORDINARY_LINE}\n${ORDINARY_LINE}`],
    ['a document open before it', lines(ORDINARY_LINE, '{"Records": [', ORDINARY_LINE, ']}')],
    ['the header of a table before it', lines('@timestamp,@message', ORDINARY_LINE, ORDINARY_LINE)],
    ['a mark of UTF-16 before it', `\xff\xfe${lines('', ORDINARY_LINE, ORDINARY_LINE, ORDINARY_LINE)}`],
  ])('reads an event with %s', (_name, text) => {
    expect(read(text).passedOver).toBe(0);
    expect(read(text).items.length).toBeGreaterThan(1);
  });

  it('counts a line beyond the limit as skipped, whatever it holds', () => {
    const { items, passedOver } = read(lines(ORDINARY_LINE, ORDINARY_LINE), { maxLineBytes: 200 });

    expect(items).toEqual(Array(2).fill('skip: line longer than the limit'));
    expect(passedOver).toBe(0);
  });

  it.each([1, 100, 1000])('reads events that are cut by chunks of %i bytes', (chunk) => {
    const { items, passedOver } = read(lines(ORDINARY_LINE, BINDING, ORDINARY_LINE, ORDINARY_LINE), { chunk });

    expect(items.length + passedOver).toBe(4);
  });
});
