/** The first broken link of a way: why, shown by what, and its smallest mend. */

import type { Mapping } from '../model/access.ts';
import type { Ref } from '../model/coverage.ts';
import type { BrokenLink } from '../model/explanation.ts';
import type { IamAsker } from './asker.ts';
import type { Doors } from './doors.ts';
import { createEntry, listOwnGroups } from './entry-commands.ts';
import { grantToNewEntry, type Mend } from './grants.ts';
import { decide } from './held.ts';
import type { Question } from './question.ts';
import type { Standing } from './standing.ts';

export interface Broken extends Mend {
  readonly link: BrokenLink;
  /** A clause: continues "role/x may not get pods:". */
  readonly why: string;
  readonly evidence: readonly Ref[];
}

/** An IAM principal on its way in. */
export interface Arrival {
  readonly question: Question;
  readonly asker: IamAsker;
  readonly standing: Standing;
  /** With the path, where IAM or the question shows it: what an access entry takes. */
  readonly arn: string;
  readonly doors: Doors;
}

/** An entry in place of a row: with the row's own groups where these allow the request, else with one that does. */
export function replaceByEntry({ question, arn }: Arrival, { identity }: Mapping): readonly string[] {
  const { cluster } = question.facts;
  const groups = listOwnGroups(identity.groups);
  const isEnough = decide(question, { identity: { username: '', groups }, policies: [] }).ways.length > 0;
  if (isEnough && groups.length > 0) return [createEntry(cluster, arn, groups)];
  const fresh = grantToNewEntry(question, arn);
  return [createEntry(cluster, arn, [...groups, ...fresh.groups]), ...fresh.commands];
}
