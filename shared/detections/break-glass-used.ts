/** A declared break-glass principal in use: expected in an emergency, and in none other. */
import type { Ref } from '../model/coverage.ts';
import type { Detection, Match } from '../model/finding.ts';
import { hasBreakGlass } from '../rules/declared.ts';
import { type EmergencyUse, findEmergencyCallOf, findEmergencySession, findEmergencyUse } from '../rules/emergency.ts';
import { compareTimes } from '../rules/time.ts';

export const breakGlassUsed: Detection = {
  id: 'break-glass-used',
  ref: 'BG-001',
  title: 'Break-glass principal used',
  severity: 'high',
  needs: [['authenticator-log'], ['audit-log'], ['cloudtrail']],
  why: 'The principal is kept for emergencies: each use is one that somebody can name, or an intruder who found the strongest key.',
  fix: 'Ask who used it and for what emergency. When it is over, end the sessions, take back what was granted with it, and read the report of the use.',
  blindSpots:
    'Only principals declared under breakGlass in keyholder.yml are known. A drill looks like an emergency. One log alone shows a part of the use: the login without its calls, or the calls without the login.',
  references: ['https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_revoke-sessions.html'],
  attack: ['T1078.004'],
  cis: [],
  shownElsewhere: {
    because: 'nobody uses its break-glass role.',
    test: 'test/detections/break-glass-used.test.ts',
  },
  recurs: true,
  // The session that nobody used against the cluster yet shows in no log of it.
  listCalls: (facts) => (hasBreakGlass(facts) ? ['AssumeRole'] : []),
  *detect(facts) {
    // The last of them words the finding.
    for (const session of facts.usage.toSorted((a, b) => compareTimes(b.lastAt, a.lastAt))) {
      const used = findEmergencySession(session, facts);
      if (used !== null) yield { ...tell(used, session.evidence), at: session.lastAt };
    }
  },
  *observe(record, facts) {
    const used = facts === null ? null : findEmergencyUse(record, facts);
    if (used !== null) yield tell(used, record.evidence);
  },
  *observeDeclared(record, declared) {
    const used = findEmergencyCallOf(record, declared);
    if (used !== null) yield tell(used, record.evidence);
  },
};

function tell({ principal, what, actor }: EmergencyUse, evidence: Ref): Match {
  return {
    subject: principal.startsWith('arn:') ? `iam:${principal}` : `user:${principal}`,
    summary: `${principal}, which is kept for emergencies, ${what}.`,
    actor,
    isPast: true,
    evidence: [evidence],
  };
}
