/**
 * Turns what makes an audit event worth reading into marks to search its bytes for: notable.ts seen from the other
 * side. An event in which no row of the table is found is ordinary traffic, and no detection reacts to it.
 */
import { holdsAt } from './json-bytes.ts';

/** Of the marks an event must hold all, each as a whole JSON string or number; none holds a quote or an escape. */
export interface Needle {
  readonly marks: readonly string[];
  /** The one mark is only the start of a string. */
  readonly isPrefix?: true;
}

/** A row too many costs time, one too few a finding. */
export const NEEDLES = {
  'RBAC objects': { marks: ['rbac.authorization.k8s.io'] },
  'aws-auth': { marks: ['aws-auth'] },
  'deleted collections': { marks: ['deletecollection'] },
  'callers without credentials': { marks: ['system:anonymous'] },
  'the group of callers without credentials': { marks: ['system:unauthenticated'] },
  'callers who were refused unseen': { marks: ['401'] },
  impersonation: { marks: ['impersonatedUser'] },
  'events that were cut': { marks: ['audit.k8s.io/truncated'] },
  'lists of Secrets': { marks: ['secrets', 'list'] },
  'admission webhooks': { marks: ['admissionregistration.k8s.io'] },
  'client certificates': { marks: ['certificates.k8s.io'] },
  'client certificates of any group': { marks: ['certificatesigningrequests'] },
  'tokens of service accounts': { marks: ['serviceaccounts', 'token'] },
  'the kubelet behind a node': { marks: ['nodes', 'proxy'] },
  'commands in a container': { marks: ['pods', 'exec'] },
  'the terminal of a container': { marks: ['pods', 'attach'] },
  'long-lived access keys': { marks: ['AKIA'], isPrefix: true },
} as const satisfies Readonly<Record<string, Needle>>;

/** For one event after the other: `reset`, show it every string and number, and ask. */
export interface NeedleSearch {
  readonly reset: () => void;
  /** The text from `from` up to `to`, without quotes. */
  readonly see: (bytes: Uint8Array, from: number, to: number) => void;
  readonly hasFound: () => boolean;
}

/** Marks are looked up by length and first bytes, which few other strings of an event share with one of them. */
export function createNeedleSearch(needles: readonly Needle[] = Object.values(NEEDLES)): NeedleSearch {
  const texts = [...new Set(needles.flatMap(({ marks }) => marks))];
  const bitOf = (text: string): number => 1 << texts.indexOf(text);
  const rows = needles.map(({ marks }) => marks.reduce((bits, mark) => bits | bitOf(mark), 0));
  const prefixes = new Set(needles.flatMap(({ marks, isPrefix }) => (isPrefix ? marks : [])));
  const marks = texts.map((text) => ({ text: Buffer.from(text), bit: bitOf(text), isPrefix: prefixes.has(text) }));
  const isCandidate = new Uint8Array(SLOTS);
  for (const { text, isPrefix } of marks) {
    const lengths = isPrefix ? LENGTHS.slice(text.length) : [text.length];
    for (const length of lengths) isCandidate[slotOf(text, 0, length)] = 1;
  }
  let found = 0;
  const compare = (bytes: Uint8Array, from: number, to: number): void => {
    for (const { text, bit, isPrefix } of marks)
      if ((isPrefix || text.length === to - from) && holdsAt(bytes, from, text)) found |= bit;
  };
  return {
    reset: () => {
      found = 0;
    },
    see: (bytes, from, to) => {
      if (isCandidate[slotOf(bytes, from, to - from)] === 1) compare(bytes, from, to);
    },
    hasFound: () => found !== 0 && rows.some((row) => (row & found) === row),
  };
}

const MAX_LENGTH = 32;
const LENGTHS = Array.from({ length: MAX_LENGTH }, (_, length) => length);
const SLOTS = 64 * 64 * MAX_LENGTH;

/** By the low bits of both bytes. Longer texts share the last length; every mark has two bytes or more. */
function slotOf(bytes: Uint8Array, from: number, length: number): number {
  const first = (bytes[from] ?? 0) & 63;
  const second = (bytes[from + 1] ?? 0) & 63;
  return ((first << 6) | second) * MAX_LENGTH + (length < MAX_LENGTH ? length : MAX_LENGTH - 1);
}
