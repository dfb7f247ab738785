import { describe, expect, it } from 'vitest';
import { createEventScanner } from '../../shared/evidence/ordinary-event.ts';
import { ORDINARY_LINE } from '../support/telling-lines.ts';

const EVENT = '"auditID":"a-1","requestURI":"/version"';
const find = createEventScanner();
const endOf = (text: string): number => find(Buffer.from(`${text}\n`), 0);
const isOrdinary = (text: string): boolean => endOf(text) === Buffer.byteLength(text);

describe('createEventScanner', () => {
  it('finds the end of an ordinary event, wherever in the bytes it starts', () => {
    const bytes = Buffer.from(`some text ${ORDINARY_LINE} and more\n`);

    expect(find(bytes, 10)).toBe(10 + ORDINARY_LINE.length);
    expect(find(bytes, 9)).toBe(-1);
  });

  it.each([
    ['blanks behind marks', `{"kind": "Event", ${EVENT}, "list": [1, 2, []], "none": {} }`],
    ['true, false, null and whole numbers', `{${EVENT},"a":[true,false,null,0,10,200]}`],
    ['escapes of Go', `{${EVENT},"a":"/pods?a=1\\u0026b=\\u003cc\\u003e","b":"a \\"quote\\", \\\\ \\n\\t\\r"}`],
    ['text beyond ASCII', `{${EVENT},"a":"prägung 🔑"}`],
    ['lists in objects in lists', `{${EVENT},"a":[{"b":[{"c":[[]]}]}]}`],
    ['members of the same name further in', `{${EVENT},"a":{"auditID":1,"requestURI":"/x"}}`],
  ])('passes over an event with %s', (_name, text) => {
    expect(isOrdinary(text)).toBe(true);
  });

  it.each([
    ['no audit id', '{"requestURI":"/version"}'],
    ['an audit id that is empty', '{"auditID":"","requestURI":"/version"}'],
    ['an audit id that is no text', '{"auditID":["a-1"],"requestURI":"/version"}'],
    ['an audit id further in', '{"a":{"auditID":"a-1"},"requestURI":"/version"}'],
    ['an audit id as a value', '{"a":"auditID","b":"x","requestURI":"/version"}'],
    ['no URI', '{"auditID":"a-1"}'],
    ['a member that comes twice', `{${EVENT},"auditID":"a-2"}`],
    ['a needle', `{${EVENT},"a":"rbac.authorization.k8s.io"}`],
    ['an escape that may spell a needle', `{${EVENT},"a":"aws\\u002dauth"}`],
    ['an escaped slash', `{${EVENT},"a":"audit.k8s.io\\/truncated"}`],
  ])('leaves to the parsers an event with %s', (_name, text) => {
    expect(() => JSON.parse(text)).not.toThrow();
    expect(endOf(text)).toBe(-1);
  });

  it.each([
    ['a fraction', '1.5'],
    ['an exponent', '1e3'],
    ['a negative number', '-1'],
    ['more nesting than any event has', `${'['.repeat(64)}${']'.repeat(64)}`],
  ])('leaves to the parsers, as too unusual, %s', (_name, value) => {
    expect(endOf(`{${EVENT},"a":${value}}`)).toBe(-1);
  });

  it.each([
    ['nothing', ''],
    ['a list', `[${EVENT}]`],
    ['an object that is cut', `{${EVENT},"a":{"b":1}`],
    ['a string that is cut', `{${EVENT},"a":"b`],
    ['an escape that is cut', `{${EVENT},"a":"b\\`],
    ['a closing mark too few', `{${EVENT},"a":[1}`],
    ['the wrong closing mark', `{${EVENT},"a":[1}]`],
    ['a comma too many', `{${EVENT},}`],
    ['a comma too many in a list', `{${EVENT},"a":[1,]}`],
    ['a comma too few', `{${EVENT} "a":1}`],
    ['a value without a key', `{${EVENT},1}`],
    ['a key without a value', `{${EVENT},"a"}`],
    ['a key without a colon', `{${EVENT},"a" 1}`],
    ['a key that is a word', `{${EVENT},true:1}`],
    ['two values', `{${EVENT},"a":1 2}`],
    ['a leading zero', `{${EVENT},"a":01}`],
    ['a word that is none', `{${EVENT},"a":trie}`],
    ['words without a gap', `{${EVENT},"a":truefalse}`],
    ['a control character in a string', `{${EVENT},"a":"b\u0001"}`],
    ['an escape that is none', `{${EVENT},"a":"\\x"}`],
  ])('leaves to the parsers what is no JSON: %s', (_name, text) => {
    expect(() => JSON.parse(text)).toThrow();
    expect(endOf(text)).toBe(-1);
  });

  it('ends at the first object of several', () => {
    expect(endOf(`{${EVENT}}{${EVENT}}`)).toBe(EVENT.length + 2);
  });
});
