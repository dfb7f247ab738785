/** Values into the XML that the query and rest-xml protocols answer with. */
import { isFields } from './fields.ts';
import { type Member, membersOf, type Service, type Shape, shapeOf, wireName } from './model.ts';
import { renderTimestamp, timestampFormat } from './timestamps.ts';

interface Element {
  readonly name: string;
  readonly member?: Member;
  readonly value: unknown;
}

export function renderXml(service: Service, shape: Shape, element: Element): string {
  const { name, member, value } = element;
  if (value === undefined) return '';
  if (Array.isArray(value)) return renderList(service, shape, { ...element, value });
  if (isFields(value) && shape.type === 'map') return wrap(name, renderEntries(service, shape, value));
  if (isFields(value)) return wrap(name, renderMembers(service, shape, value));
  const text = shape.type === 'timestamp' ? renderTimestamp(value, timestampFormat(shape, member, 'iso8601')) : value;
  return wrap(name, escapeXml(String(text)));
}

/** Members that travel in the body, in the order of the model. */
export function renderMembers(service: Service, shape: Shape, value: Readonly<Record<string, unknown>>): string {
  return membersOf(shape)
    .filter(([, { location }]) => location === undefined)
    .map(([name, member]) =>
      renderXml(service, shapeOf(service, member.shape), { name: wireName(name, member), member, value: value[name] }),
    )
    .join('');
}

function renderList(service: Service, shape: Shape, element: Element & { readonly value: readonly unknown[] }): string {
  const { member } = shape;
  if (member === undefined) throw new Error(`expected a list in the model at ${element.name}, got ${shape.type}`);
  const isFlat = shape.flattened === true || element.member?.flattened === true;
  const name = isFlat ? element.name : (member.locationName ?? 'member');
  const inner = shapeOf(service, member.shape);
  const items = element.value.map((value) => renderXml(service, inner, { name, member, value })).join('');
  return isFlat ? items : wrap(element.name, items);
}

function renderEntries(service: Service, shape: Shape, value: Readonly<Record<string, unknown>>): string {
  const { key, value: of } = shape;
  if (key === undefined || of === undefined) throw new Error('expected a map in the model, got none');
  return Object.entries(value)
    .map(([name, item]) =>
      wrap(
        'entry',
        wrap(key.locationName ?? 'key', escapeXml(name)) +
          renderXml(service, shapeOf(service, of.shape), { name: of.locationName ?? 'value', member: of, value: item }),
      ),
    )
    .join('');
}

export function wrap(name: string, inner: string): string {
  return `<${name}>${inner}</${name}>`;
}

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (found) => `&#${found.charCodeAt(0)};`);
}
