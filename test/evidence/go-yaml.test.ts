import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJson } from '../../shared/evidence/go-json.ts';
import { parseGoYaml } from '../../shared/evidence/go-yaml.ts';

function read(text: string): unknown {
  const document = parseGoYaml(text);
  const json = 'refused' in document ? document : toJson(document.root);
  return 'refused' in json ? { refused: json.refused, start: json.start } : simplify(json);
}

type Json = Exclude<ReturnType<typeof toJson>, { refused: string }>;

function simplify(value: Json): unknown {
  if (value.kind === 'list') return value.items.map(simplify);
  if (value.kind === 'map') return new Map(value.entries.map((entry) => [entry.key, simplify(entry.value)]));
  return value.kind === 'string' ? value.text : `${value.kind} ${value.text}`.trim();
}

/** Each level holds nine aliases of the one before it. */
function makeBomb(levels: number): string {
  const nine = (item: string) => `[${Array(9).fill(item).join(', ')}]`;
  const lines = Array.from(
    { length: levels },
    (_, level) => `- &a${level} ${nine(level === 0 ? 'x' : `*a${level - 1}`)}\n`,
  );
  return lines.join('');
}

describe('parseGoYaml', () => {
  it('keeps offsets of a part in those of the whole', () => {
    const document = parseGoYaml('- a: "b"\n', 100);

    expect(document).toMatchObject({ root: { start: 100, items: [{ pairs: [{ value: { start: 105, end: 108 } }] }] } });
  });

  it('gives where text is refused', () => {
    expect(read('a: b\nc: d: e\n')).toEqual({ refused: 'mapping values are not allowed in this context', start: 9 });
  });

  it('refuses an alias bomb without building what it stands for', () => {
    expect(read(makeBomb(3))).toHaveLength(3);
    expect(read(makeBomb(40))).toEqual({ refused: 'document contains excessive aliasing', start: 155 });
  });

  it('shares what aliases stand for', () => {
    expect(read(`- &r {a: b}\n${'- *r\n'.repeat(5000)}`)).toHaveLength(5001);
  });

  it.each([
    ['flow lists', '['],
    ['flow mappings', '{a: '],
    ['dashes', '- '],
    ['question marks', '? '],
  ])('refuses %s that nest beyond reason', (_name, piece) => {
    expect(read(piece.repeat(10_000))).toMatchObject({ refused: 'nested deeper than 200 levels' });
  });

  it('reads lists that nest deeply, but not beyond reason', () => {
    expect(read(`- ${'['.repeat(190)}${']'.repeat(190)}`)).toHaveLength(1);
  });

  it.each([
    ['document markers on one line', '--- '.repeat(30_000)],
    ['words', `a: ${'--- '.repeat(30_000)}`],
    ['quoted words', `a: "${'--- '.repeat(30_000)}"`],
    ['digits', `a: ${'1'.repeat(120_000)}`],
    ['brackets that never close', `a: ["${'['.repeat(120_000)}`],
    ['line breaks', '\n'.repeat(120_000)],
    ['comments', '# x\n'.repeat(30_000)],
    ['anchors', '&a '.repeat(30_000)],
    ['documents', '---\n'.repeat(30_000)],
  ])(
    'takes time in proportion to many %s',
    (_name, text) => {
      expect(read(text)).toBeDefined();
    },
    10_000,
  );

  it('never throws, and points into the text that it refuses', () => {
    const piece = fc.constantFrom(
      ...[
        '- ',
        '-',
        ' ',
        '  ',
        '\n',
        '\t',
        ':',
        ': ',
        'a',
        'b: ',
        '"',
        "'",
        '[',
        ']',
        '{',
        '}',
        ',',
        '#',
        ' #',
        '&a ',
        '*a',
      ],
      ...['|', '>-\n', '|2\n', '---\n', '...\n', '<<: ', '!!int ', '!x ', '? ', '%', '\\', '\\u00e9', '12', '~', 'yes'],
      ...['\r', '\r\n', '\u0085', '\u2028', '\ufeff', '\u00a0', '\0', '\ud83d', '{{x}}'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const text = pieces.join('');
        const document = parseGoYaml(text);
        const json = 'refused' in document ? document : toJson(document.root);

        expect(json.start).toBeGreaterThanOrEqual(0);
        expect(json.start).toBeLessThanOrEqual(text.length + 1);
      }),
      { numRuns: 3000, seed: 7 },
    );
  });
});
