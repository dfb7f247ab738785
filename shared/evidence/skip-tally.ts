/** Counts what could not be understood, by reason, keeping the first sample of each with its secrets taken out. */
import type { Skip } from '../model/coverage.ts';

const SAMPLE_LENGTH = 120;
const REDACTION_WINDOW = 4096; // a sample is cut before it is searched, so that one line of a gigabyte costs nothing

const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/k8s-aws-v1\.[\w-]*/g, '[token]'],
  [/\beyJ[\w-]{8,}(?:\.[\w-]*){0,2}/g, '[token]'],
  [/(bearer\s+)[^\s"']+/gi, '$1[token]'],
  [/(x-amz-(?:signature|security-token|credential)=)[^&\s"']+/gi, '$1[secret]'],
  [/((?:secret\w*|session_?token|password|passwd)\\?["']?\s*[:=]\s*\\?["']?)[^\s"',}&\\]+/gi, '$1[secret]'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, '[access key id]'],
  [/[A-Za-z0-9+/=_-]{100,}/g, '[long text]'],
  [/(?<![\w/+=-])[A-Za-z0-9/+]{40}(?![\w/+=-])/g, '[secret]'],
];

/** At most 120 characters of a value, fit to be shown: no tokens, no keys, no half characters. */
export function renderSample(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  let shown = text.slice(0, REDACTION_WINDOW);
  for (const [pattern, replacement] of SECRETS) shown = shown.replace(pattern, replacement);
  if (shown.length <= SAMPLE_LENGTH) return shown;
  const cut = shown.slice(0, SAMPLE_LENGTH - 1);
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

export interface SkipTally {
  /** `count` for one sample that stands for several records. */
  readonly add: (reason: string, sample: unknown, place?: { readonly line?: number; readonly count?: number }) => void;
  readonly list: () => readonly Skip[];
}

export function tallySkips(file: string | null): SkipTally {
  const byReason = new Map<string, Skip>();
  return {
    add(reason, sample, { line = 0, count = 1 } = {}) {
      const seen = byReason.get(reason);
      const first = seen ?? { reason, count: 0, sample: renderSample(sample), file, line };
      byReason.set(reason, { ...first, count: first.count + count });
    },
    list: () => [...byReason.values()],
  };
}
