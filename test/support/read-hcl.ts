/** The strings of HCL code as Terraform would read them; a template in one of them throws. */

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['"', '"'],
  ['\\', '\\'],
]);

export function readHclStrings(code: string): readonly string[] {
  const lines = code.split('\n').filter((line) => !line.startsWith('#'));
  return [...lines.join('\n').matchAll(/"((?:[^"\\\n]|\\.)*)"/g)].map(([, text = '']) => readString(text));
}

function readString(text: string): string {
  const plain = text.replace(/([$%])(\1?)\{/g, (all, mark, twice) => {
    if (twice === '') throw new Error(`a template: ${text}`);
    return all.slice(1).padStart(2, mark);
  });
  return plain.replace(/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/g, (_all, short, long, one) => {
    if (one === undefined) return String.fromCodePoint(Number.parseInt(short ?? long, 16));
    const escaped = ESCAPES.get(one);
    if (escaped === undefined) throw new Error(`no escape of HCL: \\${one}`);
    return escaped;
  });
}
