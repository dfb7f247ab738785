/** Text chosen by others into strings of YAML, HCL and JSON in which it stays text. */

/** What both YAML and HCL take for the same text, with nothing but printable ASCII in it. */
export function quoteText(text: string): string {
  const known = text.replace(/\p{Cs}/gu, '\ufffd').replace(/["\\]/g, (mark) => `\\${mark}`);
  return `"${known.replace(/[^\x20-\x7e]/gu, escapeCharacter)}"`;
}

function escapeCharacter(character: string): string {
  if (character === '\n') return '\\n';
  const code = character.codePointAt(0) ?? 0;
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** A string of HCL: its templates are no text. */
export function quoteHcl(text: string): string {
  return quoteText(text.replace(/[$%](?=\{)/g, (mark) => `${mark}${mark}`));
}

/** What every YAML reader takes for the same text without quotes. */
const PLAIN = /^(?:arn:aws|system:|keyholder-)[A-Za-z0-9:/_.@+=-]*[A-Za-z0-9]$/;

/** A string of YAML, in quotes where it needs them. */
export function quoteScalar(text: string): string {
  return PLAIN.test(text) ? text : quoteText(text);
}
