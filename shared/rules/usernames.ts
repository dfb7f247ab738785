/** Username templates of mappings, and bound usernames, into who can log in as whom. */

const TEMPLATE = /\{\{(AccountID|SessionName|SessionNameRaw|AccessKeyID|EC2PrivateDNSName)\}\}/;
const ACCOUNT_ID = '[0-9]{12}';
const ANYTHING = '.+';

/** True when the caller decides what stands in the username (or group). */
export function isCallerControlled(template: string): boolean {
  return /\{\{(SessionName|SessionNameRaw|AccessKeyID)\}\}/.test(template);
}

/** True when the caller also decides how it begins, so that it can come out as any name at all. */
export function hasFreeBeginning(template: string): boolean {
  return /^\{\{(SessionName|SessionNameRaw|AccessKeyID)\}\}/.test(template);
}

/**
 * For each template or fixed name, the usernames among `bound` that a login through it can carry. Templates are
 * found by their literal beginning, so thousands of them against tens of thousands of names stay cheap.
 */
export function matchUsernames(
  templates: Iterable<string>,
  bound: Iterable<string>,
): ReadonlyMap<string, readonly string[]> {
  const byPrefix = new Map<string, { readonly template: string; readonly pattern: RegExp }[]>();
  const matched = new Map<string, string[]>();
  for (const template of new Set(templates)) {
    const prefix = template.split('{{', 1)[0] ?? '';
    const known = byPrefix.get(prefix);
    const entry = { template, pattern: compileTemplate(template) };
    if (known === undefined) byPrefix.set(prefix, [entry]);
    else known.push(entry);
    matched.set(template, []);
  }
  const lengths = [...new Set([...byPrefix.keys()].map((prefix) => prefix.length))];
  for (const username of new Set(bound)) {
    for (const length of lengths) {
      if (length > username.length) continue;
      for (const { template, pattern } of byPrefix.get(username.slice(0, length)) ?? []) {
        if (pattern.test(username)) matched.get(template)?.push(username);
      }
    }
  }
  return matched;
}

function compileTemplate(template: string): RegExp {
  const pattern = template
    .split(TEMPLATE)
    .map((piece, index) => (index % 2 === 0 ? escapePattern(piece) : piece === 'AccountID' ? ACCOUNT_ID : ANYTHING))
    .join('');
  return new RegExp(`^${pattern}$`, 's');
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
