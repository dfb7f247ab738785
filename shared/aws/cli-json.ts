/** Answers of the SDK into the JSON that the AWS command line prints for the same call. */

/** With the four blanks of `--output json`. */
export function renderOutput(value: unknown): string {
  return `${JSON.stringify(toPrinted(value), null, 4)}\n`;
}

/** With the two blanks of jq, for what docs/evidence-folder.md joins with it. */
export function renderJoined(value: unknown): string {
  return `${JSON.stringify(toPrinted(value), null, 2)}\n`;
}

/** A list, item by item, as one document: it is closed whatever becomes of its items. */
export async function* renderList(
  { head, tail }: { readonly head: string; readonly tail: string },
  items: AsyncIterable<unknown>,
): AsyncGenerator<string> {
  let isFirst = true;
  for await (const item of items) {
    yield `${isFirst ? head : ','}\n${JSON.stringify(toPrinted(item), null, 4)}`;
    isFirst = false;
  }
  yield isFirst ? `${head}${tail}\n` : `\n${tail}\n`;
}

function toPrinted(value: unknown): unknown {
  if (value instanceof Date) return renderTime(value);
  if (Array.isArray(value)) return value.map(toPrinted);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([name, field]) => name !== '$metadata' && field !== undefined);
  // A field may be called __proto__: fromEntries defines it, where an assignment would set the prototype.
  return Object.fromEntries(fields.map(([name, field]) => [name, toPrinted(field)]));
}

/** As Python prints it: an offset in place of Z, and six digits of a second where there are any. */
function renderTime(time: Date): string {
  if (Number.isNaN(time.getTime())) return '';
  const [seconds = '', fraction = ''] = time.toISOString().slice(0, -1).split('.');
  return fraction === '000' ? `${seconds}+00:00` : `${seconds}.${fraction}000+00:00`;
}
