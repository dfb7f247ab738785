#!/usr/bin/env node
/** The command line tool: the process's streams and clock into a run, and the run into an exit code. */
import { quietAwsSdk, readAwsSettings, readTerminalSettings } from '../shared/config.ts';
import { runKeyholder } from './run.ts';

// But for the time of a live run, SIGINT is left to the system: it ends a write that waits on a full pipe as well, and the
// shell sees 130.
// Each write learns of its own failure; without a listener a closed pipe would end the process with a stack.
process.stdout.on('error', () => {});
process.stderr.on('error', () => {});

let isInterrupted = false;
quietAwsSdk();
const exitCode = await runKeyholder(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: { now: () => new Date().toISOString() },
  settings: readTerminalSettings(),
  aws: readAwsSettings(),
  onInterrupt: (interrupt) => {
    const listener = (): void => {
      isInterrupted = true;
      interrupt();
    };
    // Once: who asks twice does not want to wait for what is still to be stopped.
    process.once('SIGINT', listener);
    return () => process.off('SIGINT', listener);
  },
});
process.exitCode = isInterrupted ? 130 : exitCode;
