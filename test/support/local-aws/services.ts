/** Which service answers which of its operations. */
import { EKS } from './eks.ts';
import { IAM } from './iam.ts';
import type { Identities } from './identities.ts';
import type { Handlers } from './operations.ts';
import { answerSts } from './sts.ts';

export function createServices(identities: Identities): ReadonlyMap<string, Handlers> {
  return new Map([
    ['sts', answerSts(identities)],
    ['eks', EKS],
    ['iam', IAM],
  ]);
}
