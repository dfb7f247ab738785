/** Findings and grants whose texts anybody may have chosen into rows that fit the store, saying what was left out. */
import type { Finding, Subject } from '../model/finding.ts';
import type { RememberedGrant } from '../model/remembered.ts';

/** Of 100 KB a row may have; the rest is for what the store adds of its own. */
const MOST_BYTES = 90_000;
const TEXT_LIMITS = [4_000, 1_000, 250, 60] as const;
const MOST_ITEMS = 20;

/** The same finding where it fits. Cutting a second time changes nothing. */
export function cutFinding(finding: Finding): Finding {
  return cutUntilItFits(finding, (limit) => ({
    ...finding,
    subject: cutSubject(finding.subject, limit),
    summary: cutText(finding.summary, limit),
    actor: finding.actor === null ? null : cutText(finding.actor, limit),
    fix: cutCommands(finding.fix, limit),
    evidence: finding.evidence.slice(0, MOST_ITEMS).map((ref) => cutReference(ref, limit)),
    ...(finding.gainers === undefined ? {} : { gainers: cutTexts(finding.gainers, limit) }),
    acceptance:
      finding.acceptance === null
        ? null
        : {
            ...finding.acceptance,
            owner: cutText(finding.acceptance.owner, limit),
            reason: cutText(finding.acceptance.reason, limit),
          },
  }));
}

export function cutGrant(grant: RememberedGrant): RememberedGrant {
  return cutUntilItFits(grant, (limit) => ({
    ...grant,
    holder: { ...grant.holder, name: cutText(grant.holder.name, limit) },
    principalArn: grant.principalArn === null ? null : cutText(grant.principalArn, limit),
    detail: cutText(grant.detail, limit),
    reason: cutText(grant.reason, limit),
    ...(grant.steps === undefined
      ? {}
      : { steps: grant.steps.slice(0, MOST_ITEMS).map((step) => ({ ...step, name: cutText(step.name, limit) })) }),
    grantedBy: grant.grantedBy === null ? null : cutText(grant.grantedBy, limit),
    evidence: grant.evidence.slice(0, MOST_ITEMS).map((ref) => cutReference(ref, limit)),
  }));
}

function cutUntilItFits<T>(whole: T, cut: (limit: number) => T): T {
  if (fits(whole)) return whole;
  let smaller = whole;
  for (const limit of TEXT_LIMITS) {
    smaller = cut(limit);
    if (fits(smaller)) break;
  }
  return smaller;
}

/** Stops where it is too large: as one text it might be longer than any text can be. */
function fits(whole: unknown): boolean {
  let left = MOST_BYTES;
  const take = (value: unknown): void => {
    if (typeof value === 'string') left -= value.length > left ? value.length : sizeOf(value) + 1;
    else if (typeof value !== 'object' || value === null) left -= 20;
    else {
      for (const [key, item] of Object.entries(value)) {
        left -= key.length + 4;
        take(item);
        if (left < 0) return;
      }
    }
  };
  take(whole);
  return left >= 0;
}

export function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const end = `… (${text.length} characters)`;
  return `${text.slice(0, limit - end.length)}${end}`;
}

function cutSubject(subject: Subject, limit: number): Subject {
  const text = cutText(subject, limit);
  return isSubject(text) ? text : subject;
}

/** What is cut keeps its beginning. */
function isSubject(text: string): text is Subject {
  return /^(?:iam|binding|role|aws-auth|log-group|user|webhook|csr|region|account):|^(?:aws-auth|cluster)$/.test(text);
}

function cutTexts(texts: readonly string[], limit: number): readonly string[] {
  const kept = texts.slice(0, MOST_ITEMS).map((text) => cutText(text, limit));
  return texts.length > MOST_ITEMS ? [...kept, `# and ${texts.length - MOST_ITEMS} more`] : kept;
}

/** A part of a command is another command: one that is too long is left out, and says so. */
function cutCommands(commands: readonly string[], limit: number): readonly string[] {
  return cutTexts(
    commands.map((command) =>
      command.length <= limit
        ? command
        : `# left out: a command of ${command.length} characters, which an audit prints`,
    ),
    Number.POSITIVE_INFINITY,
  );
}

function cutReference<T extends { readonly id: string | null; readonly file: string | null }>(
  ref: T,
  limit: number,
): T {
  return {
    ...ref,
    id: ref.id === null ? null : cutText(ref.id, limit),
    file: ref.file === null ? null : cutText(ref.file, limit),
  };
}
