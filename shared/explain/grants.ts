/** A door and a request into the least that has to be granted through it. */
import type { Mapping } from '../model/access.ts';
import type { AccessEntry } from '../model/eks.ts';
import type { Subject } from '../model/rbac.ts';
import { policyAnswers } from '../rules/access-policies.ts';
import {
  accessPolicyArn,
  associatePolicy,
  BACK_UP_AWS_AUTH,
  EDIT_AWS_AUTH,
  setEntryGroups,
} from '../rules/remedies.ts';
import { isOpen } from '../rules/usernames.ts';
import { createGrant, findFreeName, nameGrant } from './grant-commands.ts';
import type { Question } from './question.ts';

export interface Mend {
  readonly commands: readonly string[];
  readonly advice: string | null;
}

const VIEW = 'AmazonEKSViewPolicy';

/** The policy that reads alone, where it is enough; else a role with this one permission, for a group of the entry. */
export function grantThroughEntry(question: Question, entry: AccessEntry): Mend {
  const { cluster } = question.facts;
  const { arn } = entry.principal;
  if (isViewEnough(question)) return { commands: [associateView(question, entry)], advice: null };
  const group = findOwnGroup(entry.groups);
  if (group !== null) return { commands: createGrant(question, groupNamed(group)), advice: wordOthers(group) };
  const added = nameGroup(question);
  return {
    commands: [setEntryGroups(cluster, arn, [...entry.groups, added]), ...createGrant(question, groupNamed(added))],
    advice: null,
  };
}

/** For an entry that is to be made: whether it needs a group, and what to grant besides. */
export function grantToNewEntry(
  question: Question,
  arn: string,
): { readonly groups: readonly string[]; readonly commands: readonly string[] } {
  if (isViewEnough(question))
    return { groups: [], commands: [associateView(question, { principal: { arn }, policies: [] })] };
  const group = nameGroup(question);
  return { groups: [group], commands: createGrant(question, groupNamed(group)) };
}

/** A row can carry a group: its own, where it has one that is no system group, else one that has to be written into it. */
export function grantThroughRow(question: Question, { identity, row }: Mapping): Mend {
  const group = findOwnGroup(identity.groups);
  if (group !== null) return { commands: createGrant(question, groupNamed(group)), advice: wordOthers(group) };
  const { username } = identity;
  if (username !== '' && !isOpen(username) && !username.startsWith('system:')) {
    return { commands: createGrant(question, { kind: 'User', name: username, namespace: null }), advice: null };
  }
  const added = nameGroup(question);
  const where = row === null ? 'a row of its own in aws-auth' : `the row in line ${row.position.line} of aws-auth`;
  return {
    commands: [BACK_UP_AWS_AUTH, EDIT_AWS_AUTH, ...createGrant(question, groupNamed(added))],
    advice: `Write the group ${added} into ${where}.`,
  };
}

/** A name that no binding has yet, so that nothing else comes along with it. */
export function nameGroup({ facts, ask }: Question): string {
  const bound = [...facts.bindingsBySubject.keys()].flatMap((key) => (key.startsWith('Group/') ? [key.slice(6)] : []));
  return findFreeName(nameGrant(ask.request), new Set(bound));
}

export function isViewEnough({ ask }: Pick<Question, 'ask'>): boolean {
  return ask.isNamespaced && policyAnswers(VIEW, ask.request) === 'yes';
}

/** Associating a policy again replaces its scope, so the namespaces that it has stay on the list. */
function associateView(
  { facts, ask }: Question,
  entry: { readonly principal: Pick<AccessEntry['principal'], 'arn'>; readonly policies: AccessEntry['policies'] },
): string {
  const policyArn = accessPolicyArn(facts.cluster, VIEW);
  const { namespace } = ask.request;
  if (namespace === '')
    return associatePolicy(facts.cluster, entry.principal.arn, { policyArn, scope: { type: 'cluster' } });
  const scopes = entry.policies.filter(({ name }) => name === VIEW).map(({ scope }) => scope);
  const known = scopes.flatMap((scope) => (scope.type === 'namespace' ? scope.namespaces : []));
  const namespaces = [...new Set([...known, namespace])];
  return associatePolicy(facts.cluster, entry.principal.arn, { policyArn, scope: { type: 'namespace', namespaces } });
}

export function groupNamed(name: string): Subject {
  return { kind: 'Group', name, namespace: null };
}

function findOwnGroup(groups: readonly string[]): string | null {
  return groups.find((group) => group !== '' && !group.startsWith('system:') && !isOpen(group)) ?? null;
}

function wordOthers(group: string): string {
  return `Whoever else is in group ${group} gets it as well.`;
}
