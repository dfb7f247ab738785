/** What an operation answers into the bytes of its protocol. */
import type { AwsError } from './errors.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { toJson } from './json.ts';
import { type Member, membersOf, type Operation, outputShape, type Service, shapeOf, wireName } from './model.ts';
import { renderTimestamp, timestampFormat } from './timestamps.ts';
import { escapeXml, renderMembers, wrap } from './xml.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';
const S3_NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';
/** Roots that are not named after the shape. */
const S3_ROOTS: ReadonlyMap<string, string> = new Map([['ListObjectsV2', 'ListBucketResult']]);

export function renderAnswer(operation: Operation, output: Fields): HttpAnswer {
  const { service, http } = operation;
  const status = http.responseCode ?? 200;
  const shape = outputShape(operation);
  switch (service.protocol) {
    case 'json':
      return { status, headers: json(service), body: Buffer.from(JSON.stringify(toJson(service, shape, output))) };
    case 'rest-json': {
      const inBody = membersOf(shape).filter(([, { location }]) => location === undefined);
      const body = toJson(service, { ...shape, members: Object.fromEntries(inBody) }, output);
      return { status, headers: json(service), body: Buffer.from(JSON.stringify(body)) };
    }
    case 'query':
      return { status, headers: xml(), body: Buffer.from(renderQueryAnswer(operation, output)) };
    case 'rest-xml':
      return { status, ...renderRestXml(operation, output) };
  }
}

function renderQueryAnswer({ service, name, output: described }: Operation, output: Fields): string {
  const result = described === undefined ? '' : renderMembers(service, shapeOf(service, described.shape), output);
  const wrapped = described?.resultWrapper === undefined ? result : wrap(described.resultWrapper, result);
  const metadata = wrap('ResponseMetadata', wrap('RequestId', REQUEST_ID));
  return `<${name}Response xmlns="${service.xmlNamespace}">${wrapped}${metadata}</${name}Response>`;
}

function renderRestXml(operation: Operation, output: Fields): Omit<HttpAnswer, 'status'> {
  const shape = outputShape(operation);
  const headers = Object.fromEntries(listHeaders(operation, output));
  if (shape.payload !== undefined) {
    const payload = output[shape.payload];
    return { headers, body: Buffer.isBuffer(payload) ? payload : Buffer.alloc(0) };
  }
  const inner = renderMembers(operation.service, shape, output);
  const root = S3_ROOTS.get(operation.name);
  const text =
    root === undefined
      ? ''
      : `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns="${S3_NAMESPACE}">${inner}</${root}>`;
  return { headers: { ...headers, ...(text === '' ? {} : xml()) }, body: Buffer.from(text) };
}

function* listHeaders({ service, ...operation }: Operation, output: Fields): Iterable<readonly [string, string]> {
  for (const [name, member] of membersOf(outputShape({ service, ...operation }))) {
    const value = output[name];
    if (value === undefined || member.location === undefined) continue;
    const wire = wireName(name, member).toLowerCase();
    if (member.location === 'header') yield [wire, renderHeader(service, member, value)];
    else for (const [key, item] of Object.entries(fieldsOf(value))) yield [`${wire}${key}`, String(item)];
  }
}

function renderHeader(service: Service, member: Member, value: unknown): string {
  const shape = shapeOf(service, member.shape);
  return String(shape.type === 'timestamp' ? renderTimestamp(value, timestampFormat(shape, member, 'rfc822')) : value);
}

export function renderError(service: Service | undefined, error: AwsError): HttpAnswer {
  const { code, message, details } = error;
  const declared = service?.shapes[code]?.error;
  const status = declared?.httpStatusCode ?? error.status;
  if (service?.protocol === 'query') {
    const inner =
      wrap('Type', status < 500 ? 'Sender' : 'Receiver') +
      wrap('Code', declared?.code ?? code) +
      wrap('Message', escapeXml(message));
    const text = `<ErrorResponse xmlns="${service.xmlNamespace}">${wrap('Error', inner)}${wrap('RequestId', REQUEST_ID)}</ErrorResponse>`;
    return { status, headers: xml(), body: Buffer.from(text) };
  }
  if (service?.protocol === 'rest-xml') {
    const inner = wrap('Code', code) + wrap('Message', escapeXml(message)) + wrap('RequestId', REQUEST_ID);
    return {
      status,
      headers: xml(),
      body: Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${wrap('Error', inner)}`),
    };
  }
  const isRest = service?.protocol === 'rest-json';
  const body = isRest ? { message, ...details } : { __type: code, message, ...details };
  const headers = service === undefined ? JSON_REST : json(service);
  return { status, headers: { ...headers, 'x-amzn-errortype': code }, body: Buffer.from(JSON.stringify(body)) };
}

const JSON_REST = { 'content-type': 'application/json', 'x-amzn-requestid': REQUEST_ID };

function json(service: Service): Readonly<Record<string, string>> {
  return service.protocol === 'json' ? { ...JSON_REST, 'content-type': 'application/x-amz-json-1.1' } : JSON_REST;
}

function xml(): Readonly<Record<string, string>> {
  return { 'content-type': 'text/xml', 'x-amzn-requestid': REQUEST_ID };
}
