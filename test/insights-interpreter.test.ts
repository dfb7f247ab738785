import { describe, expect, it } from 'vitest';
import { runQuery } from './support/local-aws/insights/run-query.ts';
import type { LocalLogGroup, LocalLogLine } from './support/local-aws/log-queries.ts';

const START = 1_763_600_000; // 2025-11-20T00:53:20Z

function lines(...messages: readonly string[]): readonly LocalLogLine[] {
  return messages.map((message, index) => ({
    ptr: `ptr-${index}`,
    stream: index % 2 === 0 ? 'authenticator-a' : 'kube-apiserver-audit-b',
    timestamp: (START + index) * 1000 + 7,
    ingestionTime: (START + index) * 1000 + 500,
    message,
  }));
}

function group(entries: readonly LocalLogLine[], logGroupClass: LocalLogGroup['logGroupClass'] = 'STANDARD') {
  const name = '/aws/eks/payments/cluster';
  return { account: '111122223333', region: 'eu-central-1', name, logGroupClass, lines: entries };
}

function ask(queryString: string, entries: readonly LocalLogLine[], groups = [group(entries)]) {
  return runQuery({ queryString, startTime: START, endTime: START + 60, limit: undefined, groups });
}

function rowsOf(queryString: string, ...messages: readonly string[]) {
  const answer = ask(queryString, lines(...messages));
  if (answer.kind === 'malformed') throw new Error(answer.message);
  return answer.rows.map((row) => Object.fromEntries(row.map(({ field, value }) => [field, value])));
}

const FLOWS = [
  '{"action":"ACCEPT","bytes":10,"srcAddr":"192.0.2.1","dstAddr":"192.0.2.9"}',
  '{"action":"REJECT","bytes":9,"srcAddr":"192.0.2.1"}',
  '{"action":"ACCEPT","bytes":200,"srcAddr":"192.0.2.2"}',
];

/** What the examples of the query language's pages show, each on events of our own. */
const EXAMPLES: readonly (readonly [what: string, query: string, expected: readonly object[]])[] = [
  ['the newest events first', 'fields bytes | limit 2', [{ bytes: '200' }, { bytes: '9' }]],
  ['a filter by number', 'fields bytes | filter bytes > 9 | sort bytes asc', [{ bytes: '10' }, { bytes: '200' }]],
  ['sorting numbers as numbers', 'fields bytes | sort bytes desc | limit 1', [{ bytes: '200' }]],
  ['and', 'fields bytes | filter action = "ACCEPT" and srcAddr = "192.0.2.2"', [{ bytes: '200' }]],
  ['or, weaker than and', 'fields bytes | filter bytes = 9 or bytes = 10 and action = "REJECT"', [{ bytes: '9' }]],
  ['not', 'fields bytes | filter not (bytes in [9, 10])', [{ bytes: '200' }]],
  ['not in', 'fields bytes | filter action not in ["ACCEPT"]', [{ bytes: '9' }]],
  ['a substring', 'fields bytes | filter @message like "REJ"', [{ bytes: '9' }]],
  ['a regex', 'fields bytes | filter @message like /192\\.0\\.2\\.[2-8]/', [{ bytes: '200' }]],
  ['a regex by its sign', 'fields bytes | filter action =~ /^REJ/', [{ bytes: '9' }]],
  ['a regex in any case', 'fields bytes | filter action like /(?i)reject/', [{ bytes: '9' }]],
  ['an unlike', 'fields bytes | filter srcAddr not like /\\.1$/', [{ bytes: '200' }]],
  ['the presence of a field', 'fields bytes | filter ispresent(dstAddr)', [{ bytes: '10' }]],
  [
    'a made field',
    'fields strcontains(@message, "REJ") as isNo | sort @timestamp asc | limit 2',
    [{ isNo: '0' }, { isNo: '1' }],
  ],
  ['an aggregate of all', 'stats count(*), sum(bytes) as total', [{ 'count(*)': '3', total: '219' }]],
  [
    'an aggregate by a field',
    'stats count(*) as count, max(bytes) as most by srcAddr | sort count desc',
    [
      { srcAddr: '192.0.2.1', count: '2', most: '10' },
      { srcAddr: '192.0.2.2', count: '1', most: '200' },
    ],
  ],
  ['a group of events that lack the field', 'stats count(*) as n by dstAddr | sort n desc | limit 1', [{ n: '2' }]],
  ['the latest value', 'stats latest(bytes) as now, earliest(bytes) as once', [{ now: '200', once: '10' }]],
  ['times as numbers in an aggregate', 'stats min(@timestamp) as first', [{ first: '1763600000007' }]],
  [
    'the first of each combination',
    'fields bytes | sort bytes asc | dedup srcAddr',
    [{ bytes: '9' }, { bytes: '200' }],
  ],
  [
    'an event without the field in a dedup',
    'fields bytes | dedup dstAddr | limit 9',
    [{ bytes: '200' }, { bytes: '9' }, { bytes: '10' }],
  ],
  ['a parsed field', 'fields last | parse srcAddr /(?<last>\\d)$/ | filter last = "2"', [{ last: '2' }]],
  ['display over fields', 'fields bytes | display action | limit 1', [{ action: 'ACCEPT' }]],
  ['comments', 'fields bytes # | limit 0\n| filter bytes = 9 # the rest of the line', [{ bytes: '9' }]],
];

