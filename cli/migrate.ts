/** `keyholder migrate`: one cluster, of a folder or of live AWS, into the plan to leave aws-auth, with the proof that access stays the same. */
import { Option } from 'commander';
import { KeyholderError } from '../shared/errors.ts';
import { openEvidenceFolder } from '../shared/offline/evidence-folder.ts';
import { openRecordFile } from '../shared/offline/record-input.ts';
import { withTemporaryFolder } from '../shared/offline/temporary-folder.ts';
import { isMigrationProven, migrateCluster } from '../shared/pipeline/migrate.ts';
import {
  MIGRATION_FORMATS,
  type MigrationFormat,
  renderMigration,
  writeMigration,
} from '../shared/pipeline/tell-migration.ts';
import type { AddCommand } from './command.ts';
import { deliver } from './deliver.ts';
import { partLiveFromFolder } from './flag-rules.ts';
import { recordLive } from './live.ts';
import { addLiveOptions, type LiveOptions } from './live-options.ts';
import { createProgress } from './progress.ts';
import { addReportOptions, type ReportOptions, resolveNow } from './report-options.ts';
import type { World } from './world.ts';

interface MigrateOptions extends ReportOptions<MigrationFormat>, LiveOptions {
  readonly strict?: true;
  readonly verify?: true;
  readonly plan?: string;
  readonly allowDifferences?: true;
  readonly grantUnmatched?: true;
}

const EXAMPLES = `
Examples:
  keyholder migrate --cluster payments --region eu-central-1
  keyholder migrate --cluster payments --evidence evidence
  keyholder migrate --cluster payments --evidence evidence --out migration
  keyholder migrate --cluster payments --evidence evidence --format terraform > entries.tf
  keyholder migrate --cluster payments --evidence evidence --verify --plan migration/migrate.json

Every row of aws-auth becomes an access entry or a policy, or blocks, with the reason. What each principal can do before
and after is compared permission by permission; a row of which the access would change stays where it is. Nothing is run
and nothing is changed: the steps are commands, each with the way back, and the one-way ones are marked.`;

export const addMigrate: AddCommand = (program, { world, finish }) => {
  const command = program.command('migrate').summary('from aws-auth to access entries, with a proof that access stays');
  command
    .description(
      'Plan the move from aws-auth to access entries, and prove what each principal can do before and after.',
    )
    .addOption(new Option('--strict', 'exit code 1 when anything blocks or differs, or (--verify) is not as planned'))
    .addOption(new Option('--verify', 'after the switch: who came in by which door, as the logs show it'))
    .addOption(new Option('--plan <file>', 'with --verify: the migrate.json of the plan that was carried out'))
    .addOption(new Option('--allow-differences', 'plan to the end: what blocks is dropped, what differs moves'))
    .addOption(new Option('--grant-unmatched', 'move rows that never matched too: that grants access anew'));
  partLiveFromFolder(addLiveOptions(command), ['cluster']);
  addReportOptions(command, MIGRATION_FORMATS)
    .addHelpText('after', EXAMPLES)
    .action(async (options: MigrateOptions) => finish(await runMigrate(options, world)));
};

async function runMigrate(options: MigrateOptions, world: World): Promise<number> {
  if (options.plan !== undefined && options.verify !== true) {
    throw new KeyholderError('usage', 'expected --verify beside --plan, got --plan alone');
  }
  const isPlan = !['text', 'json', 'markdown'].includes(options.format ?? 'text');
  if (options.verify === true && isPlan) {
    throw new KeyholderError(
      'usage',
      `expected text, json or markdown for --format beside --verify, got ${options.format}`,
    );
  }
  if (options.cluster === undefined && options.evidence === undefined) {
    throw new KeyholderError('usage', 'expected --cluster NAME with the cluster to move, got no such flag');
  }
  const now = resolveNow(options.now, world);
  if (options.evidence !== undefined) return planFrom(options.evidence, { ...options, now }, world);
  return withTemporaryFolder(async (dir) => {
    await recordLive(options, { dir, now }, world);
    return planFrom(dir, { ...options, now }, world);
  });
}

async function planFrom(dir: string, options: MigrateOptions & { readonly now: string }, world: World) {
  const { cluster, now, verify, plan: earlier } = options;
  const progress = createProgress(world);
  const question = {
    ...{ cluster, now, progress },
    allowsDifferences: options.allowDifferences === true,
    grantsUnmatched: options.grantUnmatched === true,
    verify: verify === true ? { plan: earlier === undefined ? null : await openRecordFile(earlier) } : null,
  };
  const plan = await migrateCluster(openEvidenceFolder(dir), question).finally(progress.end);
  await deliver<MigrationFormat>(
    {
      formats: MIGRATION_FORMATS,
      render: (format, screen) => renderMigration(plan, format, screen),
      write: (formats, sink) => writeMigration(plan, formats, sink),
    },
    options,
    world,
  );
  return options.strict === true && !isMigrationProven(plan) ? 1 : 0;
}
