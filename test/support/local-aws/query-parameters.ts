/** The flat parameters of the query protocol into the nested input that they stand for. */
import { type Member, membersOf, type Service, type Shape, shapeOf, wireName } from './model.ts';

/** Takes parameters out of `left` as it understands them: what remains, no member of the model explains. */
export function fromParameters(service: Service, shape: Shape, left: Map<string, string>): Record<string, unknown> {
  return readStructure({ service, left }, shape, '');
}

interface Reading {
  readonly service: Service;
  readonly left: Map<string, string>;
}

function readStructure(reading: Reading, shape: Shape, prefix: string): Record<string, unknown> {
  const pairs = membersOf(shape).map(([name, member]) => {
    const at = prefix === '' ? wireName(name, member) : `${prefix}.${wireName(name, member)}`;
    return [name, readMember(reading, member, at)] as const;
  });
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

function readMember(reading: Reading, member: Member, at: string): unknown {
  const shape = shapeOf(reading.service, member.shape);
  const isGiven = [...reading.left.keys()].some((key) => key === at || key.startsWith(`${at}.`));
  if (!isGiven) return undefined;
  if (shape.type === 'structure') return readStructure(reading, shape, at);
  const isFlat = shape.flattened === true || member.flattened === true;
  if (shape.type === 'list' && shape.member !== undefined)
    return [...readNumbered(reading, shape.member, isFlat ? at : `${at}.${shape.member.locationName ?? 'member'}`)];
  if (shape.type === 'map') return readMap(reading, shape, isFlat ? at : `${at}.entry`);
  return readScalar(shape, take(reading, at));
}

function* readNumbered(reading: Reading, member: Member, at: string): Iterable<unknown> {
  for (let index = 1; ; index += 1) {
    const item = readMember(reading, member, `${at}.${index}`);
    if (item === undefined) return;
    yield item;
  }
}

function readMap(reading: Reading, { key, value }: Shape, at: string): Record<string, unknown> {
  const entries: [string, unknown][] = [];
  for (let index = 1; ; index += 1) {
    const name = take(reading, `${at}.${index}.${key?.locationName ?? 'key'}`);
    if (name === undefined || value === undefined) return Object.fromEntries(entries);
    entries.push([name, readMember(reading, value, `${at}.${index}.${value.locationName ?? 'value'}`)]);
  }
}

function take({ left }: Reading, at: string): string | undefined {
  const value = left.get(at);
  left.delete(at);
  return value;
}

/** Text as it stands in a parameter, a label or a header, in the type of its shape; unreadable text stays and is refused. */
export function readScalar({ type }: Shape, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  if (/^(integer|long|double|float)$/.test(type) && text.trim() !== '' && !Number.isNaN(Number(text)))
    return Number(text);
  if (type === 'blob') return Buffer.from(text, 'base64');
  return text;
}
