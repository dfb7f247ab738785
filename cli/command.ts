/** What a command is given, and the list of them: one file each. */
import type { Command } from 'commander';
import type { World } from './world.ts';

export interface CommandContext {
  readonly world: World;
  /** Takes the exit code: 0 done, 1 done and the answer is the bad one. */
  readonly finish: (exitCode: number) => void;
}

export type AddCommand = (program: Command, context: CommandContext) => void;
