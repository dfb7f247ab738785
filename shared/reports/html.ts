/** Templates into markup: every value in one is escaped, unless it is markup that came out of one itself. */
import { escapeHtml } from './escape.ts';

export class Html {
  readonly markup: string;

  /** Takes the text as it is: only for constants of ours. */
  constructor(markup: string) {
    this.markup = markup;
  }
}

/** null leaves a place empty. */
export type HtmlValue = string | number | Html | readonly Html[] | null;

export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = parts[0] ?? '';
  for (const [index, value] of values.entries()) markup += `${renderValue(value)}${parts[index + 1] ?? ''}`;
  return new Html(markup);
}

function renderValue(value: HtmlValue): string {
  if (value === null) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  return value.map(({ markup }) => markup).join('');
}

export const NOTHING = new Html('');

const NEEDLESS = [
  String.raw`(?:td|th|tr|li)>(?=<(?:td|th|tr|li)\b|<\/(?:tr|thead|tbody|table|ul|ol)>)`,
  String.raw`(?:dt|dd)>(?=<(?:dt|dd)\b|<\/dl>)`,
  String.raw`p>(?=<(?:p|pre|div|dl|ul|ol|h[1-6]|details|table|section|figure)\b|<\/(?:div|li|section)>)`,
].join('|');

/** End tags that HTML lets be left out where the next tag ends the element as well: a thirtieth of a large page. */
export function omitEndTags({ markup }: Html): Html {
  return new Html(markup.replace(new RegExp(String.raw`<\/(?:${NEEDLESS})`, 'g'), ''));
}
