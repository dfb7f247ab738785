import { describe, expect, test } from 'vitest';
import { escapeMarkdown, fenceCode } from '../../shared/reports/escape.ts';
import { renderSheetMarkdown } from '../../shared/reports/sheet-markdown.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';

const sheet = (name: string) => ({
  title: `Denied: ${name}`,
  tone: 'bad' as const,
  lead: [name],
  sections: [
    {
      title: 'The way',
      blocks: [
        { kind: 'item' as const, mark: name, text: name, details: [name] },
        { kind: 'commands' as const, commands: [`kubectl get pods # ${name}`] },
      ],
    },
  ],
});

describe('renderSheetMarkdown', () => {
  test('writes headings, items and commands', () => {
    expect(renderSheetMarkdown(sheet('dev'))).toBe(
      '**Denied: dev**\n\ndev\n\n### The way\n\n- **dev** dev  \n  dev\n\n```sh\nkubectl get pods # dev\n```\n',
    );
  });

  test.each(HOSTILE_NAMES)('has one heading and one block of code when a name holds %s', (_what, name) => {
    const lines = renderSheetMarkdown(sheet(name)).split('\n');

    expect(lines.filter((line) => line.startsWith('#'))).toEqual(['### The way']);
    expect(lines.filter((line) => /^`{3,}/.test(line))).toHaveLength(2);
  });
});

describe('escapeMarkdown', () => {
  test.each([
    ['<script>', '\\<script\\>'],
    ['[a](b)', '\\[a\\](b)'],
    ['*a* _b_ `c`', '\\*a\\* \\_b\\_ \\`c\\`'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['1. item', '1\\. item'],
    ['https://example.com', 'https:\\//example.com'],
    ['a|b', 'a\\|b'],
  ])('shows %s as it is', (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });
});

describe('fenceCode', () => {
  test('is never ended by what stands in it', () => {
    expect(fenceCode('echo ````', 'sh')).toBe('`````sh\necho ````\n`````');
  });
});
