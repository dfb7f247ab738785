/** Username templates of mappings, and bound usernames, into who can log in as whom. */

const TEMPLATE = /\{\{(AccountID|SessionName|SessionNameRaw|AccessKeyID|EC2PrivateDNSName)\}\}/;
const ACCOUNT_ID = '[0-9]{12}';
const ANYTHING = '.+';

/** True when the caller decides what stands in the username (or group). */
export function isCallerControlled(template: string): boolean {
  return /\{\{(SessionName|SessionNameRaw|AccessKeyID)\}\}/.test(template);
}

/** Whether a username or group still holds something that a login fills in. */
export function isOpen(template: string): boolean {
  return template.includes('{{');
}

/** Those of `names` that a template can come out as. No session name holds a colon. */
export function listRendered(templates: readonly string[], names: readonly string[]): readonly string[] {
  const colons = (text: string): number => text.split(':').length;
  const matched = [...matchUsernames(templates, names)].flatMap(([template, rendered]) =>
    rendered.filter((name) => colons(name) === colons(template)),
  );
  return [...new Set(matched)];
}

/** The keys of `Facts.bindingsBySubject` under which a user of that name is bound: RBAC knows service accounts by name, too. */
export function listUserKeys(username: string): readonly string[] {
  const [, namespace, name] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(username) ?? [];
  return name === undefined ? [`User/${username}`] : [`User/${username}`, `ServiceAccount/${namespace}/${name}`];
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
  const byPrefix = new Map<string, { readonly template: string; readonly matches: (name: string) => boolean }[]>();
  const matched = new Map<string, string[]>();
  for (const template of new Set(templates)) {
    const prefix = template.split('{{', 1)[0] ?? '';
    const known = byPrefix.get(prefix);
    const entry = { template, matches: matchTemplate(template, prefix) };
    if (known === undefined) byPrefix.set(prefix, [entry]);
    else known.push(entry);
    matched.set(template, []);
  }
  const lengths = [...new Set([...byPrefix.keys()].map((prefix) => prefix.length))];
  for (const username of new Set(bound)) {
    for (const length of lengths) {
      if (length > username.length) continue;
      for (const { template, matches } of byPrefix.get(username.slice(0, length)) ?? []) {
        if (matches(username)) matched.get(template)?.push(username);
      }
    }
  }
  return matched;
}

/** Of names that begin as the template does. What EKS gives every entry ends in one free piece: it needs no pattern. */
function matchTemplate(template: string, prefix: string): (name: string) => boolean {
  const rest = template.slice(prefix.length);
  if (rest === '') return (name) => name.length === prefix.length;
  if (rest === '{{SessionName}}') return (name) => name.length > prefix.length;
  const pattern = compileTemplate(template);
  return (name) => pattern.test(name);
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
