#!/usr/bin/env node
/** The command line tool: the process's streams and clock into a run, and the run into an exit code. */
import { quietAwsSdk, readAwsSettings, readTerminalSettings } from '../shared/config.ts';
import { runKeyholder } from './run.ts';

// SIGINT is left to the system: it ends a write that waits on a full pipe as well, and the shell sees 130.
// Each write learns of its own failure; without a listener a closed pipe would end the process with a stack.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

quietAwsSdk();
process.exitCode = await runKeyholder(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: { now: () => new Date().toISOString() },
  settings: readTerminalSettings(),
  aws: readAwsSettings(),
});
