/** Entries that are bound to a principal of the past into entries of the one that stands: the same grant as before. */
import type { AccessEntry } from '../../model/eks.ts';
import type { Principal } from '../../model/principal.ts';
import { parsePrincipal } from '../../rules/arn.ts';
import { associatePolicy, recreateAccessEntry } from '../../rules/remedies.ts';
import type { Door } from '../admin-doors.ts';
import type { Call } from '../caller.ts';
import { callForDeletion, callForEntry, callForPolicy } from '../calls.ts';
import { NOTE_CREATOR_ADMIN, noteEntry } from '../code-notes.ts';
import { createEntry, deleteEntry, forgetCluster } from '../commands.ts';
import { enterAs, explainSignIn } from '../enter.ts';
import { checkReach, makeCheck } from '../precondition.ts';
import { checkBecoming, checkCalls } from '../request.ts';
import type { Situation } from '../situation.ts';
import { findSsoSuccessor } from '../sso-successor.ts';
import { checkAdmin } from '../verify.ts';
import { type Draft, PLAIN, type Way } from '../way.ts';
import { nameShort } from '../wording.ts';

const MOST = 3;

export const recreateEntry: Way = {
  id: 'recreate-entry',
  harm: 15,
  reversible: true,
  draft(situation) {
    const title = 'Bind an access entry to the principal that stands now';
    if (situation.mode === 'CONFIG_MAP') return [{ title, closed: 'mode CONFIG_MAP does not read access entries' }];
    const mends = situation.doors.flatMap((door) => findMend(door, situation));
    if (mends.length === 0)
      return [{ title, closed: 'no admin entry is bound to an earlier principal of one that exists' }];
    return mends.slice(0, MOST).map((mend) => plan(mend, situation));
  },
};

interface Mend {
  readonly entry: AccessEntry;
  /** Who shall hold it: the re-created principal, or the role under the new suffix. */
  readonly heir: Principal;
  readonly isSuccessor: boolean;
}

function findMend({ mapping, fault }: Door, { facts }: Situation): readonly Mend[] {
  const entry = mapping?.entry ?? null;
  if (mapping === null || entry === null) return [];
  if (fault === 'recreated') return [{ entry, heir: entry.principal, isSuccessor: false }];
  const successor = fault === 'gone' ? findSsoSuccessor(entry.principal.arn, facts) : null;
  return successor === null ? [] : [{ entry, heir: parsePrincipal(successor.arn), isSuccessor: true }];
}

function plan({ entry, heir, isSuccessor }: Mend, situation: Situation): Draft {
  const { cluster, caller } = situation;
  const steps = isSuccessor ? succeed(entry, heir, situation) : recreateAccessEntry(cluster, entry);
  const commands = [...steps, ...enterAs(cluster, heir, { caller })];
  const undo = [deleteEntry(cluster, heir.arn), forgetCluster()];
  const opens = `for ${heir.arn} what the entry of ${entry.principal.arn} was meant to give, for good`;
  const calls = [...(isSuccessor ? [] : [callForDeletion(cluster, heir)]), ...listCalls(entry, heir, situation)];
  return {
    ...PLAIN,
    title: isSuccessor
      ? `Give ${nameShort(heir.arn)} the entry of ${nameShort(entry.principal.arn)}, in whose place it stands`
      : `Make the entry of ${nameShort(heir.arn)} anew, so that it is bound to the principal of today`,
    preconditions: [
      makeCheck({
        what: `${heir.arn} exists`,
        answer: 'yes',
        because: isSuccessor
          ? 'IAM has it, as the only role of this permission set'
          : 'IAM has it, under another unique id',
        evidence: [entry.evidence],
      }),
      checkCalls(situation, { calls, commands, undo, opens }),
      checkBecoming(situation, heir),
      checkReach(cluster),
    ],
    commands,
    changes:
      (isSuccessor
        ? 'One more access entry, with the groups and policies of the old one; the old one stays, and gives nobody anything.'
        : 'The dead entry is deleted and made again with the same type, groups and policies; until then it gave nobody anything.') +
      explainSignIn(heir),
    undo,
    cannotUndo: isSuccessor ? null : 'The binding to the earlier principal, which is gone for good and opened nothing.',
    verify: [checkAdmin()],
    risk: `It gives the same access to whoever can become ${heir.arn} today, who may be others than those it was meant for: look at its trust policy first.`,
    opens,
    nodes: { by: 'entries', at: 0 },
    codeNotes: [noteEntry(cluster, heir.arn), NOTE_CREATOR_ADMIN],
  };
}

/** The username is left to EKS: the old one may hold the name of the old role. */
function succeed({ type, groups, policies }: AccessEntry, heir: Principal, { cluster }: Situation): readonly string[] {
  const create = createEntry(cluster, heir.arn, { type, groups });
  return [create, ...policies.map((policy) => associatePolicy(cluster, heir.arn, policy))];
}

function listCalls({ policies, groups, type }: AccessEntry, heir: Principal, { cluster }: Situation): readonly Call[] {
  const create = callForEntry(cluster, heir, type);
  const given = { ...create.given, 'eks:kubernetesgroups': groups };
  return [{ ...create, given }, ...policies.map((policy) => callForPolicy(cluster, heir, policy))];
}
