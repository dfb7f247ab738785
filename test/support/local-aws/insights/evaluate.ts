/** Turns an expression and an event into a value: text, or undefined where the event lacks the field. */
import type { EventFields } from './log-event.ts';
import type { Expression } from './syntax.ts';

export function isTrue(condition: Expression, event: EventFields): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.terms.every((term) => isTrue(term, event));
    case 'or':
      return condition.terms.some((term) => isTrue(term, event));
    case 'not':
      return !isTrue(condition.term, event);
    case 'like': {
      const value = evaluate(condition.left, event);
      return (value !== undefined && condition.pattern.test(value)) !== condition.isNegated;
    }
    case 'in': {
      const value = evaluate(condition.left, event);
      return (value !== undefined && condition.values.includes(value)) !== condition.isNegated;
    }
    case 'compare':
      return compares(condition.operator, evaluate(condition.left, event), evaluate(condition.right, event));
    default: {
      const value = evaluate(condition, event);
      return value !== undefined && value !== '0' && value !== '';
    }
  }
}

export function evaluate(expression: Expression, event: EventFields): string | undefined {
  switch (expression.kind) {
    case 'field':
      return event.get(expression.name);
    case 'value':
      return expression.value;
    case 'call': {
      const [first = '', second = ''] = expression.args.map((arg) => evaluate(arg, event) ?? '');
      if (expression.name === 'strcontains') return first.includes(second) ? '1' : '0';
      const [arg] = expression.args;
      return arg !== undefined && evaluate(arg, event) !== undefined ? '1' : '0';
    }
    default:
      return isTrue(expression, event) ? '1' : '0';
  }
}

/** AWS does not say what a comparison with a missing field gives; here it never holds, but for `!=`. */
function compares(operator: string, left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return operator === '!=' && left !== right;
  if (operator === '=') return left === right;
  if (operator === '!=') return left !== right;
  const order = compareValues(left, right);
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** Numbers as numbers, anything else by code unit; what is missing comes first. */
export function compareValues(left: string | undefined, right: string | undefined): number {
  if (left === undefined || right === undefined) return Number(left !== undefined) - Number(right !== undefined);
  const numbers = [Number(left), Number(right)] as const;
  const areNumbers = left !== '' && right !== '' && numbers.every((number) => !Number.isNaN(number));
  if (areNumbers) return numbers[0] - numbers[1];
  return left < right ? -1 : Number(left > right);
}