describe('runQuery', () => {
  it.each(EXAMPLES)('answers %s', (_what, query, expected) => {
    const rows = rowsOf(query, ...FLOWS);

    expect(rows.map(({ '@ptr': _ptr, ...row }) => row)).toEqual(expected);
  });

  it('prints time, log and pointer as AWS does', () => {
    const [row] = rowsOf('fields @timestamp, @log, @logStream | limit 1', 'a line');

    expect(row).toEqual({
      '@timestamp': '2025-11-20 00:53:20.007',
      '@log': '111122223333:/aws/eks/payments/cluster',
      '@logStream': 'authenticator-a',
      '@ptr': 'ptr-0',
    });
  });

  it('flattens lists, and discovers two hundred fields and no more', () => {
    const wide = Object.fromEntries(Array.from({ length: 250 }, (_, index) => [`f${index}`, 'x']));
    const message = JSON.stringify({ user: { groups: ['a', 'b'] }, ...wide });

    const [row] = rowsOf('fields user.groups.1, f197, f198', message);

    expect(row).toEqual({ 'user.groups.1': 'b', f197: 'x', '@ptr': 'ptr-0' });
  });

  it('discovers nothing in broken JSON, nor in a group of infrequent access', () => {
    const entries = lines('{"a":"b"}');
    const rare = ask('fields a', entries, [group(entries, 'INFREQUENT_ACCESS')]);

    expect(rowsOf('fields a', '{"a":"b"')).toEqual([{ '@ptr': 'ptr-0' }]);
    expect(rare.kind === 'rows' && rare.rows).toEqual([[{ field: '@ptr', value: 'ptr-0' }]]);
  });

  it('takes both seconds at the ends of the window in whole', () => {
    const entries = lines('0', '1', '2', '3');
    const query = { queryString: 'fields @message | sort @timestamp asc', limit: undefined, groups: [group(entries)] };

    const answer = runQuery({ ...query, startTime: START + 1, endTime: START + 2 });

    expect(answer.kind === 'rows' && answer.rows.map(([cell]) => cell?.value)).toEqual(['1', '2']);
  });

  it('bills named streams alone, and a stream that is only like something in whole', () => {
    const entries = lines('four', 'sixsix');
    const named = ask('filter @logStream in ["authenticator-a"]', entries);
    const alike = ask('filter @logStream like /^authenticator-/', entries);

    expect(named.kind === 'rows' && named.statistics).toMatchObject({ bytesScanned: 4, estimatedBytesSkipped: 6 });
    expect(alike.kind === 'rows' && alike.statistics).toMatchObject({ bytesScanned: 10, estimatedBytesSkipped: 0 });
  });

  it.each([
    ['an unknown command', 'fields @message | pattern @message', 18, 25],
    ['an unknown function', 'stats pct(bytes, 95)', 6, 9],
    ['arithmetic', 'fields bytes + 1 as more', 13, 14],
    ['a regex that looks around', 'filter @message like /a(?=b)/', 21, 29],
    ['a sort behind dedup', 'fields a | dedup a | sort a', 21, 25],
    ['a limit beyond the largest', 'fields a | limit 100001', 17, 23],
    ['an open string', 'filter a = "b', 11, 12],
  ])('refuses %s, and says where', (_what, query, startCharOffset, endCharOffset) => {
    expect(ask(query, [])).toMatchObject({ kind: 'malformed', startCharOffset, endCharOffset });
  });
});
