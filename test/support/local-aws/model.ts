/** The AWS command line's own models into the services, operations and shapes that the local AWS speaks. */
import { readFileSync } from 'node:fs';

export interface Member {
  readonly shape: string;
  readonly location?: 'uri' | 'querystring' | 'header' | 'headers';
  readonly locationName?: string;
  readonly flattened?: boolean;
  readonly timestampFormat?: TimestampFormat;
}

export interface Shape {
  readonly type:
    | 'structure'
    | 'list'
    | 'map'
    | 'string'
    | 'boolean'
    | 'integer'
    | 'long'
    | 'double'
    | 'float'
    | 'timestamp'
    | 'blob';
  readonly members?: Readonly<Record<string, Member>>;
  readonly member?: Member;
  readonly key?: Member;
  readonly value?: Member;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly flattened?: boolean;
  readonly payload?: string;
  readonly timestampFormat?: TimestampFormat;
  readonly error?: { readonly code?: string; readonly httpStatusCode?: number };
}

export type TimestampFormat = 'iso8601' | 'rfc822' | 'unixTimestamp';

interface OperationShapes {
  readonly http: { readonly method: string; readonly requestUri: string; readonly responseCode?: number };
  readonly input?: { readonly shape: string };
  readonly output?: { readonly shape: string; readonly resultWrapper?: string };
  readonly errors: readonly string[];
}

export interface Service {
  readonly name: string;
  readonly apiVersion: string;
  readonly protocol: 'json' | 'rest-json' | 'query' | 'rest-xml';
  readonly signingName?: string;
  readonly endpointPrefix: string;
  readonly xmlNamespace?: string;
  readonly operations: Readonly<Record<string, OperationShapes>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

export interface Operation extends OperationShapes {
  readonly name: string;
  readonly service: Service;
}

interface Models {
  readonly botocore: string;
  readonly services: Readonly<Record<string, Omit<Service, 'name'>>>;
}

const FILE = new URL('../../fixtures/aws-models/operations.json', import.meta.url);
const MODELS: Models = JSON.parse(readFileSync(FILE, 'utf8'));
const SERVICES: readonly Service[] = Object.entries(MODELS.services).map(([name, rest]) => ({ ...rest, name }));

const NOTHING: Shape = { type: 'structure', members: {} };

/** A request names its service in the scope of its signature. */
export function findService(signingName: string): Service | undefined {
  return SERVICES.find((service) => (service.signingName ?? service.endpointPrefix) === signingName);
}

export function findOperation(service: Service, name: string): Operation | undefined {
  const found = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  return found && { ...found, name, service };
}

export function listOperations(service: Service): readonly Operation[] {
  return Object.entries(service.operations).map(([name, rest]) => ({ ...rest, name, service }));
}

/** Every operation that a local AWS must be able to answer, as `service:Operation`. */
export function listOperationNames(): readonly string[] {
  return SERVICES.flatMap((service) => Object.keys(service.operations).map((name) => `${service.name}:${name}`));
}

export function shapeOf(service: Service, name: string): Shape {
  const shape = service.shapes[name];
  if (shape === undefined) throw new Error(`expected a shape ${name} in the model of ${service.name}, got none`);
  return shape;
}

export function inputShape({ service, input }: Operation): Shape {
  return input === undefined ? NOTHING : shapeOf(service, input.shape);
}

export function outputShape({ service, output }: Operation): Shape {
  return output === undefined ? NOTHING : shapeOf(service, output.shape);
}

export function membersOf(shape: Shape): readonly (readonly [name: string, member: Member])[] {
  return Object.entries(shape.members ?? {});
}

/** What a member is called on the wire. */
export function wireName(name: string, member: Member): string {
  return member.locationName ?? name;
}
