/** Words into others of the same kind that stand for them: the same word always by the same, under one secret seed. */
import { createHmac } from 'node:crypto';

export interface Pseudonyms {
  /** Eight letters, their case that of the word. */
  readonly word: (word: string) => string;
  /** As many digits. */
  readonly digits: (digits: string) => string;
  /** As many hexadecimal digits, in small letters. */
  readonly hex: (hex: string) => string;
  /** The first four characters, which say what it is, and others for the rest: keys and unique ids of IAM. */
  readonly id: (id: string) => string;
  readonly ipv4: (address: string) => string;
  readonly ipv6: (address: string) => string;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const CAPITALS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const WORD_LENGTH = 8;

export function createPseudonyms(seed: string): Pseudonyms {
  const draw = (kind: string, text: string, length: number): Uint8Array => drawBytes(`${seed}\n${kind}`, text, length);
  return {
    word: (word) => {
      // IAM compares names without regard to case, so case is no part of what is hidden.
      const letters = spell(draw('word', word.toLowerCase(), WORD_LENGTH), LETTERS);
      return [...letters].map((letter, index) => (isCapital(word[index]) ? letter.toUpperCase() : letter)).join('');
    },
    digits: (digits) => {
      const [first = '', ...rest] = spell(draw('digits', digits, digits.length), '0123456789');
      return (first === '0' ? '7' : first) + rest.join('');
    },
    hex: (hex) => spell(draw('hex', hex, hex.length), '0123456789abcdef'),
    id: (id) => id.slice(0, 4) + spell(draw('id', id, id.length - 4), CAPITALS),
    ipv4: (address) => {
      const [a = 0, b = 0, c = 0, d = 0] = draw('ipv4', address, 4);
      // Of the range that nobody was ever given, so large that no two addresses meet in it, or private as it was; a
      // network keeps the zero at its end.
      const head = isPrivate(address) ? `10.${a}` : `${240 + (d % 15)}.${a}`;
      return `${head}.${b}.${address.endsWith('.0') ? 0 : 1 + (c % 254)}`;
    },
    ipv6: (address) => `2001:db8:${spell(draw('ipv6', address, 4), '0123456789abcdef')}::`,
  };
}

/** As many bytes as are asked for. */
function drawBytes(key: string, text: string, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let block = 0; block * 32 < length; block += 1) {
    blocks.push(createHmac('sha256', key).update(`${block}\n${text}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function spell(bytes: Uint8Array, alphabet: string): string {
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}

function isCapital(character: string | undefined): boolean {
  return character !== undefined && /\p{Lu}/u.test(character);
}

function isPrivate(address: string): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.)/.test(address);
}
