/** SDK calls into answers: a value or an explained failure, page after page. */
import { KeyholderError } from '../errors.ts';
import { type Asked, explainFailure, type Failure } from './failure.ts';

export type Answer<T> =
  | { readonly value: T; readonly failure: null }
  | { readonly value: null; readonly failure: Failure };

/** Throws KeyholderError only where no call can succeed: there are no credentials at all. */
export async function askAws<T>(asked: Asked, call: () => Promise<T>): Promise<Answer<T>> {
  try {
    return { value: await call(), failure: null };
  } catch (error) {
    const failure = explainFailure(error, asked);
    if (failure.kind !== 'no-credentials') return { value: null, failure };
    throw new KeyholderError('read-failed', `${failure.reason}. ${failure.mend}`, { cause: error });
  }
}

/** The calls of one paged operation: `ask` gets the token of the page before, null for the first. */
export interface PagedCall<Page> {
  readonly asked: Asked;
  readonly ask: (token: string | undefined) => Promise<Page>;
  readonly tokenOf: (page: Page) => string | undefined;
}

/** Ends after the last page, or after the first failure. */
export async function* askPages<Page>({ asked, ask, tokenOf }: PagedCall<Page>): AsyncGenerator<Answer<Page>> {
  const seen = new Set<string>();
  for (let token: string | undefined; ; ) {
    const answer = await askAws(asked, () => ask(token));
    yield answer;
    token = answer.value === null ? undefined : tokenOf(answer.value) || undefined;
    if (token === undefined) return;
    if (seen.has(token)) {
      yield { value: null, failure: explainRepeatedPage(asked) };
      return;
    }
    seen.add(token);
  }
}

/** A token that comes back would lead round in a circle for ever. */
function explainRepeatedPage({ action, on }: Asked): Failure {
  const reason = `${action} on ${on}: a page led back to an earlier one`;
  return { kind: 'broken', status: 'unavailable', reason, mend: null };
}

export interface Listed<Item> {
  /** null when not even the first page came. */
  readonly items: readonly Item[] | null;
  readonly failure: Failure | null;
}

/** A list that changes while it is read may show an item on two pages: it is one item. */
export async function listPages<Page, Item>(
  call: PagedCall<Page>,
  itemsOf: (page: Page) => readonly Item[] | undefined,
): Promise<Listed<Item>> {
  let items: Map<string, Item> | null = null;
  for await (const { value, failure } of askPages(call)) {
    if (failure !== null) return { items: items === null ? null : [...items.values()], failure };
    items ??= new Map();
    for (const item of itemsOf(value) ?? []) items.set(JSON.stringify(item), item);
  }
  return { items: items === null ? null : [...items.values()], failure: null };
}
