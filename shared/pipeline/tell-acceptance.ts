/** What somebody accepts, for how long and why, into the lines that keyholder.yml needs, read back before they are shown. */

import { KeyholderError } from '../errors.ts';
import { parseConfig } from '../evidence/config.ts';
import { type AcceptanceFields, tellAcceptance } from '../reports/view-notice.ts';

export interface AcceptanceRequest extends AcceptanceFields {
  readonly finding: string;
  /** ISO. */
  readonly now: string;
}

/** Throws KeyholderError('usage') for what keyholder.yml would not take, and for a day that is over. */
export function tellAccepted({ finding, now, ...fields }: AcceptanceRequest): string {
  const text = `${tellAcceptance(finding, fields).join('\n')}\n`;
  const { config, problems } = parseConfig(text);
  const [problem] = problems;
  if (problem !== undefined)
    throw new KeyholderError('usage', `${nameField(problem.key.replace('acceptedRisks[0].', ''))}: ${problem.message}`);
  const [risk] = config.acceptedRisks;
  if (risk !== undefined && Date.parse(risk.expires) <= Date.parse(now))
    throw new KeyholderError('usage', `--until: expected a day that is still to come, got ${fields.expires}`);
  return text;
}

/** As the command line names it. */
function nameField(key: string): string {
  if (key === 'finding') return 'fingerprint';
  return key === 'expires' ? '--until' : `--${key}`;
}
