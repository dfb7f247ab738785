import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import { measure } from '../../shared/reports/layout.ts';
import type { Sheet } from '../../shared/reports/sheet.ts';
import { renderSheetText } from '../../shared/reports/sheet-text.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';

const PLAIN = { colour: false, width: 80 };

function sheet(name: string): Sheet {
  return {
    title: `Denied: ${name} may not get pods.`,
    tone: 'bad',
    lead: ['Nothing is bound to it.'],
    sections: [
      { title: 'The way', blocks: [{ kind: 'item', mark: 'mapping', text: name, details: ['aws-auth.yaml:12'] }] },
      { title: 'Nothing', blocks: [] },
      { title: 'To mend it', blocks: [{ kind: 'commands', commands: ['aws sts get-caller-identity'] }] },
    ],
  };
}

describe('renderSheetText', () => {
  test('begins with the answer, and leaves out sections without content', () => {
    expect(renderSheetText(sheet('role/dev'), PLAIN).split('\n')).toEqual([
      'Denied: role/dev may not get pods.',
      'Nothing is bound to it.',
      '',
      'The way',
      '  mapping  role/dev',
      '           aws-auth.yaml:12',
      '',
      'To mend it',
      '  aws sts get-caller-identity',
      '',
    ]);
  });

  test('puts long marks on lines of their own', () => {
    const blocks = [{ kind: 'item', mark: 'a mark that is too long', text: 'text', details: [] }] as const;

    expect(renderSheetText({ ...sheet('x'), sections: [{ title: 'T', blocks }] }, PLAIN)).toContain(
      '  a mark that is too long\n    text\n',
    );
  });

  test('says the same with colour and without', () => {
    const coloured = renderSheetText(sheet('role/dev'), { ...PLAIN, colour: true });

    expect(coloured).toContain('\u001b[');
    expect(stripVTControlCharacters(coloured)).toBe(renderSheetText(sheet('role/dev'), PLAIN));
  });

  test.each(HOSTILE_NAMES)('stays in form when a name holds %s', (_what, name) => {
    const text = renderSheetText(sheet(name), PLAIN);

    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(text.split('\n').filter((line) => line === 'The way' || line === 'To mend it')).toHaveLength(2);
    expect(text.split('\n').filter((line) => measure(line) > 80)).toEqual([]);
  });
});
