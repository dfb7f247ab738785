/** An evidence folder into one that may be shared: the same answers about other names. */
import { fingerprintOf } from '../findings/fingerprint.ts';
import type { Finding } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import type { EvidenceSink, Progress, RawFile } from '../ports.ts';
import { createRedactor, type Redactor } from '../redaction/redact-text.ts';

export interface RedactionTask {
  readonly files: readonly RawFile[];
  readonly sink: EvidenceSink;
  /** Whoever knows it can tell which word stands for which guess; a random one is best forgotten. */
  readonly seed: string;
  /** The audit of the folder as it is: accepted risks name findings by fingerprints, which follow the names. */
  readonly report: Report;
  readonly progress: Progress;
}

/** Gives the number of files written. */
export async function redactFiles({ files, sink, seed, report, progress }: RedactionTask): Promise<number> {
  const plain = createRedactor({ seed });
  const redactor = createRedactor({ seed, renamed: renameFingerprints(report, plain) });
  const names = new Set(files.map(({ file }) => file));
  for (const file of files) {
    progress.step(file.file);
    // Compressed files are written in full: what was in them must be read to be replaced. Of two that lie side by side
    // an audit reads the plain one, which the other must not overwrite.
    const plainName = file.file.replace(/\.gz$/, '');
    await sink.write(redactor.redact(names.has(plainName) ? file.file : plainName), redactLines(file, redactor));
  }
  progress.end();
  return files.length;
}

function renameFingerprints(report: Report, { redact }: Redactor): ReadonlyMap<string, string> {
  const findings = [...report.findings, ...report.clusters.flatMap((cluster) => cluster.findings)];
  return new Map(findings.map((finding) => [finding.fingerprint, renameFingerprint(finding, redact)]));
}

function renameFingerprint({ detection, cluster, subject }: Finding, redact: Redactor['redact']): string {
  const [kind = '', ...rest] = subject.split(':');
  const renamed = rest.length === 0 ? subject : `${kind}:${redact(rest.join(':'))}`;
  return fingerprintOf({
    detection,
    clusterArn: redact(cluster?.arn ?? ''),
    life: cluster?.life ?? null,
    subject: renamed,
  });
}

/** Line by line, so that a log of any size passes through; bytes that are no UTF-8 become the sign for it. */
async function* redactLines(file: RawFile, { redact }: Redactor): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of file.read()) {
    const text = decoder.decode(chunk, { stream: true });
    const end = text.lastIndexOf('\n') + 1;
    if (end > 0) yield redact(rest + text.slice(0, end));
    rest = end > 0 ? text.slice(end) : rest + text;
  }
  yield redact(rest + decoder.decode());
}
