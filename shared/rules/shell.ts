/** Words chosen by others into words that a POSIX shell takes literally. */

const PLAIN = /^[A-Za-z0-9_@%+=:,./-]+$/;

/**
 * One word of one line for any POSIX shell, whatever it holds. `$'…'` would be shorter for control characters, and is
 * no more than six plain characters to dash, which is /bin/sh on many machines. A NUL cannot be passed to any command.
 */
export function quoteShell(word: string): string {
  if (PLAIN.test(word)) return word;
  if (!hasControl(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  const body = word.replace(/\n+$/, '');
  const breaks = word.slice(body.length);
  // The shell cuts line breaks off the end of what a command prints, so those stand behind it as they are.
  return `"$(printf '${escapeForPrintf(body)}')"${breaks === '' ? '' : `'${breaks}'`}`;
}

/** A command line of words, each quoted where it needs to be. */
export function shellLine(...words: readonly string[]): string {
  return words.map(quoteShell).join(' ');
}

function hasControl(word: string): boolean {
  // By units: a whole aws-auth is one word of a patch.
  for (let index = 0; index < word.length; index += 1) {
    const unit = word.charCodeAt(index);
    if (unit < 0x20 || unit === 0x7f) return true;
  }
  return false;
}

/** Octal for everything that printf, quotes or the history of a shell could read as more than itself. */
function escapeForPrintf(text: string): string {
  return [...text].map((c) => (/[A-Za-z0-9_ @+=:,./]/.test(c) || c > '\u007f' ? c : escapeByte(c))).join('');
}

function escapeByte(c: string): string {
  return `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`;
}
