/** One request into its answer: whose key it is, whether it may, whether it is well formed, and what the service says. */

import { wantedFor } from './actions.ts';
import { type HttpAnswer, renderAnswer, renderError } from './answers.ts';
import { AwsError } from './errors.ts';
import type { Estate } from './estate.ts';
import { broken, expiredCredentials, type Fault, type Faults, throttled } from './faults.ts';
import { type Fields, fieldsOf, present } from './fields.ts';
import type { Asked, HttpRequest } from './http-request.ts';
import { type Identities, type Identity, refuse } from './identities.ts';
import type { Throttle } from './limits.ts';
import { inputShape, outputShape } from './model.ts';
import type { Call, Handlers } from './operations.ts';
import { badToken, tokenOf } from './paging.ts';
import { readAsked, type Scope } from './requests.ts';
import { listViolations } from './violations.ts';

/** What all answers are made of. */
export interface Desk {
  readonly estate: Estate;
  /** By the name of the service. */
  readonly services: ReadonlyMap<string, Handlers>;
  readonly identities: Identities;
  readonly faults: Faults;
  readonly throttle: Throttle;
  readonly clock: () => number;
  readonly pageSizes: ReadonlyMap<string, number>;
  readonly calls: CallRecord[];
  readonly problems: string[];
}

export interface CallRecord {
  readonly account: string;
  readonly region: string;
  /** `service:Operation`. */
  readonly name: string;
  readonly input: Fields;
  readonly fault: Fault | undefined;
  /** The code of the error that was answered. */
  readonly error: string | undefined;
}

interface Answered extends HttpAnswer {
  readonly fault?: 'reset' | 'half-answer' | 'slow' | undefined;
}

const MINIMUM_PAGE = 2;

export function answerCall(desk: Desk, request: HttpRequest, scope: Scope): Answered {
  const { service, region, accessKeyId } = scope;
  const identity = desk.identities.find(accessKeyId);
  const account = identity?.account ?? 'unknown';
  let asked: Asked | undefined;
  let fault: Fault | undefined;
  let error: AwsError | undefined;
  let output: Fields = {};
  try {
    asked = readAsked(request, service);
    const name = `${service.name}:${asked.operation.name}`;
    fault = desk.faults.meet({ account, region, name, hasToken: tokenOf(asked.input) !== undefined });
    output = decide(desk, { asked, identity: admit(identity, service.name), region, fault });
  } catch (thrown) {
    error = asAwsError(desk, thrown, `${service.name} ${request.method} ${request.path}`);
  }
  const name = `${service.name}:${asked?.operation.name ?? 'unknown'}`;
  desk.calls.push({ account, region, name, input: asked?.input ?? {}, fault, error: error?.code });
  const answer =
    error === undefined && asked !== undefined
      ? renderAnswer(asked.operation, output)
      : renderError(service, error ?? broken(service.name));
  return fault === 'reset' || fault === 'half-answer' || fault === 'slow' ? { ...answer, fault } : answer;
}

function admit(identity: Identity | undefined, service: string): Identity {
  if (identity === undefined) {
    const isQuery = /^(iam|sts|sns)$/.test(service);
    const message = 'The security token included in the request is invalid.';
    throw new AwsError(isQuery ? 'InvalidClientTokenId' : 'UnrecognizedClientException', message, { status: 403 });
  }
  if (identity.isExpired) throw expiredCredentials(service);
  return identity;
}

interface Decision {
  readonly asked: Asked;
  readonly identity: Identity;
  readonly region: string;
  readonly fault: Fault | undefined;
}

function decide(desk: Desk, { asked, identity, region, fault }: Decision): Fields {
  const { operation, input } = asked;
  const service = operation.service.name;
  const name = `${service}:${operation.name}`;
  const now = desk.clock();
  const requested = { account: identity.account, region, service, operation: operation.name, input };
  const failure = failureOf(fault, service);
  if (failure !== undefined) throw failure;
  if (!desk.throttle.admit({ account: identity.account, region, name }, now)) throw throttled(service);
  // Whoever has credentials may ask whose they are.
  const holder = fault === 'denied' ? { ...identity, deny: ['*'] } : identity;
  const refused =
    name === 'sts:GetCallerIdentity' && fault !== 'denied'
      ? undefined
      : refuse(holder, wantedFor(requested), deniedCode(service));
  if (refused !== undefined) throw refused;
  refuseViolations(desk, asked);
  const handler = desk.services.get(service)?.[operation.name];
  if (handler === undefined) throw new Error(`expected an answer to ${name}, got none`);
  const pageSize = desk.pageSizes.get(name) ?? desk.pageSizes.get('default') ?? MINIMUM_PAGE;
  const call: Call = {
    ...requested,
    identity,
    now,
    estate: desk.estate,
    pageSize,
    hasChanged: fault === 'results-change',
    fault,
  };
  const output = fieldsOf(present(handler(call)));
  holdToModel(desk, asked, output);
  return output;
}

function failureOf(fault: Fault | undefined, service: string): AwsError | undefined {
  if (fault === 'throttle') return throttled(service);
  if (fault === 'server-error') return broken(service);
  if (fault === 'expired-credentials') return expiredCredentials(service);
  return fault === 'expired-token' ? badToken(service) : undefined;
}

function deniedCode(service: string): string {
  if (service === 'sns') return 'AuthorizationErrorException';
  return /^(iam|sts|s3)$/.test(service) ? 'AccessDenied' : 'AccessDeniedException';
}

/** Made-up identifiers of the evidence come back in requests, and fit no pattern. */
function refuseViolations(desk: Desk, { operation, input, strangers }: Asked): void {
  const checked = { service: operation.service, side: 'request', isKnown: desk.estate.mentions } as const;
  const found = [...strangers, ...listViolations(checked, inputShape(operation), input)];
  if (found.length === 0) return;
  desk.problems.push(...found.map((violation) => `request ${operation.service.name}:${operation.name} ${violation}`));
  throw new AwsError('ValidationException', `${found.length} validation errors detected: ${found.join('; ')}`);
}

function holdToModel(desk: Desk, { operation }: Asked, output: Fields): void {
  const found = listViolations({ service: operation.service, side: 'answer' }, outputShape(operation), output);
  if (found.length === 0) return;
  desk.problems.push(...found.map((violation) => `answer ${operation.service.name}:${operation.name} ${violation}`));
  throw new AwsError('ValidationException', `the evidence fits no answer of the model: ${found.join('; ')}`);
}

function asAwsError(desk: Desk, thrown: unknown, what: string): AwsError {
  if (thrown instanceof AwsError) return thrown;
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  desk.problems.push(`${what}: ${text}`);
  return new AwsError('InternalFailure', text, { status: 500 });
}
