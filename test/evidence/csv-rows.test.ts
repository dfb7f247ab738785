import { describe, expect, it } from 'vitest';
import { findDoubledMessage, parseCsvHeader, parseCsvRow } from '../../shared/evidence/csv-cells.ts';
import { createCsvReader } from '../../shared/evidence/csv-rows.ts';

describe('parseCsvRow', () => {
  it.each([
    ['plain cells', 'a,b,,d', ['a', 'b', '', 'd']],
    ['a quoted comma', 'a,"b,c",d', ['a', 'b,c', 'd']],
    ['doubled quotes', '"say ""hi""",x', ['say "hi"', 'x']],
    ['a quoted line end', '"a\nb",c', ['a\nb', 'c']],
    ['an empty quoted cell', '"",x', ['', 'x']],
    ['a quote that never closes', 'a,"b,c', ['a', 'b,c']],
    ['a quote inside of a cell', 'a"b,c', ['a"b', 'c']],
    ['a comma at the end', 'a,', ['a', '']],
    ['nothing', '', ['']],
  ])('reads %s', (_name, row, cells) => {
    expect(parseCsvRow(row)).toEqual(cells);
  });
});

describe('parseCsvHeader', () => {
  it.each([
    ['@timestamp,@message', ['@timestamp', '@message']],
    ['"@timestamp","@message"', ['@timestamp', '@message']],
    ['@message', ['@message']],
    ['timestamp,message', ['timestamp', 'message']],
    ['arn,uid,username,groups,count', ['arn', 'uid', 'username', 'groups', 'count']],
    ['message', null],
    ['some,words', null],
    ['level=info msg="@message, message"', null],
  ])('reads `%s`', (text, columns) => {
    expect(parseCsvHeader(text)).toEqual(columns);
  });
});

describe('createCsvReader', () => {
  function rowsOf(lines: readonly string[], maxChars?: number) {
    const reader = createCsvReader(['time', 'message'], maxChars);
    return [...lines.flatMap((text, index) => [...reader.read(text, index + 1)]), ...reader.end()];
  }

  it('puts rows together that lie over several lines', () => {
    expect(rowsOf(['1,"a', 'b,""c""', 'd"', '2,e'])).toEqual([
      { value: { time: '1', message: 'a\nb,"c"\nd' }, text: '1,"a\nb,""c""\nd"', line: 1 },
      { value: { time: '2', message: 'e' }, text: '2,e', line: 4 },
    ]);
  });

  it('gives up a row whose quote never closes, and keeps those behind it', () => {
    expect(rowsOf(['1,"a', '2,b', '3,"c, d"'])).toEqual([
      { value: null, text: '1,"a', line: 1 },
      { value: { time: '2', message: 'b' }, text: '2,b', line: 2 },
      { value: { time: '3', message: 'c, d' }, text: '3,"c, d"', line: 3 },
    ]);
  });

  it('holds no more than a row may take', () => {
    const rows = rowsOf(['1,"a', ...Array.from({ length: 100 }, () => '2,b')], 40);

    expect(rows).toHaveLength(101);
    expect(rows.filter(({ value }) => value === null)).toHaveLength(1);
  });

  it('tells a row with too many cells from a row of the table', () => {
    expect(rowsOf(['1,2,3'])).toEqual([{ value: null, text: '1,2,3', line: 1 }]);
  });

  it('bears columns that objects have', () => {
    const [row] = createCsvReader(['__proto__', 'message']).read('x,y', 1);

    expect(Object.keys(row?.value ?? {})).toEqual(['__proto__', 'message']);
  });
});

describe('findDoubledMessage', () => {
  it.each([
    [
      'a row without header',
      '2026-11-20 07:00:05.123,"level=info msg=""access granted"" arn=""a,b""",stream',
      'level=info msg="access granted" arn="a,b"',
    ],
    [
      'a message cut out of its row',
      'level=info msg=""access granted"" session= username=u',
      'level=info msg="access granted" session= username=u',
    ],
    ['JSON in a row', 'x,"{""verb"":""get""}"', '{"verb":"get"}'],
    ['quotes as they should be', 'level=info msg="access granted" session=', null],
    ['an empty quoted value', 'level=info msg="x" session=""', null],
  ])('reads %s', (_name, text, message) => {
    expect(findDoubledMessage(text)).toBe(message);
  });
});
