/** The text of keyholder.yml into the callers whose sessions in system:masters need not come whole. */
import { resolveConfig } from '../evidence/config.ts';
import { listExpectedCallers } from '../evidence/expected-callers.ts';

/** Throws KeyholderError('usage') for a file that is not right: it decides what is expected. */
export function listKnownAdmins(text: string, file: string): readonly string[] {
  return listExpectedCallers(resolveConfig(text, file));
}
