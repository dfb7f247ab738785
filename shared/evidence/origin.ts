/** Where a raw record came from, and what a parser makes of it. */
import type { Ref, Source } from '../model/coverage.ts';

/** What the wrapping of a record says of it; the record's own fields come first. */
export interface Origin {
  readonly file: string | null;
  /** Counts from 1. */
  readonly line: number;
  /** Pointer or id that the wrapping gave. */
  readonly id: string | null;
  /** Time that the wrapping gave. */
  readonly at: string | null;
  /** Log stream, where known: clients of two API servers are told apart by it. */
  readonly stream: string | null;
}

/** `ignored`: understood, and carries no evidence. */
export type Outcome<T> = { readonly record: T } | { readonly skip: string } | { readonly ignored: string };

/** The reference of a record; its own id and time win over those of the wrapping. */
export function refOf(
  source: Source,
  origin: Origin,
  own: { readonly id?: string | null; readonly at?: string | null },
): Ref {
  return {
    source,
    id: own.id ?? origin.id,
    at: own.at ?? origin.at,
    file: origin.file,
    line: origin.line,
  };
}
