/** Answers to people and machines: as one text, or as files. */
import type { ErrorAnswer, Explanation, WhoCan } from '../model/explanation.ts';
import type { FirstAnswer } from '../model/first-answer.ts';
import type { Preflight } from '../model/preflight.ts';
import type { RecoveryPlan } from '../model/recovery.ts';
import type { ReportSink } from '../ports.ts';
import {
  renderErrorJson,
  renderExplanationJson,
  renderFirstAnswerJson,
  renderPreflightJson,
  renderRecoveryJson,
  renderWhoCanJson,
} from '../reports/answer-json.ts';
import type { Sheet } from '../reports/sheet.ts';
import { renderSheetMarkdown } from '../reports/sheet-markdown.ts';
import { renderSheetText, type SheetTextOptions } from '../reports/sheet-text.ts';
import { viewErrors } from '../reports/view-error.ts';
import { viewExplanation } from '../reports/view-explanation.ts';
import { viewFirstAnswer } from '../reports/view-first-answer.ts';
import { viewPreflight } from '../reports/view-preflight.ts';
import { viewRecovery } from '../reports/view-recovery.ts';
import { viewWhoCan } from '../reports/view-who-can.ts';

export const ANSWER_FORMATS = ['text', 'json', 'markdown'] as const;
export type AnswerFormat = (typeof ANSWER_FORMATS)[number];

/** One answer in every format, not rendered yet. */
export interface Told {
  /** Of its files, without the ending. */
  readonly name: string;
  readonly sheet: () => Sheet;
  readonly json: () => string;
}

export function tellExplanation(explanation: Explanation, now: string): Told {
  return {
    name: 'explain',
    sheet: () => viewExplanation(explanation),
    json: () => renderExplanationJson(explanation, now),
  };
}

export function tellErrors(text: string, answers: readonly ErrorAnswer[], now: string): Told {
  return { name: 'explain', sheet: () => viewErrors(answers), json: () => renderErrorJson(text, answers, now) };
}

export function tellWhoCan(answer: WhoCan, now: string): Told {
  return { name: 'who-can', sheet: () => viewWhoCan(answer), json: () => renderWhoCanJson(answer, now) };
}

export function tellRecovery(plan: RecoveryPlan): Told {
  return { name: 'recover', sheet: () => viewRecovery(plan), json: () => renderRecoveryJson(plan) };
}

export function tellFirstAnswer(answer: FirstAnswer): Told {
  return {
    name: 'first-answer',
    sheet: () => viewFirstAnswer(answer),
    json: () => renderFirstAnswerJson(answer),
  };
}

export function tellPreflight(preflight: Preflight): Told {
  return { name: 'preflight', sheet: () => viewPreflight(preflight), json: () => renderPreflightJson(preflight) };
}

/** What a file holds is the same on every machine. */
const IN_A_FILE: SheetTextOptions = { colour: false, width: 100 };

export function renderTold(told: Told, format: AnswerFormat, options: SheetTextOptions = IN_A_FILE): string {
  switch (format) {
    case 'text':
      return renderSheetText(told.sheet(), options);
    case 'json':
      return told.json();
    case 'markdown':
      return renderSheetMarkdown(told.sheet());
  }
}

const ENDINGS: Readonly<Record<AnswerFormat, string>> = { text: 'txt', json: 'json', markdown: 'md' };

/** Gives the paths, in the order of the formats. */
export async function writeTold(
  told: Told,
  formats: readonly AnswerFormat[],
  sink: ReportSink,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const format of formats) {
    paths.push(await sink.write(`${told.name}.${ENDINGS[format]}`, renderTold(told, format)));
  }
  return paths;
}
