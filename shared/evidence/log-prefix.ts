/** Turns what exports and followers put before a log line into its time and stream, and the line behind it. */
import { parseLogTime } from './log-time.ts';

export interface PrefixedLine {
  readonly at: string | null;
  readonly stream: string | null;
  readonly rest: string;
}

/** The S3 export and `aws logs tail` put the time first, the latter the stream behind it; container runtimes `stderr F`. */
const PREFIX =
  /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)?)\s+(?:std(?:out|err) [FP] )?(?:([a-z-]+-[0-9a-f]{16,64})\s+)?(?=\S)/;

/** null when the line has no such prefix. */
export function parseLogPrefix(text: string): PrefixedLine | null {
  const [prefix, time, stream] = PREFIX.exec(text) ?? [];
  if (prefix === undefined) return null;
  return { at: parseLogTime(time), stream: stream ?? null, rest: text.slice(prefix.length) };
}

/** Streams of a cluster's log group that hold neither audit events nor authenticator lines. */
const OTHER_STREAM = /^(?:kube-apiserver-(?!audit)|kube-controller-manager-|kube-scheduler-|cloud-controller-manager-)/;

/** The form in which the other components of the control plane log, and the steps of their traces. */
const OTHER_LINE = /^(?:[IWEF]\d{4} \d\d:\d\d:\d\d\.\d{6} +\d+ \S+?:\d+\] |Trace\[\d+\]: )/;

export function isOtherComponent(text: string, stream: string | null): boolean {
  return (stream !== null && OTHER_STREAM.test(stream)) || OTHER_LINE.test(text);
}
