/** What a way needs of somebody else into a message ready to paste, and the precondition that carries it. */
import type { Principal } from '../model/principal.ts';
import { findIamRole } from '../rules/iam-roles.ts';
import { type Call, decideBecoming, decideCalls, type Verdict } from './caller.ts';
import { isCaller, isSignedInTo } from './enter.ts';
import { type Check, makeCheck } from './precondition.ts';
import type { Situation } from './situation.ts';
import { findCause, resolveState } from './state.ts';

export interface Request {
  readonly calls: readonly Call[];
  readonly commands: readonly string[];
  readonly undo: readonly string[];
  readonly opens: string;
  /** Something that the approver must know before anything else; null where there is nothing. */
  readonly warning?: string;
}

/** Whether the caller may make the calls, with all that helps where that is not certain. */
export function checkCalls(situation: Situation, request: Request): Check {
  const { caller, facts } = situation;
  const { answer, because } = decideCalls(caller, request.calls, facts);
  const names = listActions(request);
  return makeCheck({
    what: `You may call ${names.join(', ')}`,
    answer,
    because,
    evidence: caller.entity === null ? [] : [caller.entity.evidence],
    ofCaller: true,
    unsure: {
      ifTried:
        'Trying is safe: the first command that is not allowed ends in AccessDeniedException and changes nothing.',
      ifDenied: `The error names the action. "no identity-based policy allows" means that your own policies lack it; "explicit deny in a service control policy", that the organisation forbids it to the whole account, so that only its administrators can let it through; "session policy", that another session of the same role may do it.`,
      message: writeRequest(situation, request),
    },
  });
}

/** Whether the caller can act as the principal that a way ends with. */
export function checkBecoming(situation: Situation, principal: Principal): Check {
  const { cluster } = situation;
  const { answer, because } = decideAs(situation, principal);
  return makeCheck({
    what: `You can act as ${principal.arn}`,
    answer,
    because,
    ofCaller: true,
    unsure: {
      ifTried: 'The first kubectl command assumes it, and changes nothing.',
      ifDenied: 'The trust policy of the role, your own policies or the organisation refuse, or the role is gone.',
      message: `I need to act as ${principal.arn} for a recovery of access to the EKS cluster ${cluster.name} (${cluster.region}). Please let me assume it for today, or run the kubectl commands yourself.`,
    },
  });
}

function decideAs({ caller, facts }: Situation, principal: Principal): Verdict {
  if (isCaller(caller, principal)) return { answer: 'yes', because: 'it is the caller' };
  if (isSignedInTo(principal))
    return {
      answer: 'unknown',
      because: 'people sign in to it through Identity Center; one who is assigned to it can',
    };
  if (principal.type === 'role') return decideBecoming(caller, findIamRole(facts.accounts, principal), facts);
  return { answer: 'unknown', because: 'it takes the credentials of this user' };
}

function listActions({ calls }: Pick<Request, 'calls'>): readonly string[] {
  return [...new Set(calls.map(({ action }) => action))];
}

export function writeRequest(situation: Situation, request: Request): string {
  const { cluster, caller, expiresAt } = situation;
  const { commands, undo, opens, warning } = request;
  const who = caller.arn ?? 'me';
  return [
    `Access to the EKS cluster ${cluster.name} (${cluster.region}, account ${cluster.account})`,
    '',
    `${writeNeed(situation)} Please allow ${who} the calls below, or run the commands yourself.`,
    ...(warning === undefined ? [] : ['', warning]),
    '',
    `Calls: ${listActions(request).join(', ')}`,
    `On: ${[...new Set(request.calls.map(({ resource }) => (resource.isCut ? `${resource.arn}*` : resource.arn)))].join(', ')}`,
    `What it opens: ${opens}`,
    `Until: ${expiresAt}`,
    '',
    'Commands:',
    ...commands,
    '',
    'What undoes it:',
    ...(undo.length === 0 ? ['nothing does'] : undo),
  ].join('\n');
}

function writeNeed(situation: Situation): string {
  const state = resolveState(situation);
  const cause = findCause(situation, state);
  const since = cause?.at == null ? '' : ` since ${cause.at} (${cause.summary})`;
  switch (state) {
    case 'locked-out':
      return `Nobody is known to be able to administer the cluster${since}.`;
    case 'degraded':
      return `Part of the access to the cluster does not work${since}.`;
    case 'fine':
      return 'I need to administer the cluster, and the ways that work are not mine.';
  }
}
