/** A request as it came, what it turned out to ask, and its body as JSON. */
import { AwsError } from './errors.ts';
import type { Fields } from './fields.ts';
import type { Operation } from './model.ts';

export interface HttpRequest {
  readonly method: string;
  /** Still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface Asked {
  readonly operation: Operation;
  readonly input: Fields;
  /** What the model of the input could not place. */
  readonly strangers: readonly string[];
}

export function parseBody(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString());
  } catch {
    throw new AwsError('SerializationException', 'the body is no JSON');
  }
}

export function inputFields(input: unknown): Fields {
  if (typeof input === 'object' && input !== null && !Array.isArray(input)) return { ...input };
  throw new AwsError('SerializationException', 'expected an object as input');
}
