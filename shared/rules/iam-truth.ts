/** Three-valued logic of IAM policies: true, false, or the words of what would decide. */

export type Truth = boolean | string;

/** `yes` and `no` are proven; `conditional` depends on the request, `unknown` on policies that were not read. */
export interface Answer {
  readonly decision: 'yes' | 'no' | 'conditional' | 'unknown';
  /** What must hold, in words; null for a plain yes or no. */
  readonly condition: string | null;
  /** The rule that decided. */
  readonly because: string;
}

export function both(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  if (a === true) return b;
  if (b === true || a === b) return a;
  return `${bracket(a)} and ${bracket(b)}`;
}

export function either(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  if (a === false) return b;
  if (b === false || a === b) return a;
  return `${a} or ${b}`;
}

export function opposite(truth: Truth): Truth {
  if (typeof truth === 'boolean') return !truth;
  return isNegation(truth) ? truth.slice('not ('.length, -1) : `not (${truth})`;
}

/** True when the words are one `not (…)` as a whole. */
function isNegation(words: string): boolean {
  if (!words.startsWith('not (')) return false;
  let depth = 0;
  for (let i = 0; i < words.length; i++) {
    if (words.charAt(i) === '(') depth++;
    if (words.charAt(i) === ')' && --depth === 0) return i === words.length - 1;
  }
  return false;
}

function bracket(words: string): string {
  return / or /.test(words) ? `(${words})` : words;
}

export function answerOf(truth: Truth, because: { readonly yes: string; readonly no: string }): Answer {
  if (truth === false) return { decision: 'no', condition: null, because: because.no };
  if (truth === true) return { decision: 'yes', condition: null, because: because.yes };
  return { decision: 'conditional', condition: truth, because: because.yes };
}

const WEIGHT = { yes: 0, conditional: 1, unknown: 2, no: 3 } as const;

/** Both must hold: the weaker decision, the conditions of both. */
export function allOf(a: Answer, b: Answer): Answer {
  if (a.decision === 'no' || b.decision === 'no') return a.decision === 'no' ? a : b;
  const decision = WEIGHT[a.decision] > WEIGHT[b.decision] ? a.decision : b.decision;
  const condition = both(a.condition ?? true, b.condition ?? true);
  const because = a.because === b.because ? a.because : `${a.because}, and ${b.because}`;
  return { decision, condition: typeof condition === 'string' ? condition : null, because };
}

/** One way is enough: the strongest decision; conditions of equally strong ways are joined. */
export function anyOf(ways: readonly Answer[], none: Answer): Answer {
  let best = ways[0] ?? none;
  for (const other of ways.slice(1)) {
    if (WEIGHT[other.decision] < WEIGHT[best.decision]) best = other;
    else if (other.decision === best.decision && other.condition !== null && best.condition !== null) {
      const condition = either(best.condition, other.condition);
      best = { ...best, condition: typeof condition === 'string' ? condition : best.condition };
    }
  }
  return best;
}

/** An explicit deny wins; one that cannot be decided makes the answer depend on it. */
export function unlessDenied(answer: Answer, deny: Truth, because: string): Answer {
  if (deny === false || answer.decision === 'no') return answer;
  if (deny === true) return { decision: 'no', condition: null, because };
  return allOf(answer, answerOf(opposite(deny), { yes: answer.because, no: because }));
}
