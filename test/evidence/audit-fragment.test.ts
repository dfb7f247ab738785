import { describe, expect, it } from 'vitest';
import { parseAuditFragment } from '../../shared/evidence/audit-fragment.ts';
import { parseCutJson } from '../../shared/evidence/close-json.ts';
import { describeItem, ORIGIN, readFixture, readItems } from '../support/log-input.ts';

const LINE = readFixture('audit.ndjson').toString('utf8').split('\n')[0] ?? '';
const upTo = (mark: string) => LINE.slice(0, LINE.indexOf(mark) + mark.length);

describe('parseAuditFragment', () => {
  it('keeps all that came whole before the cut', () => {
    const cut = `${upTo('"responseObject":{"kind":"Cluster')}[Truncated...]`;

    expect(parseAuditFragment(cut, ORIGIN)).toMatchObject({
      record: {
        auditId: '00000000-0000-4000-8000-00000000a001',
        verb: 'create',
        truncated: true,
        actor: { principalArn: 'arn:aws:iam::111122223333:role/platform-admin' },
        object: { resource: 'clusterrolebindings', name: 'payments-admins' },
        code: 201,
        requestObject: { roleRef: { name: 'cluster-admin' } },
        responseObject: null,
        decision: null,
      },
    });
  });

  it('keeps no half of a body', () => {
    expect(parseAuditFragment(upTo('"metadata":{"name":"payments-admins"},"subjects"'), ORIGIN)).toMatchObject({
      record: { requestObject: null, responseObject: null, truncated: true },
    });
  });

  it('keeps the id when the cut comes before the object', () => {
    expect(parseAuditFragment(upTo('"groups":["system:auth'), ORIGIN)).toMatchObject({
      record: { auditId: '00000000-0000-4000-8000-00000000a001', object: null, verb: 'create', truncated: true },
    });
  });

  it('finds the parts of an event that is cut at its head', () => {
    const tail = LINE.slice(LINE.indexOf('"stage"'), LINE.indexOf('"requestObject"') + 40);

    expect(parseAuditFragment(tail, ORIGIN)).toMatchObject({
      record: {
        auditId: null,
        stage: 'ResponseComplete',
        verb: 'create',
        code: 201,
        user: { username: 'arn:aws:sts::111122223333:assumed-role/platform-admin/alice-example.com' },
        object: { resource: 'clusterrolebindings', name: 'payments-admins' },
        truncated: true,
      },
    });
  });

  it('looks for no parts inside of the bodies', () => {
    const text = '{"auditID":"a-1",,"verb":"patch","requestObject":{"objectRef":{"name":"decoy"},"level":"None"}}';

    expect(parseAuditFragment(text, ORIGIN)).toMatchObject({ record: { auditId: 'a-1', object: null, level: null } });
  });

  it('keeps what shows an event that is nested beyond reason', async () => {
    const deep = `${upTo('"requestObject":')}${'['.repeat(10_000)}${']'.repeat(10_000)}}`;

    const [item] = await readItems(deep);

    expect(item).toMatchObject({
      record: { truncated: true, object: { name: 'payments-admins' }, requestObject: null },
    });
  });

  it('passes over an unanswered request that is cut', () => {
    expect(parseAuditFragment('{"auditID":"a-1","stage":"RequestReceived","verb":"crea', ORIGIN)).toEqual({
      ignored: 'stage RequestReceived',
    });
  });

  it.each([
    ['no event at all', '{"some":"thing'],
    ['an id without its end', '{"kind":"Event","auditID":"a-1'],
  ])('finds none in %s', (_name, text) => {
    expect(parseAuditFragment(text, ORIGIN)).toBeNull();
  });

  it('gives one item for each way to cut a line', async () => {
    const words = new Set<string>();
    for (let end = 1; end < LINE.length; end += 1) {
      const items = await readItems(LINE.slice(0, end));
      expect(items).toHaveLength(1);
      for (const item of items) words.add(describeItem(item));
    }

    expect([...words].sort()).toEqual(['audit-log', 'skip: broken JSON']);
  });
});

describe('parseCutJson', () => {
  it.each([
    ['inside of a text', '{"a":1,"b":"x', { a: 1 }],
    ['behind a key', '{"a":1,"b"', { a: 1 }],
    ['behind a colon', '{"a":1,"b":', { a: 1 }],
    ['inside of a list', '{"a":[1,2,3', { a: [1, 2] }],
    ['inside of an inner object', '{"a":{"b":{"c":1,"d":2', { a: { b: { c: 1 } } }],
    ['behind a bracket', '{"a":{"b":[', { a: { b: [] } }],
    ['behind an escaped quote', '{"a":"x","b":"y\\"', { a: 'x' }],
    ['nowhere', '{"a":{"b":[1]}}', { a: { b: [1] } }],
    ['at its start', '{', {}],
  ])('mends text that breaks off %s', (_name, text, value) => {
    expect(parseCutJson(text)).toEqual(value);
  });

  it.each([
    ['a bracket that closes nothing', '{"a":1]'],
    ['no JSON', 'hello'],
    ['nothing', ''],
    ['nesting beyond reason', '['.repeat(501)],
    ['a break in the middle', '{"a":1,,"b":{"c":1},'],
  ])('gives up at %s', (_name, text) => {
    expect(parseCutJson(text)).toBeUndefined();
  });
});
