/** organization.json (`aws organizations describe-organization` and `list-accounts`, joined) into the organisation. */
import type { Skip } from '../model/coverage.ts';
import type { Organization } from '../model/iam.ts';
import { parseArn } from '../rules/arn.ts';
import { parseJsonDocument } from './json-document.ts';
import { isRecord } from './json-fields.ts';
import { looseField, looseItems, looseText } from './loose-fields.ts';
import { tallySkips } from './skip-tally.ts';

export interface ParsedOrganization {
  /** null when the text holds neither an organisation nor accounts. */
  readonly organization: Organization | null;
  readonly skips: readonly Skip[];
  readonly complete: boolean;
  /** Why it is not complete; null when it is. */
  readonly reason: string | null;
}

/** One object with both outputs, or a list of the outputs. */
export function parseOrganization(text: string, file: string): ParsedOrganization {
  const tally = tallySkips(file);
  const json = parseJsonDocument(text);
  const parts = 'problem' in json ? [] : Array.isArray(json.value) ? json.value : [json.value];
  const described = parts.map((part) => looseField(part, 'organization')).find(isRecord);
  const lists = parts.map((part) => looseItems(part, 'accounts')).filter((list) => list !== null);
  if ('problem' in json || (described === undefined && lists.length === 0)) {
    const reason = 'problem' in json ? json.problem : 'expected Organization or Accounts, got neither';
    tally.add(reason, text);
    return { organization: null, skips: tally.list(), complete: false, reason };
  }
  const accounts: Organization['accounts'][number][] = [];
  let id = looseText(described, 'id');
  for (const item of lists.flat()) {
    const account = looseText(item, 'id');
    if (account === null) {
      tally.add('an account without Id', item);
      continue;
    }
    // arn:aws:organizations::<management account>:account/<organisation>/<account>
    id ??= parseArn(looseText(item, 'arn') ?? '')?.resource.split('/')[1] ?? null;
    accounts.push({ account, name: looseText(item, 'name'), status: looseText(item, 'status') });
  }
  const gaps = tally.list().map((skip) => `${skip.count} skipped: ${skip.reason}`);
  if (lists.length === 0) gaps.push('its accounts are not listed');
  if (parts.some((part) => typeof looseField(part, 'nextToken') === 'string')) {
    gaps.push('the output breaks off before its last page (NextToken)');
  }
  return {
    organization: { id, accounts },
    skips: tally.list(),
    complete: gaps.length === 0,
    reason: gaps.join('; ') || null,
  };
}
