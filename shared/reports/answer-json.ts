/** Answers to questions about one cluster into JSON: the contracts schema/explain.v1.json, who-can.v1.json, recover.v1.json, migrate.v1.json. */
import type { AlertTest } from '../model/alert-test.ts';
import type { Ask, ErrorAnswer, Explanation, WhoCan } from '../model/explanation.ts';
import type { FirstAnswer } from '../model/first-answer.ts';
import type { ClusterHistory, EstateDiff } from '../model/history.ts';
import type { MigrationPlan } from '../model/migration.ts';
import type { Preflight } from '../model/preflight.ts';
import type { RecoveryPlan } from '../model/recovery.ts';
import { escapeJson } from './escape.ts';

export function renderExplanationJson(explanation: Explanation, now: string): string {
  const { cluster, principal, ask, allowed, brokenLink, answer, because } = explanation;
  const { path, canI, gaps, notes, advice, mend } = explanation;
  return render({
    schema: 'keyholder.explain/v1',
    generatedAt: now,
    cluster,
    question: { principal, ...describeRequest(ask) },
    allowed,
    brokenLink,
    answer,
    because,
    path,
    canI,
    gaps,
    notes,
    advice,
    mend,
  });
}

export function renderErrorJson(text: string, answers: readonly ErrorAnswer[], now: string): string {
  return render({ schema: 'keyholder.explain/v1', generatedAt: now, error: text, answers });
}

export function renderPreflightJson(preflight: Preflight): string {
  return render({ ...preflight });
}

/** What was answered is the contract itself. */
export function renderAlertTestJson(test: AlertTest): string {
  return render(test);
}

export function renderFirstAnswerJson(answer: FirstAnswer): string {
  return render({ ...answer });
}

export function renderWhoCanJson(answer: WhoCan, now: string): string {
  const { cluster, ask, holders, undecided, elsewhere, refused, gaps, notes } = answer;
  return render({
    schema: 'keyholder.who-can/v1',
    generatedAt: now,
    cluster,
    question: describeRequest(ask),
    answer: answer.answer,
    holders,
    undecided,
    elsewhere,
    refused,
    gaps,
    notes,
  });
}

/** The plan is the contract itself. */
export function renderRecoveryJson(plan: RecoveryPlan): string {
  return render(plan);
}

/** The plan is the contract itself. */
export function renderMigrationJson(plan: MigrationPlan): string {
  return render(plan);
}

/** What was answered is the contract itself. */
export function renderHistoryJson(answer: ClusterHistory | EstateDiff): string {
  return render(answer);
}

/** null stands for what the question does not narrow down to. */
function describeRequest({ request }: Ask) {
  const { verb, resource, subresource, apiGroup, name, namespace, path } = request;
  return {
    verb,
    resource: path === null ? resource : null,
    subresource: subresource === '' ? null : subresource,
    apiGroup: path === null ? apiGroup : null,
    name: name === '' ? null : name,
    namespace: namespace === '' ? null : namespace,
    path,
  };
}

function render(content: object): string {
  return `${escapeJson(JSON.stringify(content, null, 2))}\n`;
}
