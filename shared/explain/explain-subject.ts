/** A Kubernetes user, group or service account into its way to a permission: what is bound to it, and who comes in as it. */
import type { Mapping } from '../model/access.ts';
import type { Gap, PathStep } from '../model/explanation.ts';
import type { Identity } from '../model/principal.ts';
import { listAllowing } from '../rules/authorizer.ts';
import { isAnonymousSubject } from '../rules/everyone.ts';
import { SHOW_RBAC } from '../rules/identity-checks.ts';
import type { SubjectAsker } from './asker.ts';
import { findDenial } from './denials.ts';
import { decide, type Held } from './held.ts';
import type { Question } from './question.ts';
import { conclude, refuse, type Verdict } from './verdict.ts';
import { listSome, tellStep, wordDoor, wordIdentity, wordPrincipal } from './words.ts';

export function explainSubject(question: Question, asker: SubjectAsker): Verdict {
  if (isAnonymousSubject(asker.subject)) return explainAnonymous(question, asker);
  return asker.subject.kind === 'User' ? explainUser(question, asker) : explainNamed(question, asker, []);
}

/** Service accounts and groups: what is bound to them is all that there is. */
function explainNamed(question: Question, { subject, identity }: SubjectAsker, doubts: readonly Gap[]): Verdict {
  const held: Held = { identity, policies: [] };
  return conclude({
    question,
    decision: decide(question, held),
    path: [tellIdentity(identity)],
    doorEvidence: [],
    doubtsIfAllowed: [],
    doubtsIfDenied: [...doubts, ...listNodeDoubts(identity)],
    notes: [],
    deny: () => findDenial({ question, held, through: { door: null, subject } }),
  });
}

function tellIdentity(identity: Identity): PathStep {
  const { username, groups } = identity;
  const text = username === '' ? `whoever is in ${listSome(groups, 5)}` : wordIdentity(identity);
  return tellStep('identity', 'holds', { text, evidence: [] });
}

/** From 1.32 on the API server answers such callers with 401, whatever is bound to them. */
const HEALTH_PATHS: ReadonlySet<string> = new Set(['/healthz', '/livez', '/readyz']);

export function isRefused({ facts, ask }: Pick<Question, 'facts' | 'ask'>): boolean {
  return facts.anonymousRefused && !HEALTH_PATHS.has(ask.request.path ?? '');
}

export const REFUSED = 'bound, refused since 1.32';

function explainAnonymous(question: Question, asker: SubjectAsker): Verdict {
  const verdict = explainNamed(question, asker, []);
  const { version } = question.facts.cluster;
  if (verdict.allowed !== true) return verdict;
  if (!isRefused(question)) {
    const notes = version === null ? ['The version of the cluster is not known, and counts as older than 1.32.'] : [];
    return { ...verdict, notes };
  }
  const broken = {
    link: 'mapping:none',
    why: `${REFUSED}: Kubernetes ${version ?? ''} answers callers without a login with 401`,
    evidence: [...question.facts.cluster.evidence, ...verdict.path.flatMap(({ evidence }) => evidence)],
    commands: [SHOW_RBAC],
    advice: 'Log in; and take the binding away, for an exception or an older cluster revives it.',
  } as const;
  return refuse(broken, { path: verdict.path, rbac: 'yes', notes: [] });
}

/** A username alone does not tell the groups: they come with the door, or were seen in use. */
function explainUser(question: Question, asker: SubjectAsker): Verdict {
  const { facts } = question;
  const { name } = asker.subject;
  const alone = decide(question, { identity: asker.identity, policies: [] });
  const doors = facts.mappings.filter(({ inert, identity }) => inert === null && identity.username === name);
  if (alone.ways.length === 0 && doors.length > 0) return explainDoors(question, asker, doors);
  const seen = facts.usage.findLast(({ username }) => username === name);
  if (alone.ways.length > 0 || seen === undefined)
    return explainNamed(question, asker, listGroupDoubts(question, name));
  const groups = [...new Set([...asker.identity.groups, ...seen.groups])];
  return explainNamed(question, { ...asker, identity: { username: name, groups } }, []);
}

/** Groups that the user may be in, for all that was read, and that would allow it. */
function listGroupDoubts({ rbac, ask }: Question, name: string): readonly Gap[] {
  const subjects = listAllowing(rbac, ask.request).flatMap(({ binding }) => binding.subjects);
  const groups = new Set(
    subjects.flatMap((each) => (each.kind === 'Group' && !each.name.startsWith('system:') ? [each.name] : [])),
  );
  if (groups.size === 0 || name.startsWith('system:')) return [];
  const shown = listSome([...groups], 3);
  return [{ need: null, reason: `which groups user ${name} is in was not read, and ${shown} would allow it` }];
}

/** One username can come through several doors, with other groups each. */
function explainDoors(question: Question, asker: SubjectAsker, doors: readonly Mapping[]): Verdict {
  const verdicts = doors.map((door) => explainDoor(question, asker, door));
  const [first] = verdicts;
  const allowed = verdicts.filter((verdict) => verdict.allowed === true);
  if (first === undefined || allowed.length === 0 || allowed.length === verdicts.length) {
    return first ?? explainNamed(question, asker, []);
  }
  const gap: Gap = {
    need: null,
    reason: `it depends on who comes in as ${asker.subject.name}: ${allowed.length} of ${doors.length} principals are allowed`,
  };
  return { ...first, allowed: 'unknown', broken: null, because: gap.reason, gaps: [gap] };
}

function explainDoor(question: Question, { subject, identity }: SubjectAsker, door: Mapping): Verdict {
  const groups = [...new Set([...identity.groups, ...door.identity.groups])];
  const held: Held = { identity: { username: subject.name, groups }, policies: door.policies };
  const text = `${wordPrincipal(door.principal)} comes in as it, by ${wordDoor(door)}`;
  return conclude({
    question,
    decision: decide(question, held),
    path: [tellStep('mapping', 'holds', { text, evidence: door.evidence }), tellIdentity(held.identity)],
    doorEvidence: door.evidence,
    doubtsIfAllowed: [],
    doubtsIfDenied: listNodeDoubts(held.identity),
    notes: [],
    deny: () => findDenial({ question, held, through: { door, subject: null } }),
  });
}

function listNodeDoubts({ username, groups }: Identity): readonly Gap[] {
  if (!username.startsWith('system:node:') && !groups.includes('system:nodes')) return [];
  return [{ need: null, reason: 'the Node authorizer decides by what runs on the node, which no source shows' }];
}
