/** A request of a REST protocol into its operation and input: labels, query string, headers and body. */
import { AwsError } from './errors.ts';
import { type Asked, type HttpRequest, inputFields, parseBody } from './http-request.ts';
import { fromJson } from './json.ts';
import {
  inputShape,
  listOperations,
  type Member,
  membersOf,
  type Operation,
  type Service,
  shapeOf,
  wireName,
} from './model.ts';
import { readScalar } from './query-parameters.ts';

interface Route {
  readonly operation: Operation;
  readonly path: RegExp;
  readonly labels: readonly string[];
  /** Fixed in the URI, such as list-type=2. */
  readonly query: URLSearchParams;
}

const ROUTES = new Map<string, readonly Route[]>();

export function readRest(request: HttpRequest, service: Service): Asked {
  for (const route of routesOf(service)) {
    const labels = matchRoute(route, request);
    if (labels !== undefined) return readInput(request, route, labels);
  }
  throw new AwsError('UnknownOperationException', `${service.name} has no ${request.method} ${request.path} here`, {
    status: 404,
  });
}

function routesOf(service: Service): readonly Route[] {
  const known = ROUTES.get(service.name) ?? listOperations(service).map(describeRoute);
  ROUTES.set(service.name, known);
  return known;
}

function describeRoute(operation: Operation): Route {
  const [path = '/', query = ''] = operation.http.requestUri.split('?');
  const labels = [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, label]) => label ?? '');
  const pattern = path.replace(/\{[^}]+\+\}/g, '(.+)').replace(/\{[^}]+\}/g, '([^/]+)');
  return { operation, path: new RegExp(`^${pattern}/?$`), labels, query: new URLSearchParams(query) };
}

/** The decoded labels. */
function matchRoute(route: Route, request: HttpRequest): ReadonlyMap<string, string> | undefined {
  const found = route.path.exec(request.path);
  const isAsked = [...route.query].every(([name, value]) => request.query.get(name) === value);
  if (found === null || !isAsked || request.method !== route.operation.http.method) return undefined;
  return new Map(route.labels.map((label, index) => [label, decodeURIComponent(found[index + 1] ?? '')]));
}

function readInput(request: HttpRequest, route: Route, labels: ReadonlyMap<string, string>): Asked {
  const { operation } = route;
  const shape = inputShape(operation);
  const members = membersOf(shape);
  const placed = members.map(
    ([name, member]) => [name, readPlaced(operation.service, { member, name, request, labels })] as const,
  );
  const input = Object.fromEntries(placed.filter(([, value]) => value !== undefined));
  const names = new Set(
    members.filter(([, { location }]) => location === 'querystring').map(([name, of]) => wireName(name, of)),
  );
  // x-id names the operation for people who read logs.
  const strangers = [...request.query.keys()].filter(
    (key) => key !== 'x-id' && !names.has(key) && !route.query.has(key),
  );
  return {
    operation,
    input: { ...readBody(request, operation), ...input },
    strangers: strangers.map((key) => `${key}: no member of the model`),
  };
}

interface Placed {
  readonly name: string;
  readonly member: Member;
  readonly request: HttpRequest;
  readonly labels: ReadonlyMap<string, string>;
}

function readPlaced(service: Service, { name, member, request, labels }: Placed): unknown {
  const shape = shapeOf(service, member.shape);
  const wire = wireName(name, member);
  if (member.location === 'uri') return labels.get(wire);
  if (member.location === 'header') return readScalar(shape, request.headers[wire.toLowerCase()]);
  if (member.location === 'headers') return readPrefixed(request, wire.toLowerCase());
  if (member.location !== 'querystring' || !request.query.has(wire)) return undefined;
  return shape.type === 'list' ? request.query.getAll(wire) : readScalar(shape, request.query.get(wire) ?? '');
}

function readPrefixed({ headers }: HttpRequest, prefix: string): Readonly<Record<string, string>> | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix));
  return found.length === 0
    ? undefined
    : Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]));
}

function readBody(request: HttpRequest, operation: Operation): Readonly<Record<string, unknown>> {
  const shape = inputShape(operation);
  if (shape.payload !== undefined) return { [shape.payload]: unchunk(request) };
  const hasBody = membersOf(shape).some(([, { location }]) => location === undefined);
  if (!hasBody && request.body.length === 0) return {};
  return inputFields(fromJson(operation.service, shape, parseBody(request.body)));
}

/** Signed streams come in chunks: size and signature, bytes, and so on to a chunk of none. */
function unchunk({ headers, body }: HttpRequest): Buffer {
  const isChunked =
    /aws-chunked/.test(headers['content-encoding'] ?? '') || /^STREAMING-/.test(headers['x-amz-content-sha256'] ?? '');
  if (!isChunked) return body;
  const pieces: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const end = body.indexOf('\r\n', at);
    const size = Number.parseInt(body.subarray(at, end).toString(), 16);
    if (!(size > 0)) break;
    pieces.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(pieces);
}
