/** The policies that hang on a user or role into what they allow and deny of one request. */
import type { IamRole, IamUser, PolicyDocument, Statement } from '../model/iam.ts';
import { meetsConditions } from './iam-conditions.ts';
import type { RequestContext } from './iam-context.ts';
import { coversAction, coversResource, type Resource } from './iam-matching.ts';
import { type Answer, allOf, answerOf, both, either, type Truth, unlessDenied } from './iam-truth.ts';

export interface AccessRequest {
  /** Such as sts:AssumeRole. */
  readonly action: string;
  readonly resource: Resource;
  readonly context: RequestContext;
}

export interface OwnPolicies {
  /** Of identity policies and boundary together. */
  readonly allow: Answer;
  /** Of the boundary alone; yes where there is none. */
  readonly boundary: Answer;
  readonly deny: Truth;
  readonly deniedBy: string;
  /** What was not read and could deny. */
  readonly unread: readonly string[];
}

export function weighOwnPolicies(caller: IamUser | IamRole, request: AccessRequest): OwnPolicies {
  const identity = weighPolicies(caller.policies, request);
  const limit = typeof caller.boundary === 'object' && caller.boundary !== null ? caller.boundary : null;
  const limited = limit === null ? null : weighPolicies([limit], request);
  const boundary = limited === null ? boundaryWithoutText(caller.boundary) : answerOf(limited.allow, BOUNDARY);
  const granted =
    identity.allow === false && caller.unreadPolicies.length > 0
      ? unknownBecause(`${nameUnread(caller.unreadPolicies)}, whose text was not read, allows it`)
      : answerOf(identity.allow, {
          yes: `policy ${identity.allowedBy} allows it`,
          no: 'no policy of its own allows it',
        });
  return {
    allow: caller.boundary === null ? granted : allOf(granted, boundary),
    boundary,
    deny: either(identity.deny, limited?.deny ?? false),
    deniedBy: identity.deny === true ? `policy ${identity.deniedBy} denies it` : 'its permissions boundary denies it',
    unread: [...caller.unreadPolicies, ...(caller.boundary === 'unread' ? ['its permissions boundary'] : [])],
  };
}

const BOUNDARY = {
  yes: 'its permissions boundary allows it',
  no: 'its permissions boundary does not allow it',
};
const NO_BOUNDARY: Answer = { decision: 'yes', condition: null, because: 'it has no permissions boundary' };

function boundaryWithoutText(boundary: IamUser['boundary']): Answer {
  return boundary === null
    ? NO_BOUNDARY
    : unknownBecause('its permissions boundary, whose text was not read, allows it');
}

function unknownBecause(words: string): Answer {
  return { decision: 'unknown', condition: words, because: 'not all of its policies were read' };
}

/** Puts the denies of the caller's own policies on top of what is allowed; what was not read may hold one. */
export function closeWithDenies(own: OwnPolicies, allow: Answer): Answer {
  const standing = unlessDenied(allow, own.deny, own.deniedBy);
  if (own.unread.length === 0 || standing.decision === 'no' || standing.decision === 'unknown') return standing;
  const condition = `${nameUnread(own.unread)}, whose text was not read, does not deny it`;
  return allOf(standing, { decision: 'conditional', condition, because: standing.because });
}

const SHOWN_UNREAD = 3;

function nameUnread(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_UNREAD).join(', ');
  return names.length > SHOWN_UNREAD ? `${shown} or one of ${names.length - SHOWN_UNREAD} more` : shown;
}

interface Weight {
  allow: Truth;
  allowedBy: string;
  deny: Truth;
  deniedBy: string;
}

function weighPolicies(documents: readonly PolicyDocument[], request: AccessRequest): Readonly<Weight> {
  const weight: Weight = { allow: false, allowedBy: '', deny: false, deniedBy: '' };
  for (const document of documents) {
    for (const statement of listStatementsFor(document, request.action)) {
      const applies = applyStatement(document, statement, request);
      if (applies === false) continue;
      if (statement.effect === 'Allow') {
        if (weight.allowedBy === '' || (applies === true && weight.allow !== true)) weight.allowedBy = document.name;
        weight.allow = either(weight.allow, applies);
      } else {
        if (weight.deniedBy === '' || applies === true) weight.deniedBy = document.name;
        weight.deny = either(weight.deny, applies);
      }
    }
  }
  return weight;
}

const NONE: readonly Statement[] = [];
const byAction = new WeakMap<PolicyDocument, Map<string, readonly Statement[]>>();

/** The statements that speak of an action; remembered, since the same few actions are asked of every policy again and again. */
export function listStatementsFor(document: PolicyDocument, action: string): readonly Statement[] {
  let known = byAction.get(document);
  if (known === undefined) {
    known = new Map();
    byAction.set(document, known);
  }
  const listed = known.get(action);
  if (listed !== undefined) return listed;
  const folded = action.toLowerCase();
  const covering = document.statements.filter((statement) => coversAction(statement, folded));
  known.set(action, covering.length === 0 ? NONE : covering);
  return covering;
}

/** Whether resource and conditions of a statement fit the request; whom it names is not looked at. */
export function applyStatement(document: PolicyDocument, statement: Statement, request: AccessRequest): Truth {
  const scope = { context: request.context, hasVariables: document.version !== '2008-10-17' };
  const covered = coversResource(statement, request.resource, scope);
  return covered === false ? false : both(covered, meetsConditions(statement.conditions, scope));
}
