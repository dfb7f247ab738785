/** The evidence of a cluster as it stands into findings, verdicts and admins. */
import { listAdminKeys } from '../access/admin-keys.ts';
import type { Standing } from '../evidence/stand-now.ts';
import { listPeopleKeys } from '../findings/admin-people.ts';
import { evaluateCluster } from '../findings/evaluate.ts';
import type { Verdict } from '../model/coverage.ts';
import type { Finding } from '../model/finding.ts';
import { resolveStandingFacts } from './cluster-facts.ts';
import { DETECTION_RULES } from './detection-rules.ts';

export interface Evaluated {
  readonly findings: ReadonlyMap<string, Finding>;
  readonly verdicts: readonly Verdict[];
  /** Principals that hold admin, or stand behind one that does: by arnKey. */
  readonly admins: ReadonlySet<string>;
  /** Whoever can become an admin; null where somebody may be missing. */
  readonly known: ReturnType<typeof listPeopleKeys>;
}

/** `now`: ISO. Findings by fingerprint; those of the region are told by the events of its account, which name no cluster. */
export function evaluateStanding({ cluster, evidence }: Standing, now: string): Evaluated {
  const { facts, earlier } = resolveStandingFacts(cluster, evidence, now);
  const { findings, verdicts } = evaluateCluster(DETECTION_RULES, facts, earlier);
  return {
    findings: new Map(findings.map((finding) => [finding.fingerprint, finding])),
    verdicts,
    admins: listAdminKeys(facts.access),
    known: listPeopleKeys(facts),
  };
}
