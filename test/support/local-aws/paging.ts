/** A list into pages whose tokens are good for the same request alone. */
import { createHash } from 'node:crypto';
import { AwsError } from './errors.ts';
import { optionalNumber, optionalText } from './fields.ts';
import type { Call } from './operations.ts';

export interface PageMembers {
  readonly token: string;
  readonly max: string;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** Members of requests that carry a place in a list, in every service. */
const TOKENS = ['nextToken', 'NextToken', 'Marker', 'ContinuationToken'];

export function tokenOf(input: Call['input']): string | undefined {
  return TOKENS.map((name) => optionalText(input, name)).find((token) => token !== undefined);
}

export function takePage<Item>(call: Call, items: readonly Item[], members: PageMembers): Page<Item> {
  const token = optionalText(call.input, members.token);
  const known = token === undefined ? 0 : readToken(call, members, token);
  // Something new came to stand before what was read already.
  const from = call.hasChanged && known > 0 ? known - 1 : known;
  const size = Math.min(optionalNumber(call.input, members.max) ?? call.pageSize, call.pageSize);
  const to = from + Math.max(1, size);
  return { items: items.slice(from, to), next: to < items.length ? writeToken(call, members, to) : undefined };
}

function writeToken(call: Call, members: PageMembers, offset: number): string {
  return Buffer.from(`${offset}:${requestHash(call, members)}`).toString('base64');
}

function readToken(call: Call, members: PageMembers, token: string): number {
  const [offset = '', hash] = Buffer.from(token, 'base64').toString().split(':');
  if (!/^\d+$/.test(offset) || hash !== requestHash(call, members)) throw badToken(call.service);
  return Number(offset);
}

/** A token goes with identical other parameters; the size of a page may change. */
function requestHash(call: Call, members: PageMembers): string {
  const rest = Object.entries(call.input).filter(([name]) => name !== members.token && name !== members.max);
  const text = JSON.stringify([call.account, call.region, call.service, call.operation, rest.sort()]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

const BAD_TOKENS: ReadonlyMap<string, readonly [code: string, message: string]> = new Map([
  ['eks', ['InvalidParameterException', 'Invalid nextToken']],
  ['logs', ['InvalidParameterException', 'The specified nextToken is invalid.']],
  ['cloudtrail', ['InvalidNextTokenException', 'Invalid or expired token.']],
  ['iam', ['ValidationError', 'Invalid Marker']],
  ['organizations', ['InvalidInputException', 'You specified an invalid value for nextToken.']],
  [
    'guardduty',
    ['BadRequestException', 'The request is rejected because the parameter nextToken has an invalid value.'],
  ],
  ['s3', ['InvalidArgument', 'The continuation token provided is incorrect']],
]);

export function badToken(service: string): AwsError {
  const [code, message] = BAD_TOKENS.get(service) ?? [
    'ValidationException',
    'The pagination token is invalid or expired.',
  ];
  return new AwsError(code, message);
}
