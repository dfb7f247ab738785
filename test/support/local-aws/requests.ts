/** One HTTP request into the operation it asks for, its input and whose key signed it. */
import type { IncomingMessage } from 'node:http';
import { AwsError } from './errors.ts';
import { type Asked, type HttpRequest, inputFields, parseBody } from './http-request.ts';
import { fromJson } from './json.ts';
import { findOperation, findService, inputShape, type Operation, type Service } from './model.ts';
import { fromParameters } from './query-parameters.ts';
import { readRest } from './rest.ts';

/** The scope of a signature: who, where, which service. */
export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: Service;
}

export async function readRequest(message: IncomingMessage): Promise<HttpRequest> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(Buffer.from(piece));
  const [path = '/', query = ''] = (message.url ?? '/').split(/\?(.*)/s);
  const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(query),
    headers: Object.fromEntries(headers),
    body: Buffer.concat(pieces),
  };
}

const SCOPE = /Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

/** One endpoint serves every service: the signature's scope says which is meant. */
export function readScope({ headers }: HttpRequest): Scope | undefined {
  const [, accessKeyId, region, signingName] = SCOPE.exec(headers.authorization ?? '') ?? [];
  if (accessKeyId === undefined || region === undefined || signingName === undefined) return undefined;
  const service = findService(signingName);
  return service && { accessKeyId, region, service };
}

export function readAsked(request: HttpRequest, service: Service): Asked {
  switch (service.protocol) {
    case 'json':
      return readJson(request, service);
    case 'query':
      return readQuery(request, service);
    default:
      return readRest(request, service);
  }
}

/** SDK and CLI write different prefixes for CloudTrail; AWS takes both. */
function readJson({ headers, body }: HttpRequest, service: Service): Asked {
  const operation = known(service, headers['x-amz-target']?.split('.').at(-1));
  const input = fromJson(service, inputShape(operation), parseBody(body));
  return { operation, input: inputFields(input), strangers: [] };
}

function readQuery({ body, query }: HttpRequest, service: Service): Asked {
  const left = new Map([...query, ...new URLSearchParams(body.toString())]);
  const operation = known(service, left.get('Action'));
  const strangers: string[] = [];
  if (left.get('Version') !== service.apiVersion) strangers.push(`Version: expected ${service.apiVersion}`);
  left.delete('Action');
  left.delete('Version');
  const input = fromParameters(service, inputShape(operation), left);
  return {
    operation,
    input,
    strangers: [...strangers, ...[...left.keys()].map((key) => `${key}: no member of the model`)],
  };
}

function known(service: Service, name: string | undefined): Operation {
  const operation = name === undefined ? undefined : findOperation(service, name);
  if (operation === undefined) throw new AwsError('UnknownOperationException', `${service.name} has no ${name} here`);
  return operation;
}
