import { describe, expect, it } from 'vitest';
import { readConfigMap } from '../../shared/evidence/config-map.ts';

function read(text: string) {
  const map = readConfigMap(text, 'aws-auth');
  if ('unreadable' in map) return map;
  const { name, namespace, entries } = map;
  return { name, namespace, data: entries.map(({ key, value }) => [key, 'text' in value ? value.text : value.kind]) };
}

const MAP = 'kind: ConfigMap\nmetadata: {name: aws-auth, namespace: kube-system}\ndata: {mapRoles: x}\n';
const READ = { name: 'aws-auth', namespace: 'kube-system', data: [['mapRoles', 'x']] };

describe('readConfigMap', () => {
  it.each([
    ['one of its own', MAP],
    ['one behind a marker', `---\n${MAP}`],
    ['one behind another object', `kind: Namespace\nmetadata: {name: aws-auth}\n--- # next\n${MAP}`],
    ['one behind another ConfigMap', `${MAP.replaceAll('aws-auth', 'other')}---\n${MAP}`],
    [
      'one in a list',
      `kind: List\nitems:\n- kind: ConfigMap\n  metadata: {name: aws-auth, namespace: kube-system}\n  data: {mapRoles: x}\n`,
    ],
    ['one with a byte order mark', `\ufeff${MAP}`],
    ['one with CRLF', MAP.replaceAll('\n', '\r\n')],
    [
      'one in JSON',
      '{"kind": "ConfigMap", "metadata": {"name": "aws-auth", "namespace": "kube-system"}, "data": {"mapRoles": "x"}}',
    ],
    [
      'one in JSON with escapes and a key twice',
      '\ufeff{"kind":"ConfigMap","metadata":{"name":"aws\\u002dauth","namespace":"kube-system"},"data":{"mapRoles":"y","mapRoles":"\\u0078"}}',
    ],
  ])('reads %s', (_name, text) => {
    expect(read(text)).toEqual(READ);
  });

  it('finds one in a list of JSON, past values of every kind', () => {
    const map = {
      kind: 'ConfigMap',
      metadata: { name: 'aws-auth', namespace: 'kube-system' },
      data: { mapRoles: 'x' },
    };
    const others = [1, -2.5, true, false, null, [], {}, [[]], { a: [{ b: 1 }] }];

    expect(read(JSON.stringify({ kind: 'List', items: [...others, map] }, null, 2))).toEqual(READ);
  });

  it('takes an object without kind that has data', () => {
    expect(read('data:\n  mapRoles: x\n')).toEqual({ name: null, namespace: null, data: [['mapRoles', 'x']] });
  });

  it('takes a ConfigMap of another name when there is no other', () => {
    expect(read(MAP.replace('aws-auth', 'other'))).toMatchObject({ name: 'other' });
  });

  it('decodes what only JSON knows', () => {
    expect(read('{"data": {"a": "\\ud83d\\ude00 \\/ \\b"}}')).toMatchObject({ data: [['a', '\u{1f600} / \b']] });
  });

  it.each([
    ['{"kind": "Secret"}', 'expected a ConfigMap, got a Secret', 0],
    ['- a\n', 'expected a ConfigMap, got a list: the rows belong into data.mapRoles of one', 0],
    ['text', 'expected a ConfigMap, got text without fields', 0],
    ['a: b\n', 'expected a ConfigMap, got an object without kind and data', 0],
    ['kind: List\nitems: []\n', 'expected a ConfigMap, got none', 0],
    [
      'kind: Secret\n---\nkind: ConfigMap\n\tdata: x\n',
      'not YAML: found a tab character that violates indentation',
      33,
    ],
  ])('says what it found instead of one: %j', (text, unreadable, at) => {
    expect(readConfigMap(text, 'aws-auth')).toEqual({ unreadable, at });
  });

  it.each([
    ['JSON', '{"data": ', 208],
    ['YAML', 'a: ', 202],
  ])('refuses nesting beyond reason in %s', (_name, lead, at) => {
    expect(readConfigMap(`${lead}${'['.repeat(10_000)}`, 'aws-auth')).toEqual({
      unreadable: 'not YAML: nested deeper than 200 levels',
      at,
    });
  });

  it('reads no text that is larger than any ConfigMap', () => {
    expect(readConfigMap(`data: ${'x'.repeat(16_000_000)}`, 'aws-auth')).toMatchObject({
      unreadable: 'expected a ConfigMap, got 16000006 characters',
    });
  });
});
