import { describe, expect, it } from 'vitest';
import { isNestedTooDeep } from '../../shared/evidence/yaml-depth.ts';
import { parseYamlTree } from '../../shared/evidence/yaml-tree.ts';

describe('parseYamlTree', () => {
  it('gives every value its line and column, and scalars as they are written', () => {
    expect(parseYamlTree('a:\n  - 0x10\n  - "b"\nc:')).toEqual({
      kind: 'map',
      line: 1,
      column: 1,
      fields: [
        {
          key: 'a',
          at: { line: 1, column: 1 },
          value: {
            kind: 'list',
            line: 2,
            column: 3,
            items: [
              { kind: 'scalar', value: 16, source: '0x10', line: 2, column: 5 },
              { kind: 'scalar', value: 'b', source: 'b', line: 3, column: 5 },
            ],
          },
        },
        { key: 'c', at: { line: 4, column: 1 }, value: { kind: 'nothing', line: 4, column: 3 } },
      ],
    });
  });

  it.each([
    ['an empty text', ''],
    ['a comment', '# nothing\n'],
    ['a null', '~'],
  ])('finds nothing in %s', (_name, text) => {
    expect(parseYamlTree(text)).toMatchObject({ kind: 'nothing' });
  });

  it('stays with YAML 1.2 whatever the text asks for', () => {
    expect(parseYamlTree('%YAML 1.1\n---\nyes')).toMatchObject({ kind: 'scalar', value: 'yes' });
  });
});

describe('isNestedTooDeep', () => {
  it.each([
    ['flow lists', '['.repeat(51)],
    ['flow maps', '{a: '.repeat(51)],
    ['flow lists around quoted brackets', '[ "]", '.repeat(51)],
    ['flow lists over many lines', '[\n'.repeat(51)],
    ['lists on one line', '- '.repeat(21)],
    ['keys on one line', '? '.repeat(21)],
    ['maps on one line', 'a: '.repeat(21)],
    ['maps on one line, after a list that is never closed', `x:\n  - a: [b\n  - ${'a: '.repeat(21)}`],
    ['maps by indentation', Array.from({ length: 102 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ])('finds too many %s', (_name, text) => {
    expect(isNestedTooDeep(text)).toBe(true);
  });

  it.each([
    ['many flow maps one after the other', '- {a: "[", b: [c]}\n'.repeat(500)],
    ['one long line of pairs', `{${Array.from({ length: 500 }, (_, index) => `k${index}: v`).join(', ')}}`],
    ['a block of deeply indented text', `a: |\n${' '.repeat(300)}[[[[\n`.repeat(3)],
    ['brackets in comments and quotes', `# ${'['.repeat(99)}\na: "${'['.repeat(99)}"`],
  ])('does not mind %s', (_name, text) => {
    expect(isNestedTooDeep(text)).toBe(false);
  });
});
