/** Access entries into a temporary admin that needs nothing of the cluster but its API of AWS. */
import type { Cluster } from '../../model/eks.ts';
import { arnKey, principalKey } from '../../rules/arn.ts';
import { callForDeletion, callsForGrant } from '../calls.ts';
import { NOTE_CREATOR_ADMIN, noteEntry } from '../code-notes.ts';
import { associateAdmin, createEntry, deleteEntry, dissociateAdmin, forgetCluster, listPolicies } from '../commands.ts';
import { type Check, checkReach, makeCheck } from '../precondition.ts';
import { checkBecoming, checkCalls } from '../request.ts';
import type { Situation } from '../situation.ts';
import { checkAdmin } from '../verify.ts';
import { type Draft, PLAIN, type Way } from '../way.ts';
import { nameShort } from '../wording.ts';

/** EKS takes no more on one cluster, and the limit cannot be raised. */
const MOST_ENTRIES = 3000;

export const accessEntry: Way = {
  id: 'access-entry',
  harm: 20,
  reversible: true,
  draft(situation) {
    const title = 'Give yourself an access entry';
    if (situation.mode === 'CONFIG_MAP') return [{ title, closed: 'mode CONFIG_MAP does not read access entries' }];
    const grant = draftGrant(situation);
    const { cluster, mode, recipient } = situation;
    return [
      {
        ...PLAIN,
        ...grant,
        title: `Give ${nameRecipient(situation)} a temporary access entry with cluster-admin`,
        preconditions: [
          makeCheck({
            what: 'The cluster reads access entries',
            answer: mode === null ? 'unknown' : 'yes',
            because: mode === null ? 'the authentication mode was not read' : `the authentication mode is ${mode}`,
            evidence: cluster.evidence,
            unsure: {
              ifTried: 'In mode CONFIG_MAP the first command ends in InvalidRequestException and changes nothing.',
              ifDenied: 'AccessDenied says nothing about the mode.',
              message: `Please tell me the authentication mode of the EKS cluster ${cluster.name}: aws eks describe-cluster shows it in accessConfig.`,
            },
          }),
          checkRoom(situation),
          ...grant.preconditions,
        ],
        nodes: { by: 'entries', at: recipient.lookup.length },
        risk: 'For as long as it stands, everybody who can become this principal is cluster-admin. CreateAccessEntry and AssociateAccessPolicy show in CloudTrail, and will raise alerts: say so first.',
      },
    ];
  },
};

/** What the mode switch ends with as well. */
export type Grant = Pick<
  Draft,
  'preconditions' | 'commands' | 'ifTaggingDenied' | 'changes' | 'undo' | 'removal' | 'verify' | 'opens' | 'codeNotes'
>;

export function draftGrant(situation: Situation): Grant {
  const { cluster, recipient, expiresAt } = situation;
  const { word, lookup, enter, isOther, principal } = recipient;
  const standing = findStanding(situation);
  const associate = associateAdmin(cluster, word);
  const make = (tags: Readonly<Record<string, string>>): readonly string[] =>
    standing === 'works' ? [] : [createEntry(cluster, word, { type: 'STANDARD', tags })];
  const clear = standing === 'dead' ? [deleteEntry(cluster, word)] : [];
  const tail = [associate, ...enter];
  const commands = [...lookup, ...clear, ...make({ 'expires-at': expiresAt, purpose: 'recovery' }), ...tail];
  const undo = [
    dissociateAdmin(cluster, word),
    ...(standing === 'works' ? [] : [deleteEntry(cluster, word)]),
    forgetCluster(),
  ];
  const opens = `cluster-admin for ${principal?.arn ?? 'the role that runs the commands'} (${recipient.why}), to be removed by ${expiresAt}`;
  return {
    preconditions: [
      checkCalls(situation, { calls: listCalls(situation, standing), commands, undo, opens }),
      ...(principal === null || !isOther ? [] : [checkBecoming(situation, principal)]),
      checkReach(cluster),
    ],
    commands,
    ifTaggingDenied: standing === 'works' ? [] : make({}),
    changes: describeChanges(cluster, standing),
    undo,
    removal: undo,
    verify: [listPolicies(cluster, word), checkAdmin()],
    opens,
    codeNotes: [noteEntry(cluster, principal?.arn ?? null), NOTE_CREATOR_ADMIN],
  };
}

type StandingEntry = 'none' | 'works' | 'dead';

function findStanding({ facts, recipient, mode, creator }: Situation): StandingEntry {
  const { principal } = recipient;
  if (principal === null) return 'none';
  const key = principalKey(principal);
  if (mode === 'CONFIG_MAP') {
    // The switch itself makes an entry for the creator, and a second one would be refused.
    const isCreator = creator.principalArn !== null && arnKey(creator.principalArn) === key;
    return isCreator && creator.sameUniqueId === 'yes' ? 'works' : 'none';
  }
  const found = facts.mappings.find((m) => m.entry !== null && principalKey(m.principal) === key);
  return found === undefined ? 'none' : found.inert === null ? 'works' : 'dead';
}

function listCalls({ cluster, recipient: { principal } }: Situation, standing: StandingEntry) {
  const clear = standing === 'dead' && principal !== null ? [callForDeletion(cluster, principal)] : [];
  return [...clear, ...callsForGrant(cluster, principal, standing === 'works')];
}

function describeChanges({ name }: Cluster, standing: StandingEntry): string {
  const made = `One access entry of ${name} with one access policy, tagged with the time at which it should be gone.`;
  switch (standing) {
    case 'none':
      return `${made} Nothing that anybody else uses changes.`;
    case 'works':
      return 'The entry that the principal has gets one more access policy; its groups and other policies stay.';
    case 'dead':
      return `The entry of the principal is deleted, since it is bound to an earlier one of the name. ${made}`;
  }
}

function checkRoom({ facts, cluster }: Situation): Check {
  const count = facts.entries.length;
  const isRead = facts.coverage.some(({ source, parts, status }) => {
    return source === 'eks-api' && (parts?.['access-entries'] ?? status) === 'complete';
  });
  const answer = count >= MOST_ENTRIES ? 'no' : isRead ? 'yes' : 'unknown';
  return makeCheck({
    what: `There is room for one more entry (${MOST_ENTRIES} at most)`,
    answer,
    because: isRead ? `the cluster has ${count}` : 'the access entries were not read in whole',
    evidence: cluster.evidence,
    unsure: {
      ifTried: 'Without room the first command ends in ResourceLimitExceededException and changes nothing.',
      ifDenied: 'AccessDenied says nothing about room.',
      message: `Please tell me how many access entries the EKS cluster ${cluster.name} has: aws eks list-access-entries.`,
    },
  });
}

function nameRecipient({ recipient: { principal } }: Situation): string {
  return principal === null ? 'the role that you run as' : nameShort(principal.arn);
}
