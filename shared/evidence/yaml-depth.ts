/** YAML text into whether it nests deeper than any document for people does, found without recursion. */
import { CST, Lexer } from 'yaml';

const MAX_FLOW = 50;
const MAX_INDENT = 100;
const MAX_INDICATORS_A_LINE = 20; // "- - - x" opens three lists on one line

/**
 * The composer behind this recurses. Catching its RangeError is not enough: near the end of the stack V8 may fail to
 * compile a regular expression, and that ends the process.
 */
export function isNestedTooDeep(text: string): boolean {
  let flow = 0;
  let indicators = 0;
  let isLineStart = true;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === 'flow-seq-start' || type === 'flow-map-start') flow += 1;
    else if (type === 'flow-seq-end' || type === 'flow-map-end') flow = Math.max(0, flow - 1);
    // A line that is indented too little ends every list and map that was left open.
    else if (type === 'flow-error-end') flow = 0;
    else if (type === 'seq-item-ind' || type === 'explicit-key-ind') indicators += 1;
    else if (type === 'map-value-ind' && flow === 0) indicators += 1;
    else if (type === 'newline') indicators = 0;
    else if (type === 'space' && isLineStart && flow === 0 && token.length > MAX_INDENT) return true;
    if (flow > MAX_FLOW || indicators > MAX_INDICATORS_A_LINE) return true;
    isLineStart = type === 'newline' || token.endsWith('\n');
  }
  return false;
}
