/** What a parsed Insights query is made of: only the constructs that our own queries, and the examples they follow, use. */

export type Expression =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'value'; readonly value: string }
  | { readonly kind: 'call'; readonly name: 'ispresent' | 'strcontains'; readonly args: readonly Expression[] }
  | { readonly kind: 'compare'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'like'; readonly left: Expression; readonly pattern: RegExp; readonly isNegated: boolean }
  | { readonly kind: 'in'; readonly left: Expression; readonly values: readonly string[]; readonly isNegated: boolean }
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Expression[] }
  | { readonly kind: 'not'; readonly term: Expression };

export interface Column {
  readonly expression: Expression;
  readonly name: string;
}

export const AGGREGATES = ['count', 'min', 'max', 'sum', 'latest', 'earliest'] as const;

export interface Aggregate {
  readonly function: (typeof AGGREGATES)[number];
  /** null: `*`. */
  readonly argument: Expression | null;
  readonly name: string;
}

export type Command =
  | { readonly kind: 'fields' | 'display' | 'dedup'; readonly columns: readonly Column[] }
  | { readonly kind: 'filter'; readonly condition: Expression }
  | { readonly kind: 'parse'; readonly source: Expression; readonly pattern: RegExp }
  | { readonly kind: 'stats'; readonly aggregates: readonly Aggregate[]; readonly by: readonly Column[] }
  | {
      readonly kind: 'sort';
      readonly keys: readonly { readonly expression: Expression; readonly isDescending: boolean }[];
    }
  | { readonly kind: 'limit'; readonly count: number };
