/** A request or an answer and its model into what the model forbids in it. */
import { isFields } from './fields.ts';
import { type Member, membersOf, type Service, type Shape, shapeOf } from './model.ts';

type Side = 'request' | 'answer';

export interface Checked {
  readonly service: Service;
  readonly side: Side;
  /** Text that may fit no length, pattern or enumeration. */
  readonly isKnown?: (text: string) => boolean;
}

/** Answers are held to names and types, and at their top to what is required (evidence may be trimmed); requests also to lengths, patterns and enumerations, as AWS holds them. */
export function listViolations(checked: Checked, shape: Shape, value: unknown): readonly string[] {
  return [...violations(checked, { shape, value, path: '' })];
}

interface Place {
  readonly shape: Shape;
  readonly value: unknown;
  readonly path: string;
}

function* violations(checked: Checked, place: Place): Iterable<string> {
  const { shape, value, path } = place;
  if (!isOfType(shape, value)) {
    yield `${path || 'the input'}: expected ${shape.type}, got ${nameOfType(value)}`;
    return;
  }
  if (isFields(value)) yield* violationsOfFields(checked, place, value);
  const { member } = shape;
  if (Array.isArray(value) && member !== undefined)
    for (const [index, item] of value.entries())
      yield* inside(checked, member, { value: item, path: `${path}[${index}]` });
  if (checked.side === 'request' && !(typeof value === 'string' && checked.isKnown?.(value)))
    yield* violationsOfValue(place);
}

function inside(checked: Checked, member: Member, place: Omit<Place, 'shape'>): Iterable<string> {
  return violations(checked, { ...place, shape: shapeOf(checked.service, member.shape) });
}

function* violationsOfFields(
  checked: Checked,
  { shape, path }: Place,
  value: Record<string, unknown>,
): Iterable<string> {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  if (shape.type === 'map') {
    for (const [name, item] of Object.entries(value))
      if (shape.value !== undefined) yield* inside(checked, shape.value, { value: item, path: at(name) });
    return;
  }
  const members = new Map(membersOf(shape));
  const isWhole = checked.side === 'request' || path === '';
  for (const name of shape.required ?? [])
    if (isWhole && value[name] === undefined) yield `${at(name)}: required, and missing`;
  for (const [name, item] of Object.entries(value)) {
    const member = members.get(name);
    if (member === undefined) yield `${at(name)}: no member of the model`;
    else if (item !== undefined) yield* inside(checked, member, { value: item, path: at(name) });
  }
}

function* violationsOfValue({ shape, value, path }: Place): Iterable<string> {
  const size =
    typeof value === 'number' ? value : typeof value === 'string' || Array.isArray(value) ? value.length : undefined;
  if (size !== undefined && shape.type !== 'timestamp') {
    if (shape.min !== undefined && size < shape.min) yield `${path}: ${size} is below the minimum ${shape.min}`;
    if (shape.max !== undefined && size > shape.max) yield `${path}: ${size} is above the maximum ${shape.max}`;
  }
  if (typeof value !== 'string') return;
  if (shape.enum !== undefined && !shape.enum.includes(value)) yield `${path}: expected one of ${shape.enum.join(' ')}`;
  if (shape.pattern !== undefined && !fits(shape.pattern, value)) yield `${path}: does not fit ${shape.pattern}`;
}

/** The models write Java's dialect; a pattern that this one does not know is not held against anybody. */
function fits(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, 'us').test(value);
  } catch {
    return true;
  }
}

function isOfType({ type }: Shape, value: unknown): boolean {
  switch (type) {
    case 'structure':
    case 'map':
      return isFields(value);
    case 'list':
      return Array.isArray(value);
    case 'string':
      return typeof value === 'string';
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
    case 'long':
      return Number.isSafeInteger(value);
    case 'double':
    case 'float':
      return typeof value === 'number';
    case 'timestamp':
      return typeof value === 'number' || (typeof value === 'string' && !Number.isNaN(Date.parse(value)));
    case 'blob':
      return typeof value === 'string' || Buffer.isBuffer(value);
  }
}

function nameOfType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'list' : typeof value;
}
