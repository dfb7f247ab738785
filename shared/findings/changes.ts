/** Rows of findings, before and after, into what is worth telling and to whom: a page now, or the digest. */
import type { Config } from '../model/config.ts';
import type { Renewed } from '../model/night.ts';
import type { EvidenceRecord } from '../model/records.ts';
import type { Change, ChangeKind, RememberedFinding } from '../model/remembered.ts';
import { msBetween } from '../rules/time.ts';
import { isDeclaredGrant, isGrant } from './gained.ts';

const BY_A_READ: ReadonlySet<string> = new Set(['audit', 'baseline', 'refresh']);

/** No event made it known: it came to light when the cluster was read. */
export function isOfRead({ cause }: Change): boolean {
  return BY_A_READ.has(cause);
}

/** Of whatever a row holds: a finding that can be told. Another version may have written it, and nobody else should have. */
export function isTellable(finding: Partial<RememberedFinding>): boolean {
  const { fingerprint, detection, severity, subject, summary, change, fix, evidence } = finding;
  const isNamed = [fingerprint, detection, severity, subject, summary].every((text) => typeof text === 'string');
  return isNamed && typeof change?.number === 'number' && Array.isArray(fix) && Array.isArray(evidence);
}

/** True when this row tells something that the one before it did not. */
export function isNews(before: RememberedFinding | null, after: RememberedFinding): boolean {
  return after.change.number > (before?.change.number ?? 0);
}

export type Route = 'page' | 'digest';

const WORTH_A_PAGE: ReadonlySet<ChangeKind> = new Set(['new', 'worsened', 'reopened', 'expired']);

/**
 * What an audit brings to light stands in the digest of its night, and all that stood at the first audit with it; an
 * acceptance that ran out is told at once, however it came to light, and so is an admin whom the read found that was
 * asked for because no event shows who came.
 */
export function routeBeforeRecord({ change, severity, detection, gainers = [] }: RememberedFinding): Route {
  if (!WORTH_A_PAGE.has(change.kind) || severity === 'info' || severity === 'low') return 'digest';
  // Where no read was ever whole each is a first one: what was accepted before has run out all the same.
  if (change.kind === 'expired') return 'page';
  if (change.cause === 'refresh') return isGrant({ detection, gainers }) ? 'page' : 'digest';
  return change.cause === 'baseline' || change.cause === 'audit' ? 'digest' : 'page';
}

/** Of what may be a page: whether a declared grantor only did what it is there for. */
export function routeChange(finding: RememberedFinding, record: EvidenceRecord | null, config: Config): Route {
  if (routeBeforeRecord(finding) === 'digest') return 'digest';
  return finding.change.kind !== 'expired' && isDeclaredGrant(finding, record, config) ? 'digest' : 'page';
}

/** Of those that stand: what came back or got worse after `from` (ISO), whatever showed it. */
export function listChangedSince(findings: readonly RememberedFinding[], from: string): ReadonlyMap<string, Renewed> {
  return new Map(
    findings.flatMap(({ fingerprint, change: { kind, at } }): [string, Renewed][] =>
      (kind === 'reopened' || kind === 'worsened') && msBetween(from, at) > 0 ? [[fingerprint, kind]] : [],
    ),
  );
}
