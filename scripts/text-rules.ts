/** The text of a file into what no file of the project may hold: invisible characters, and identifiers that look real. */

export interface Place {
  readonly line: number;
  readonly what: string;
}

export function findForbiddenText(text: string): readonly Place[] {
  return text.split('\n').flatMap((line, index) => findInLine(line).map((what) => ({ line: index + 1, what })));
}

function findInLine(line: string): readonly string[] {
  return [
    ...[...line.matchAll(INVISIBLE)].map(([found]) => `invisible character U+${codeOf(found)}`),
    ...[...line.matchAll(ACCOUNT)]
      .map(([found]) => found)
      .filter(isRealAccount)
      .map((found) => `account ${found}`),
    ...[...line.matchAll(ACCESS_KEY)]
      .map(([found]) => found)
      .filter(isRealKey)
      .map((found) => `key ${found.slice(0, 8)}…`),
    ...(PRIVATE_KEY.test(line) ? ['private key'] : []),
  ];
}

// Control characters but tab and carriage return, and all that changes or hides the text around it.
const INVISIBLE = /(?![\t\r])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const ACCOUNT = /(?<![\w.-])\d{12}(?![\w.-])/g;
const ACCESS_KEY = /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY/;

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}

/** 111122223333, 123456789012 and 000000000001 were typed by hand. */
function isRealAccount(digits: string): boolean {
  return !/^0{6}|^(\d)\1{3}(\d)\2{3}(\d)\3{3}$|^123456789012$/.test(digits);
}

function isRealKey(key: string): boolean {
  return !key.endsWith('EXAMPLE') && !/(EXAMPLE|X{4}|0{4})/.test(key);
}
