/** The query for authenticator lines that are wanted whole, each with the pointer by which it is found again. */

/** More ids than this fill the text of a query: every session line is asked for then. */
const MOST_IDS = 120;
/** More of them fill it likewise; the sessions of the others come whole. */
export const MOST_KNOWN = 20;

export interface WantedSessions {
  /** Unique ids whose `STS response` lines name the session behind a login that is wanted whole. */
  readonly ids: readonly string[];
  /** ARNs whose sessions in system:masters are expected: theirs come folded, with all other logins. */
  readonly knownAdmins: readonly string[];
}

/**
 * - Warnings and errors: denied logins, and aws-auth that cannot be read.
 * - Start-up and ConfigMap lines, which are no more than information: mappings that EKS mounts itself name the hidden
 *   creator; a reset tells that aws-auth was deleted.
 * - Lines without a level: nothing of the authenticator's, or cut. They count as not understood.
 * - Logins in system:masters and of root users, but for known ones, with the session lines around them.
 */
export function buildAuthenticatorLines({ ids, knownAdmins }: WantedSessions): string {
  const known = knownAdmins.slice(0, MOST_KNOWN).map(escapePattern).join('|');
  const isKnown = known === '' ? '' : ` and @message not like / arn="(?:${known})"/`;
  return [
    '| filter (@message not like /msg="(?:access granted|STS response)"/ and',
    '    (@message like /level=(?:warning|error|fatal|panic)/ or @message not like /level=[a-z]/ or',
    '     @message like /msg="(?:mapping IAM|starting mapper|Resetting configmap|Received aws-auth|access denied)/))',
    `  or (@message like /msg="access granted"/ and @message like /system:masters|:root"/${isKnown})`,
    ...listSessionFilter(ids),
    '| fields @timestamp, @message, @logStream, @log, @ptr',
    // Within a millisecond the session line comes before its login, as `STS` before `access`.
    '| sort @timestamp asc, @message asc',
  ].join('\n');
}

function listSessionFilter(ids: readonly string[]): readonly string[] {
  if (ids.length === 0) return [];
  const id = ids.length > MOST_IDS ? '' : `"?(?:${ids.map(escapePattern).join('|')})(?:[": ]|$)`;
  return [`  or (@message like /msg="STS response"/ and @message like / userid=${id}/)`];
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
