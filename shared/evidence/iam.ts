/** The output of `aws iam get-account-authorization-details` into users and roles with every policy that concerns them. */
import type { Skip } from '../model/coverage.ts';
import type { IamAccount, IamRole, IamUser } from '../model/iam.ts';
import { type IamItem, indexPolicies } from './iam-policies.ts';
import { type PrincipalContext, parseIamRole, parseIamUser } from './iam-principals.ts';
import { parseJsonDocument } from './json-document.ts';
import { fieldIn, isRecord, itemsIn } from './json-fields.ts';
import { tallySkips } from './skip-tally.ts';

export interface ParsedIam {
  /** null when the text holds no account details at all. */
  readonly iam: IamAccount | null;
  readonly skips: readonly Skip[];
  /** True when nobody of the account can be missing. */
  readonly complete: boolean;
  /** Why it is not complete; null when it is. */
  readonly reason: string | null;
}

const LISTS = ['UserDetailList', 'GroupDetailList', 'RoleDetailList', 'Policies'] as const;
type ListName = (typeof LISTS)[number];

/** One page, or a list of pages. */
export function parseIam(text: string, file: string): ParsedIam {
  const json = parseJsonDocument(text);
  if ('problem' in json) return refuse(file, `${json.problem} (line ${json.line}, column ${json.column})`, text);
  const pages = Array.isArray(json.value) ? json.value : [json.value];
  if (!pages.some((page) => LISTS.some((list) => fieldIn(page, list) !== undefined))) {
    return refuse(file, `expected account details with ${LISTS.join(', ')}, got none of them`, json.value);
  }
  const tally = tallySkips(file);
  const listItems = (list: ListName): readonly IamItem[] =>
    pages.flatMap((page, at) =>
      (itemsIn(page, list) ?? []).map((value, index) => {
        const path = Array.isArray(json.value) ? [at, list, index] : [list, index];
        return { value, file, line: json.lineOf(path) };
      }),
    );
  const shelf = indexPolicies(listItems('Policies'), listItems('GroupDetailList'), tally);
  const roles = parseAll(listItems('RoleDetailList'), parseIamRole, { shelf, tally });
  const users = parseAll(listItems('UserDetailList'), parseIamUser, { shelf, tally });
  const account = findAccount([...roles, ...users], file);
  if (account === null) return refuse(file, 'expected at least one ARN that tells the account, got none', json.value);
  const gaps = [...listGaps(pages), ...tally.list().map((skip) => `${skip.count} skipped: ${skip.reason}`)];
  return {
    iam: { account, roles, users, policies: shelf.policies, groups: shelf.groups },
    skips: tally.list(),
    complete: gaps.length === 0,
    reason: gaps.length === 0 ? null : gaps.join('; '),
  };
}

function parseAll<T>(
  items: readonly IamItem[],
  parse: (item: IamItem, context: PrincipalContext) => T | null,
  context: PrincipalContext,
): readonly T[] {
  return items.map((item) => parse(item, context)).filter((parsed) => parsed !== null);
}

/** The command line joins pages by itself; with `--no-paginate` or a limit it says that there are more. */
function listGaps(pages: readonly unknown[]): readonly string[] {
  const gaps: string[] = [];
  const last = pages.at(-1);
  const isCut = fieldIn(last, 'IsTruncated') === true || typeof fieldIn(last, 'NextToken') === 'string';
  if (isCut) gaps.push('the output breaks off before its last page (IsTruncated)');
  for (const list of LISTS) {
    if (!pages.some((page) => itemsIn(page, list) !== null)) gaps.push(`it has no ${list}`);
  }
  if (!pages.every(isRecord)) gaps.push('a page of it is no object');
  return gaps;
}

function findAccount(principals: readonly (IamRole | IamUser)[], file: string): string | null {
  return principals[0]?.principal.account ?? /(?:^|\/)(\d{12})\//.exec(file)?.[1] ?? null;
}

function refuse(file: string, reason: string, sample: unknown): ParsedIam {
  const tally = tallySkips(file);
  tally.add(reason, sample);
  return { iam: null, skips: tally.list(), complete: false, reason };
}
