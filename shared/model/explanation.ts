/** Answers to questions about one cluster: why somebody is allowed or denied, who can do a thing, and what an error means. */
import type { Access } from './access.ts';
import type { Need, Ref } from './coverage.ts';
import type { AuthenticationMode } from './eks.ts';
import type { AccessRequest } from './rbac.ts';

/** Where the way from an IAM identity to a permission can break, in the order in which it is walked. */
export const BROKEN_LINKS = [
  'principal:gone',
  'mapping:none',
  'mapping:path',
  'mapping:assumed-role-arn',
  'mapping:section-lost',
  'mapping:key-case',
  'mapping:row-invalid',
  'mapping:overridden-by-entry',
  'mapping:mode',
  'mapping:principal-recreated',
  'mapping:sso-suffix',
  'identity:no-groups',
  'identity:node-type',
  'rbac:no-binding', // no binding of this identity allows the verb on the resource
  'rbac:wrong-namespace',
  'rbac:role-missing',
  'policy:scope',
  'policy:rules',
] as const;
export type BrokenLink = (typeof BROKEN_LINKS)[number];

/** `unknown`: a source that could change the answer was not read, or AWS does not publish it. */
export type Allowed = boolean | 'unknown';

export interface PathStep {
  readonly step: 'principal' | 'mapping' | 'identity' | 'access-policy' | 'binding';
  readonly outcome: 'holds' | 'broken' | 'unknown';
  readonly text: string;
  readonly evidence: readonly Ref[];
}

/** What was not read, or cannot be, and could change the answer. */
export interface Gap {
  /** null where no source could tell it. */
  readonly need: Need | null;
  readonly reason: string;
}

/** The request as it was understood. */
export interface Ask {
  readonly request: AccessRequest;
  /** False for what lies in no namespace; then `request.namespace` is that of no question. */
  readonly isNamespaced: boolean;
  /** Such as "get pods in namespace payments". */
  readonly text: string;
}

/** The cluster that an answer is about. */
export interface AskedCluster {
  readonly arn: string;
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly version: string | null;
  readonly authenticationMode: AuthenticationMode | null;
}

export interface Explanation {
  readonly cluster: AskedCluster;
  /** As it was asked for. */
  readonly principal: string;
  readonly ask: Ask;
  readonly allowed: Allowed;
  /** null where allowed or unknown. */
  readonly brokenLink: BrokenLink | null;
  /** The answer in one line. */
  readonly answer: string;
  /** By what it is allowed, why it is denied, or what is not known. */
  readonly because: string;
  readonly path: readonly PathStep[];
  /** What `kubectl auth can-i` says, going by RBAC alone. */
  readonly canI: { readonly answer: 'yes' | 'no' | 'unknown'; readonly note: string };
  readonly gaps: readonly Gap[];
  readonly notes: readonly string[];
  /** What to do, in words; null where there is nothing to add to the commands. */
  readonly advice: string | null;
  /** Commands, those that only read first. Where the answer is unknown they show what is missing. */
  readonly mend: readonly string[];
}

export interface WhoCan {
  readonly cluster: AskedCluster;
  readonly ask: Ask;
  /** The answer in one line. */
  readonly answer: string;
  /** Those who can; the grant that allows it is the first of each. */
  readonly holders: readonly Access[];
  /** Those with an access policy of unknown rules, and nothing else that allows it. */
  readonly undecided: readonly Access[];
  /** Those who can in some namespaces, where the question is about all of them. */
  readonly elsewhere: readonly Access[];
  /** Callers without a login, where bindings would allow it and the API server refuses them. */
  readonly refused: readonly Access[];
  readonly gaps: readonly Gap[];
  readonly notes: readonly string[];
}

/** Who asked for what, as the text of a Forbidden error says. */
export interface ForbiddenRequest {
  readonly user: string;
  readonly verb: string;
  readonly resource: string;
  readonly apiGroup: string;
  readonly namespace: string | null;
  readonly name: string | null;
}

export interface ErrorAnswer {
  /** kebab-case, never renamed. */
  readonly id: string;
  readonly title: string;
  readonly cause: string;
  readonly request: ForbiddenRequest | null;
  /** Commands that only read; the first tells who one is. Words in capitals stand for what the text does not name. */
  readonly checks: readonly string[];
  /** What to do about it. */
  readonly mend: string;
  readonly commands: readonly string[];
}
