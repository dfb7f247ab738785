import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventLine } from '../support/arbitrary-event.ts';
import { damagedText, VALID_LINES, VALID_TEXTS } from '../support/arbitrary-log.ts';
import { detect, detectSlowly } from '../support/detected.ts';
import { TELLING_CALLS } from '../support/telling-calls.ts';
import { TELLING_LINES } from '../support/telling-lines.ts';
import { CALL_WRAPS, EVENT_WRAPS, LINE_WRAPS, LOGIN_WRAPS, type Wrap } from '../support/wrapped-records.ts';

const RUNS = { seed: 20261121, numRuns: 800 };

const noise = fc.string({ unit: 'grapheme', maxLength: 40 });
const eventsThatTell = fc.constantFrom(...Object.values(TELLING_LINES).flat());
const callsThatTell = Object.values(TELLING_CALLS).flat();
const trailRecord = fc.constantFrom(...callsThatTell.filter((text) => text.startsWith('{')));
const loginLine = fc.constantFrom(...callsThatTell.filter((text) => !text.startsWith('{')));

function wrapped(record: fc.Arbitrary<string>, wraps: readonly Wrap[]): fc.Arbitrary<string> {
  return fc.tuple(record, fc.constantFrom(...wraps)).map(([text, wrap]) => wrap(text));
}

const ofAnyLog = Object.values(LINE_WRAPS);
const wrappedEvent = wrapped(fc.oneof(eventLine, eventsThatTell), [...ofAnyLog, ...Object.values(EVENT_WRAPS)]);
const wrappedCall = wrapped(trailRecord, Object.values(CALL_WRAPS));
const wrappedLogin = wrapped(loginLine, [...ofAnyLog, ...Object.values(LOGIN_WRAPS)]);
const cut = fc
  .tuple(eventLine, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean())
  .map(([line, at, isHead]) => (isHead ? line.slice(0, at * line.length) : line.slice(at * line.length)));

/** An event with some bytes taken out, put in or doubled. */
const damagedEvent = fc
  .tuple(
    eventLine,
    fc.array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat({ max: 12 }),
        fc.constantFrom('', '}', '"', ',', 'x', '{}'),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    ),
  )
  .map(([line, edits]) =>
    edits.reduce((text, [at, length, put]) => {
      const place = Math.floor(at * text.length);
      return text.slice(0, place) + put + text.slice(place + length);
    }, line),
  );

const twice = fc.tuple(eventLine, eventLine).map(([a, b]) => `${a}${b}`);

const anyLine = fc.oneof(
  { weight: 3, arbitrary: eventsThatTell },
  { weight: 6, arbitrary: eventLine },
  { weight: 3, arbitrary: wrappedEvent },
  { weight: 2, arbitrary: wrappedCall },
  { weight: 2, arbitrary: wrappedLogin },
  { weight: 1, arbitrary: cut },
  { weight: 3, arbitrary: damagedEvent },
  { weight: 1, arbitrary: twice },
  { weight: 1, arbitrary: damagedText },
  { weight: 1, arbitrary: noise },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', ...VALID_LINES, ...VALID_TEXTS) },
);

const anyMix = fc
  .tuple(fc.array(anyLine, { maxLength: 14 }), fc.constantFrom('\n', '\r\n'), fc.boolean())
  .map(([lines, end, isEnded]) => lines.join(end) + (isEnded ? end : ''));

describe('detectFindings', () => {
  it('finds and counts in any mix what reading every line in full finds and counts', async () => {
    await fc.assert(
      fc.asyncProperty(anyMix, fc.constantFrom(7, 512, 4096, 65_536), fc.boolean(), async (input, chunk, gzip) => {
        expect(await detect(input, { chunk, gzip })).toEqual(await detectSlowly(input));
      }),
      RUNS,
    );
  });
});
