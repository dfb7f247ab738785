/** The errors of AWS services, with the codes that clients switch on. */

export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Members of the error beside its message. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { readonly status?: number; readonly details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.details = options.details ?? {};
  }
}
