/** The one error class: what a caller may switch on, and the cause underneath. */
export type ErrorCode =
  | 'usage' // a flag or argument is wrong
  | 'unreadable-input' // a folder, file or configuration cannot be read at all
  | 'read-failed' // a source answered with an error
  | 'write-failed' // a report or recording could not be written
  | 'internal'; // a broken invariant of ours

/** Message form: expected X, got Y. */
export class KeyholderError extends Error {
  override readonly name = 'KeyholderError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}
