/** The facts of a cluster and a question into its answer: allowed or not, along which path, and what would mend it. */
import type { Allowed, Explanation } from '../model/explanation.ts';
import type { Facts } from '../model/facts.ts';
import { describeCluster } from '../rules/asked-cluster.ts';
import { WHO_AM_I } from '../rules/identity-checks.ts';
import { wordSubject } from '../rules/subject-names.ts';
import { type Asker, parseAsker } from './asker.ts';
import { explainPrincipal } from './explain-principal.ts';
import { explainSubject } from './explain-subject.ts';
import { listGapChecks } from './gaps.ts';
import { listMentions } from './mentions.ts';
import { openQuestion, type Question } from './question.ts';
import { type AskedFor, parseAsk } from './request.ts';
import type { Verdict } from './verdict.ts';
import { wordPrincipal } from './words.ts';

export interface AccessQuestion extends AskedFor {
  /** An ARN, or the name of a Kubernetes user, group or service account. */
  readonly principal: string;
}

/** `awsAuthText` is the file itself, which also names those whose rows were lost; null where there is none. */
export function explainAccess(facts: Facts, asked: AccessQuestion, awsAuthText: string | null): Explanation {
  const asker = parseAsker(asked.principal);
  const ask = parseAsk(asked);
  const question = openQuestion(facts, ask, awsAuthText === null ? [] : listMentions(awsAuthText));
  const verdict = asker.kind === 'iam' ? explainPrincipal(question, asker) : explainSubject(question, asker);
  const { allowed, broken, path, gaps, notes } = verdict;
  return {
    cluster: describeCluster(facts),
    principal: asker.text,
    ask,
    allowed,
    brokenLink: broken?.link ?? null,
    answer: wordAnswer(allowed, wordAsker(asker), ask.text),
    because: toSentence(verdict.because),
    path,
    canI: wordCanI(verdict),
    gaps,
    notes,
    advice: broken?.advice ?? null,
    mend: listCommands(question, asker, verdict),
  };
}

function wordAsker(asker: Asker): string {
  if (asker.kind === 'subject') return wordSubject(asker.subject);
  const session = asker.session === null || asker.session === '' ? '' : `, session ${asker.session},`;
  return `${wordPrincipal(asker.principal)}${session}`;
}

function wordAnswer(allowed: Allowed, who: string, what: string): string {
  if (allowed === true) return `Allowed: ${who} may ${what}.`;
  return allowed === false ? `Denied: ${who} may not ${what}.` : `Unknown: whether ${who} may ${what}.`;
}

function toSentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

/** `kubectl auth can-i` asks all authorizers; its list, and whatever is asked with --as, leave access policies out. */
function wordCanI({ rbac, allowed }: Verdict): Explanation['canI'] {
  if (rbac === null)
    return { answer: 'no', note: 'It cannot log in, so that kubectl auth can-i fails like any other command.' };
  if (rbac === 'unknown') return { answer: 'unknown', note: 'What RBAC alone says is not known.' };
  if (rbac === 'yes') return { answer: 'yes', note: 'No access policy is needed for it.' };
  const note = 'RBAC alone does not allow it';
  return allowed === false
    ? { answer: 'no', note: `${note}, and no access policy does.` }
    : { answer: 'no', note: `${note}. Access policies show neither in kubectl auth can-i --list nor with --as.` };
}

function listCommands({ facts, ask }: Question, asker: Asker, { allowed, broken, gaps }: Verdict): readonly string[] {
  if (allowed === true) return [];
  const who = asker.kind === 'iam' ? [WHO_AM_I] : [];
  const principal = asker.kind === 'iam' ? asker.principal : null;
  return [...new Set([...who, ...(broken?.commands ?? listGapChecks(facts, { gaps, principal, ask }))])];
}
