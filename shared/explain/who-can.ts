/** The facts of a cluster and a request into everybody who can make it, each with the grant that allows it first. */

import type { Access } from '../model/access.ts';
import type { Gap, WhoCan } from '../model/explanation.ts';
import type { Facts } from '../model/facts.ts';
import { describeCluster } from '../rules/asked-cluster.ts';
import { findPartGap, findSourceGap } from '../rules/coverage-gaps.ts';
import { isAnonymousSubject } from '../rules/everyone.ts';
import { openAllowing } from './allowing-grants.ts';
import { isRefused, REFUSED } from './explain-subject.ts';
import { openQuestion } from './question.ts';
import { type AskedFor, parseAsk } from './request.ts';

export function whoCan(facts: Facts, asked: AskedFor): WhoCan {
  const ask = parseAsk(asked);
  const question = openQuestion(facts, ask);
  const judge = openAllowing(question);
  const holders: Access[] = [];
  const undecided: Access[] = [];
  const elsewhere: Access[] = [];
  const refused: Access[] = [];
  for (const row of facts.access) {
    const { allowing, isUndecided, inPart } = judge(row);
    if (allowing.length === 0) {
      if (isUndecided) undecided.push(row);
      else if (inPart.length > 0) elsewhere.push(putFirst(row, inPart));
    } else if (isAnonymous(row) && isRefused(question)) {
      refused.push({ ...putFirst(row, allowing), reason: REFUSED });
    } else holders.push(putFirst(row, allowing));
  }
  const gaps = listGaps(facts);
  return {
    cluster: describeCluster(facts),
    ask,
    answer: wordAnswer({ holders: holders.length, undecided: undecided.length, gaps: gaps.length }, ask.text),
    holders,
    undecided,
    elsewhere,
    refused,
    gaps,
    notes: listNotes(facts, { holders, elsewhere, refused }),
  };
}

function putFirst(row: Access, first: Access['grants']): Access {
  const taken = new Set(first);
  return { ...row, grants: [...first, ...row.grants.filter((grant) => !taken.has(grant))] };
}

function isAnonymous({ holder }: Access): boolean {
  const kind = holder.kind === 'kubernetes-user' ? 'User' : holder.kind === 'kubernetes-group' ? 'Group' : null;
  return kind !== null && isAnonymousSubject({ kind, name: holder.name });
}

function isEverybody({ holder }: Access): boolean {
  return holder.kind === 'kubernetes-group' && holder.name === 'system:authenticated';
}

/** What could hold further holders. */
function listGaps({ cluster, coverage }: Facts): readonly Gap[] {
  const mode = cluster.authenticationMode;
  const gaps = [
    mode === null ? findPartGap(coverage, 'cluster') : null,
    mode === 'CONFIG_MAP' ? null : findPartGap(coverage, 'access-entries'),
    mode === 'API' ? null : findSourceGap(coverage, 'aws-auth'),
    findSourceGap(coverage, 'rbac'),
  ];
  return gaps.filter((gap) => gap !== null);
}

function wordAnswer(
  found: { readonly holders: number; readonly undecided: number; readonly gaps: number },
  what: string,
): string {
  const { holders, undecided, gaps } = found;
  const atLeast = gaps > 0 ? 'at least ' : '';
  const open = undecided === 0 ? '' : `; ${undecided} undecided`;
  if (holders === 0)
    return `Nobody was found who can ${what}${gaps > 0 ? ', and not everything was read' : ''}${open}.`;
  const count = `${atLeast}${holders} ${holders === 1 ? 'holder' : 'holders'}`;
  return `${count.charAt(0).toUpperCase()}${count.slice(1)} can ${what}${open}.`;
}

function listNotes(
  { cluster, anonymousRefused }: Facts,
  { holders, elsewhere, refused }: Pick<WhoCan, 'holders' | 'elsewhere' | 'refused'>,
): readonly string[] {
  const gone = holders.filter(({ exists }) => exists === false).length;
  const unsure = holders.filter(({ exists, principalArn }) => principalArn !== null && exists === null).length;
  return [
    holders.some(isEverybody) ? 'Everybody who is logged in can: group system:authenticated is bound.' : null,
    holders.some(isAnonymous) ? 'Callers without a login can.' : null,
    holders.some(isAnonymous) && cluster.version === null && !anonymousRefused
      ? 'The version of the cluster is not known, and counts as older than 1.32.'
      : null,
    refused.length > 0 ? `Callers without a login: ${REFUSED}.` : null,
    gone > 0 ? `${gone} of them no longer exist: whoever creates the principal again has its access.` : null,
    unsure > 0 ? `Whether ${unsure} of them still exist is not known: their IAM was not read.` : null,
    elsewhere.length > 0 ? `${elsewhere.length} more can in some namespaces: ask with --namespace.` : null,
  ].filter((note) => note !== null);
}
