/** The steps of a migration into a file of commands to read and paste, one step after the other. */
import type { MigrationPlan, MigrationStep } from '../model/migration.ts';
import { escapeText } from './escape.ts';

/** No script to run as a whole: after each step somebody looks. */
export function renderMigrationCommands({ answer, steps, generatedAt }: MigrationPlan): string {
  const head = [comment(answer), comment(`Planned ${generatedAt}. Take one step at a time, and look before the next.`)];
  return `${[head, ...steps.map(renderStep)].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function renderStep(
  { title, text, isOneWay, commands, checks, undo }: MigrationStep,
  index: number,
): readonly string[] {
  return [
    comment(`Step ${index + 1}: ${title}${isOneWay ? ' (cannot be undone)' : ''}`),
    comment(text),
    ...commands,
    ...(checks.length === 0 ? [] : ['# Check:', ...checks.map(comment)]),
    ...(undo.length === 0 ? [] : ['# Way back:', ...undo.map(comment)]),
  ];
}

/** One line whatever stands in it, so that none of it is ever run. */
function comment(text: string): string {
  return `# ${escapeText(text)}`;
}
