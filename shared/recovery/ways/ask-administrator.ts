/** A way that the caller may not go into a message to somebody who may. */

import { checkReach, makeCheck } from '../precondition.ts';
import type { Situation } from '../situation.ts';
import { checkAdmin } from '../verify.ts';
import { PLAIN, type Refused, type Way } from '../way.ts';
import { listNames, nameShort } from '../wording.ts';

const TITLE = 'Have an administrator of the account do it';

export const askAdministrator: Way = {
  id: 'ask-administrator',
  harm: 85,
  reversible: true,
  draft(situation, refused) {
    const [least] = refused;
    if (least === undefined) return [{ title: TITLE, closed: 'no way is closed to you for want of permissions alone' }];
    const { cluster, recipient } = situation;
    const { draft, way } = least;
    const who = findAdministrators(situation);
    return [
      {
        ...PLAIN,
        title: `Have an administrator of account ${cluster.account} do this for you: ${lower(draft.title)}`,
        preconditions: [
          makeCheck({
            what: `Somebody in account ${cluster.account} may make the calls, and agrees`,
            answer: 'unknown',
            because: who,
            unsure: {
              ifTried: 'There is nothing to try: hand the message over, and check afterwards.',
              ifDenied:
                'The administrator is refused as well: then the organisation forbids it, and its own administrators have to let it through.',
              message: writeOrder(situation, least),
            },
          }),
          checkReach(cluster),
        ],
        commands: [...recipient.lookup, ...recipient.enter],
        changes: draft.changes,
        cannotUndo: draft.cannotUndo,
        verify: [checkAdmin()],
        risk: draft.risk,
        opens: draft.opens,
        nodes: null,
        codeNotes: draft.codeNotes,
        mendsNodes: situation.nodes.roles.length > 0 && draft.nodes !== null,
        as: { harm: way.harm + 1, reversible: way.reversible },
      },
    ];
  },
};

function findAdministrators({ facts, cluster }: Situation): string {
  const { administrators } = facts.shadowAdmins;
  const root = `the root user of account ${cluster.account} may, unless a service control policy forbids it`;
  if (administrators.length === 0) return `no administrator was seen in IAM; ${root}`;
  return `${listNames(administrators.map(({ arn }) => nameShort(arn)))} may by their policies; ${root}`;
}

/** The message holds the commands: the caller is not to run what is known to be refused. */
function writeOrder({ cluster, caller, expiresAt }: Situation, { way, draft }: Refused): string {
  return [
    `Access to the EKS cluster ${cluster.name} (${cluster.region}, account ${cluster.account})`,
    '',
    `I cannot get into the cluster, and ${caller.arn ?? 'I'} may not do the following. Please run it for me: ${lower(draft.title)}.`,
    ...(way.reversible ? [] : ['', `This cannot be undone. ${draft.cannotUndo ?? ''}`]),
    '',
    `What it opens: ${draft.opens}`,
    `Until: ${expiresAt}`,
    '',
    'Commands:',
    ...draft.commands,
    '',
    'What undoes it:',
    ...draft.undo,
  ].join('\n');
}

function lower(title: string): string {
  return `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}
