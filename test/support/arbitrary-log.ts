/** Log input for property tests: valid lines of every kind, and what damage does to them. */
import fc from 'fast-check';
import { readFixture } from './log-input.ts';

const FIXTURES = [
  'authenticator.log',
  'audit.ndjson',
  's3-export.log',
  'insights.csv',
  'cloudtrail.json',
  'filter-log-events.json',
  'insights-results.json',
];

export const VALID_TEXTS: readonly string[] = FIXTURES.map((name) => readFixture(name).toString('utf8'));

/** Records that stand on one line each, whatever stands around them. */
export const VALID_LINES: readonly string[] = ['authenticator.log', 'audit.ndjson', 's3-export.log'].flatMap((name) =>
  readFixture(name).toString('utf8').trim().split('\n'),
);

/** Marks on which some grammar turns. */
const MARKS = [
  '{',
  '}',
  '[',
  ']',
  '"',
  '""',
  '\\',
  ',',
  ':',
  '=',
  '\n',
  '\r\n',
  ' ',
  '\ufeff',
  '\u0000',
  '[Truncated...]',
];

const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat({ max: 40 }),
  put: fc.oneof(fc.constantFrom(...MARKS), fc.string({ maxLength: 4 }), fc.constant('')),
});

/** A valid text with up to five places cut out, replaced or filled in. */
export const damagedText = fc
  .tuple(fc.constantFrom(...VALID_TEXTS, ...VALID_LINES), fc.array(edit, { minLength: 1, maxLength: 5 }))
  .map(([text, edits]) =>
    edits.reduce((damaged, { at, cut, put }) => {
      const place = Math.floor(at * damaged.length);
      return damaged.slice(0, place) + put + damaged.slice(place + cut);
    }, text),
  );

/** Words of the grammars in any order. */
export const wordSalad = fc
  .array(
    fc.constantFrom(
      ...MARKS,
      'level=info',
      'msg="access granted"',
      '"auditID"',
      '"objectRef":',
      'time=',
      '"Records":[',
      'null',
      '@message,',
      '1',
    ),
    { maxLength: 60 },
  )
  .map((words) => words.join(''));
