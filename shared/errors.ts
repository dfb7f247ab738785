/** The one error class: what a caller may switch on, and the cause underneath. */
export type ErrorCode =
  | 'usage' // a flag or argument is wrong
  | 'unreadable-input' // a folder, file or configuration cannot be read at all
  | 'read-failed' // a source answered with an error
  | 'write-failed' // a report or recording could not be written
  | 'internal'; // a broken invariant of ours

export type Refusal = 'denied' | 'cut';

/** Message form: expected X, got Y. */
export class KeyholderError extends Error {
  override readonly name = 'KeyholderError';
  readonly code: ErrorCode;
  /** Of a source that answered with an error: it refused the caller, or broke off in a way that may pass; null: neither. */
  readonly refusal: Refusal | null;

  constructor(
    code: ErrorCode,
    message: string,
    options?: { readonly cause?: unknown; readonly refusal?: Refusal | null },
  ) {
    super(message, options);
    this.code = code;
    this.refusal = options?.refusal ?? null;
  }
}
