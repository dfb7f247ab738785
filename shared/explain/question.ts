/** One question about one cluster, with what every part of the answer looks things up in. */
import type { Ask } from '../model/explanation.ts';
import type { Facts } from '../model/facts.ts';
import type { Rbac } from '../model/rbac.ts';

/** An ARN in the text of aws-auth, whether or not it made it into a row. */
export interface Mention {
  readonly arn: string;
  readonly line: number;
}

export interface Question {
  readonly facts: Facts;
  readonly ask: Ask;
  /** Of `facts`, as the authorizer takes them: one object, so that it is indexed once. */
  readonly rbac: Rbac;
  /** Where aws-auth names whom; empty where it was not read. */
  readonly mentions: readonly Mention[];
}

export function openQuestion(facts: Facts, ask: Ask, mentions: readonly Mention[] = []): Question {
  return { facts, ask, rbac: { roles: facts.roles, bindings: facts.bindings }, mentions };
}
