import { describe, expect, it } from 'vitest';
import { parseLogfmt } from '../../shared/evidence/logfmt.ts';

const fieldsOf = (text: string) => Object.fromEntries(parseLogfmt(text).fields);

describe('parseLogfmt', () => {
  it.each([
    ['bare values', 'level=info path=/authenticate', { level: 'info', path: '/authenticate' }],
    ['quoted values', 'msg="access granted" x="a=b c"', { msg: 'access granted', x: 'a=b c' }],
    ['an empty value', 'session= stsendpoint=sts.amazonaws.com', { session: '', stsendpoint: 'sts.amazonaws.com' }],
    ['an empty value at the end', 'level=info session=', { level: 'info', session: '' }],
    ['escaped quotes and backslashes', String.raw`msg="say \"hi\" \\ there"`, { msg: String.raw`say "hi" \ there` }],
    ['a value that ends in a backslash', String.raw`a="x\\" b=y`, { a: 'x\\', b: 'y' }],
    ['line ends and tabs', String.raw`msg="a\nb\tc\rd"`, { msg: 'a\nb\tc\rd' }],
    ['control characters', String.raw`msg="\x1b[31m\a\v\f\b"`, { msg: '\x1b[31m\x07\v\f\b' }],
    ['bytes that were no UTF-8', String.raw`msg="a\xffb"`, { msg: 'a\ufffdb' }],
    ['short and long code points', String.raw`msg="\u00e9\U0001f511"`, { msg: 'é🔑' }],
    ['a code point beyond the last', String.raw`msg="\Uffffffff"`, { msg: '\ufffd' }],
    ['an unknown escape', String.raw`msg="a\qb"`, { msg: 'aqb' }],
    ['text beyond ASCII', 'msg="zugriff gewährt"', { msg: 'zugriff gewährt' }],
    ['a stray quote at the end', 'username=kubernetes-admin"', { username: 'kubernetes-admin' }],
    ['several spaces and tabs', '  level=info \t msg=x ', { level: 'info', msg: 'x' }],
    ['words without a value', 'some words level=info', { level: 'info' }],
    ['a line cut at its head', 'ple/role" client="127.0.0.1:1" level=info', { client: '127.0.0.1:1', level: 'info' }],
    ['the first of two equal keys', 'arn=a arn=b', { arn: 'a' }],
    ['keys that objects have', '__proto__=x constructor=y', { ['__proto__']: 'x', constructor: 'y' }],
    ['nothing', '', {}],
  ])('reads %s', (_name, text, expected) => {
    expect(Object.entries(fieldsOf(text))).toEqual(Object.entries(expected));
  });

  it('names the field in which the line breaks off', () => {
    expect(parseLogfmt('level=info arn="arn:aws:iam::1111')).toEqual({
      fields: new Map([
        ['level', 'info'],
        ['arn', 'arn:aws:iam::1111'],
      ]),
      cutKey: 'arn',
    });
  });

  it('stops at more fields than any line has', () => {
    const text = Array.from({ length: 100_000 }, (_, index) => `k${index}=v`).join(' ');

    expect(parseLogfmt(text).fields.size).toBe(64);
  });

  it('reads a megabyte of words in linear time', () => {
    expect(parseLogfmt(`${'x '.repeat(500_000)}level=info`).fields.get('level')).toBe('info');
  });

  it('reads a megabyte of backslashes and quotes in linear time', () => {
    const text = `msg="${'\\"'.repeat(500_000)}`;

    expect(parseLogfmt(text).fields.get('msg')).toHaveLength(500_000);
  });
});
