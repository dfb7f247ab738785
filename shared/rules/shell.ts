/** Words chosen by others into words that a POSIX shell takes literally. */

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/** One word for sh, bash and zsh, whatever it holds; control characters come out as $'…' escapes. */
export function quoteShell(word: string): string {
  if (PLAIN.test(word)) return word;
  const hasControl = [...word].some((c) => c < ' ' || c === '\u007f');
  if (!hasControl) return `'${word.replaceAll("'", `'\\''`)}'`;
  const escaped = [...word].map((c) =>
    c === "'" || c === '\\' ? `\\${c}` : c < ' ' || c === '\u007f' ? escapeByte(c) : c,
  );
  return `$'${escaped.join('')}'`;
}

/** A command line of words, each quoted where it needs to be. */
export function shellLine(...words: readonly string[]): string {
  return words.map(quoteShell).join(' ');
}

function escapeByte(c: string): string {
  return `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
