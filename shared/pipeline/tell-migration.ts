/** A migration plan to people and machines: as one text, or as files. */
import type { MigrationPlan } from '../model/migration.ts';
import type { ReportSink } from '../ports.ts';
import { renderMigrationJson } from '../reports/answer-json.ts';
import { renderMigrationCloudformation } from '../reports/migration-cloudformation.ts';
import { renderMigrationCommands } from '../reports/migration-commands.ts';
import { renderMigrationEksctl } from '../reports/migration-eksctl.ts';
import { renderMigrationTerraform } from '../reports/migration-terraform.ts';
import { renderSheetMarkdown } from '../reports/sheet-markdown.ts';
import { renderSheetText, type SheetTextOptions } from '../reports/sheet-text.ts';
import { viewMigration } from '../reports/view-migration.ts';

export const MIGRATION_FORMATS = [
  'text',
  'json',
  'markdown',
  'commands',
  'eksctl',
  'terraform',
  'cloudformation',
] as const;
export type MigrationFormat = (typeof MIGRATION_FORMATS)[number];

/** What a file holds is the same on every machine. */
const IN_A_FILE: SheetTextOptions = { colour: false, width: 100 };

export function renderMigration(
  plan: MigrationPlan,
  format: MigrationFormat,
  options: SheetTextOptions = IN_A_FILE,
): string {
  switch (format) {
    case 'text':
      return renderSheetText(viewMigration(plan), options);
    case 'json':
      return renderMigrationJson(plan);
    case 'markdown':
      return renderSheetMarkdown(viewMigration(plan));
    case 'commands':
      return renderMigrationCommands(plan);
    case 'eksctl':
      return renderMigrationEksctl(plan);
    case 'terraform':
      return renderMigrationTerraform(plan);
    case 'cloudformation':
      return renderMigrationCloudformation(plan);
  }
}

const FILES: Readonly<Record<MigrationFormat, string>> = {
  text: 'migrate.txt',
  json: 'migrate.json',
  markdown: 'migrate.md',
  commands: 'migrate.commands.txt',
  eksctl: 'migrate.eksctl.yaml',
  terraform: 'migrate.tf',
  cloudformation: 'migrate.cloudformation.yaml',
};

/** Gives the paths, in the order of the formats. */
export async function writeMigration(
  plan: MigrationPlan,
  formats: readonly MigrationFormat[],
  sink: ReportSink,
): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const format of formats) paths.push(await sink.write(FILES[format], renderMigration(plan, format)));
  return paths;
}
