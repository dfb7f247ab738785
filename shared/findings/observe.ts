/** Records alone, without any state, into findings as they are met: what `keyholder detect` and the event path see. */
import type { Config } from '../model/config.ts';
import type { DetectionRule, Finding, Match } from '../model/finding.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { partitionOf } from '../rules/arn.ts';
import { fingerprintOf } from './fingerprint.ts';

export interface Observer {
  /** The findings that this record shows for the first time. */
  readonly add: (record: EvidenceRecord) => readonly Finding[];
  /** Those that take several records to show. */
  readonly end: () => readonly Finding[];
}

/**
 * `now` (ISO) stands in for the time of a record that has none; `declared` is what keyholder.yml says, where it is known.
 * Memory grows with the findings, not with the records.
 */
export function createObserver(
  detections: readonly DetectionRule[],
  now: string,
  declared: Pick<Config, 'breakGlass'> | null = null,
): Observer {
  const seen = new Set<string>();
  const correlators = detections.flatMap((detection) =>
    detection.correlate === undefined ? [] : [{ detection, correlator: detection.correlate(null) }],
  );
  const observers = detections.flatMap((detection) => {
    const { observe, observeDeclared } = detection;
    return [
      ...(observe === undefined ? [] : [{ detection, observe: (record: EvidenceRecord) => observe(record, null) }]),
      ...(observeDeclared === undefined || declared === null
        ? []
        : [{ detection, observe: (record: EvidenceRecord) => observeDeclared(record, declared) }]),
    ];
  });
  const onlyNew = (findings: readonly Finding[]): readonly Finding[] =>
    findings.filter(({ fingerprint }) => {
      const isNew = !seen.has(fingerprint);
      seen.add(fingerprint);
      return isNew;
    });
  return {
    // Plain loops: this runs for every detection and every record, and hardly ever finds anything.
    add(record) {
      for (const { correlator } of correlators) correlator.add(record);
      const findings: Finding[] = [];
      for (const { detection, observe } of observers) {
        for (const match of observe(record)) {
          const place = detection.scope === 'region' ? null : findPlace(record);
          findings.push(toFinding(detection, { at: record.at, ...match }, { place, now }));
        }
      }
      return onlyNew(findings);
    },
    end: () =>
      onlyNew(
        correlators.flatMap(({ detection, correlator }) =>
          [...correlator.matches()].map((match) => toFinding(detection, match, { place: null, now })),
        ),
      ),
  };
}

/** Only CloudTrail says which cluster it speaks of; the logs of a cluster leave that to whoever stored them. */
function findPlace(record: EvidenceRecord): Finding['cluster'] {
  if (record.source !== 'cloudtrail') return null;
  const { account, region, clusterName: name } = record;
  if (name === null || account === null || region === null) return null;
  return { arn: `arn:${partitionOf(region)}:eks:${region}:${account}:cluster/${name}`, name, life: null };
}

function toFinding(
  detection: DetectionRule,
  match: Match,
  { place, now }: { readonly place: Finding['cluster']; readonly now: string },
): Finding {
  const { subject, summary } = match;
  const at = match.at ?? null;
  return {
    fingerprint: fingerprintOf({ detection: detection.id, clusterArn: place?.arn ?? '', life: null, subject }),
    detection: detection.id,
    cluster: place,
    severity: match.severity ?? detection.severity,
    subject,
    summary,
    status: 'open',
    firstSeenAt: at ?? now,
    lastSeenAt: at ?? now,
    actor: match.actor ?? null,
    at,
    fix: match.commands ?? [],
    evidence: match.evidence,
    ...(match.gainers === undefined ? {} : { gainers: match.gainers }),
    acceptance: null,
  };
}
