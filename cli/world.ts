/** What a command touches outside of itself: two streams, the clock, and how the terminal wants to be written to. */
import type { AwsSettings, TerminalSettings } from '../shared/config.ts';
import { KeyholderError } from '../shared/errors.ts';
import type { LogSubscriptions, OpenAccessLook, OpenEventSender, OpenLiveProbes } from '../shared/live-ports.ts';
import type { Clock, FindingStore, OpenLiveSources } from '../shared/ports.ts';

export interface OutputStream {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  readonly write: (text: string, done: (error?: Error | null) => void) => unknown;
}

export interface World {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly clock: Clock;
  readonly settings: TerminalSettings;
  readonly aws: AwsSettings;
  /** Stands in for the AWS SDK. */
  readonly openLiveSources?: OpenLiveSources;
  readonly openAccessLook?: OpenAccessLook;
  readonly openLiveProbes?: OpenLiveProbes;
  readonly openSubscriptions?: (region: string) => LogSubscriptions;
  readonly openEventSender?: OpenEventSender;
  readonly openTable?: () => FindingStore;
  /** Stands in for time that passes. */
  readonly wait?: (ms: number) => Promise<void>;
  /** Calls back at Ctrl-C, once, instead of ending the process; what it returns gives that up. */
  readonly onInterrupt?: (interrupt: () => void) => () => void;
}

/** Waits until the text is out, so that a pipe gets all of it before the process ends. */
export async function print(stream: OutputStream, text: string): Promise<void> {
  const error = await new Promise<Error | null>((resolve) => {
    stream.write(text, (failure) => resolve(failure ?? null));
  });
  // `keyholder audit | head` closes the pipe when it has seen enough.
  if (error === null || ('code' in error && error.code === 'EPIPE')) return;
  throw new KeyholderError('write-failed', `expected to write to standard output, got ${error.message}`, {
    cause: error,
  });
}

export function hasColour({ stdout, settings }: World): boolean {
  return stdout.isTTY === true && !settings.plain;
}
