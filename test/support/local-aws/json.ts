/** Values into the JSON that the json and rest-json protocols carry, and back. */
import { isFields } from './fields.ts';
import { type Member, membersOf, type Service, type Shape, shapeOf, wireName } from './model.ts';
import { renderTimestamp, timestampFormat } from './timestamps.ts';

/** Only rest-json has names of its own on the wire. */
function jsonName(service: Service, name: string, member: Member): string {
  return service.protocol === 'rest-json' ? wireName(name, member) : name;
}

export function toJson(service: Service, shape: Shape, value: unknown, member?: Member): unknown {
  const inner = (of: Member | undefined, item: unknown): unknown =>
    of === undefined ? item : toJson(service, shapeOf(service, of.shape), item, of);
  if (shape.type === 'timestamp') return renderTimestamp(value, timestampFormat(shape, member, 'unixTimestamp'));
  if (Buffer.isBuffer(value)) return value.toString('base64');
  if (Array.isArray(value)) return value.map((item) => inner(shape.member, item));
  if (!isFields(value)) return value;
  if (shape.type === 'map')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, inner(shape.value, item)]));
  const members = membersOf(shape).filter(([name]) => value[name] !== undefined);
  return Object.fromEntries(members.map(([name, of]) => [jsonName(service, name, of), inner(of, value[name])]));
}

/** A name that the model does not know is kept, so that it is seen and refused. */
export function fromJson(service: Service, shape: Shape, value: unknown): unknown {
  const inner = (of: Member | undefined, item: unknown): unknown =>
    of === undefined ? item : fromJson(service, shapeOf(service, of.shape), item);
  if (Array.isArray(value)) return value.map((item) => inner(shape.member, item));
  if (!isFields(value) || shape.type === 'map') return value;
  const names = new Map(membersOf(shape).map(([name, member]) => [jsonName(service, name, member), { name, member }]));
  const pairs = Object.entries(value).map(([key, item]) => {
    const known = names.get(key);
    return known === undefined ? [key, item] : [known.name, inner(known.member, item)];
  });
  return Object.fromEntries(pairs);
}
