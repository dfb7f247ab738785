/** An access entry whose IAM principal does not exist any more. */

import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { principalKey } from '../rules/arn.ts';
import { isAdminDoor } from '../rules/keyholders.ts';
import { findLastCall, listPrincipalCalls, type PrincipalCall } from '../rules/principal-calls.ts';
import { deleteAccessEntry } from '../rules/remedies.ts';
import { wordUnreadDoors } from '../rules/unread-principals.ts';

export const accessEntryOrphaned: Detection = {
  id: 'access-entry-orphaned',
  ref: 'AE-010',
  title: 'Access entry whose IAM principal is gone',
  severity: 'low',
  needs: [['eks-api/access-entries', 'iam']],
  why: 'The entry looks like access and is none: EKS binds it to the unique id of the principal, so a principal of the same name does not get it back, and whoever counts on it in an emergency is locked out.',
  fix: 'Delete the entry. If the access is still wanted, create the principal and then a new entry for it.',
  blindSpots: 'A principal of an account whose IAM was not read in whole is unknown, not gone, and is not reported.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html',
  ],
  attack: ['T1078.004'],
  cis: ['4.1.7'],
  findPartLack: ({ mappings }) => wordUnreadDoors(mappings.filter(({ entry }) => entry !== null)),
  *detect(facts) {
    for (const mapping of facts.mappings) {
      if (mapping.entry === null) continue;
      const call = findLastCall(facts.accounts, principalKey(mapping.principal));
      const deletion = call?.kind === 'deleted' ? call : null;
      // IAM is the later word: a deletion counts where IAM was not read, or agrees.
      if (mapping.exists === false || (mapping.exists === null && deletion !== null))
        yield judge(mapping, deletion, facts);
    }
  },
  *observe(record, facts) {
    const call = listPrincipalCalls(record).find(({ kind }) => kind === 'deleted');
    if (call === undefined || facts === null) return;
    const mapping = facts.mappings.find(
      ({ entry, principal }) => entry !== null && principalKey(principal) === call.key,
    );
    if (mapping !== undefined && mapping.exists !== true) yield judge(mapping, call, facts);
  },
};

function judge(mapping: Mapping, deletion: PrincipalCall | null, facts: Facts): Match {
  const { arn } = mapping.principal;
  const isAdmin = isAdminDoor(mapping, facts);
  const by = deletion === null ? '' : ` ${nameActor(deletion.event.actor)} deleted it.`;
  return {
    subject: `iam:${arn}`,
    severity: isAdmin ? 'medium' : 'low',
    summary: `${arn} does not exist, and its ${isAdmin ? 'admin ' : ''}access entry is dead: creating the name again does not bring it back.${by}`,
    commands: [deleteAccessEntry(facts.cluster, arn)],
    actor: deletion === null ? null : nameActor(deletion.event.actor),
    at: deletion?.event.at ?? null,
    evidence: [...mapping.evidence, ...(deletion === null ? [] : [deletion.event.evidence])],
  };
}
