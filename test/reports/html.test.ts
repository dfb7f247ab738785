import { describe, expect, test } from 'vitest';
import { html, omitEndTags } from '../../shared/reports/html.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';

describe('html', () => {
  test('escapes text between tags and in attributes, and keeps markup of its own', () => {
    const inner = html`<b>${'a & b'}</b>`;

    expect(html`<p title="${'"><script>'}">${inner}${3}${null}${[inner, inner]}</p>`.markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;"><b>a &amp; b</b>3<b>a &amp; b</b><b>a &amp; b</b></p>',
    );
  });

  test('shows what hides or turns text around', () => {
    expect(html`<i>${'ali\u200bce\u202e\n'}</i>`.markup).toBe('<i>ali\\u{200b}ce\\u{202e}\\n</i>');
  });

  test.each(HOSTILE_NAMES)('lets no tag, quote or entity out of %s', (_what, name) => {
    const { markup } = html`${name}`;

    expect(markup).not.toMatch(/[<>"'`]|&(?!(amp|lt|gt|quot|#39|#96);)|\p{Cc}/u);
  });
});

describe('omitEndTags', () => {
  test('leaves out end tags where the next tag ends the element as well, and keeps the others', () => {
    const list = html`<dl><dt>a</dt><dd>b</dd></dl><ul><li><p>c</p></li></ul>`;
    const text = html`<p>d</p><p>e</p><div><p>f</p></div><details><p>g</p></details><p>h</p> i`;

    expect(omitEndTags(html`${list}${text}`).markup).toBe(
      '<dl><dt>a<dd>b</dl><ul><li><p>c</ul><p>d<p>e<div><p>f</div><details><p>g</p></details><p>h</p> i',
    );
  });
});
