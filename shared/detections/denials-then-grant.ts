/** One identity that is denied again and again, and then makes an admin. */
import type { Ref } from '../model/coverage.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { nameActor } from '../rules/actors.ts';
import { findAdminGrant } from '../rules/admin-grants-made.ts';
import { isAnonymousCaller } from '../rules/anonymous-requests.ts';
import { arnKey } from '../rules/arn.ts';
import { compareTimes, msBetween } from '../rules/time.ts';

const WINDOW_MS = 60 * 60_000;
const MANY = 3;
/** Of each identity, in memory: a grant holds those before it. */
const MOST_KEPT = 200;

export const denialsThenGrant: Detection = {
  id: 'denials-then-grant',
  ref: 'RB-017',
  title: 'Denials, and then a grant by the same identity',
  severity: 'high',
  needs: [['audit-log', 'cloudtrail']],
  why: 'Somebody tried what they may not, several times, and then found a way to give rights: that is how an escalation looks from outside.',
  fix: 'Read all that the identity did in that hour. Take the grant back, then end the sessions of the identity.',
  blindSpots:
    'An audit keeps the denials that concern access: writes of roles, bindings and aws-auth, Secrets, tokens, impersonation. Denied reads of ordinary objects are not among them. Who changes identity between the two is not seen as one.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/'],
  attack: ['T1613', 'T1098.006'],
  cis: [],
  recurs: true,
  shownElsewhere: {
    because: 'whoever is denied in its clusters gives nobody anything.',
    test: 'test/detections/denials-then-grant.test.ts',
  },
  correlate: (facts) => {
    const denials = new Map<string, Denied[]>();
    const grants: Granted[] = [];
    return {
      add(record) {
        const key = findIdentity(record);
        if (key === null || record.at === null) return;
        const { at, evidence } = record;
        if (isDenied(record)) keep(denials, key, { at, evidence });
        const what = findAdminGrant(record, facts);
        if (what !== null) grants.push({ key, at, what, evidence, record, before: [...(denials.get(key) ?? [])] });
      },
      matches: () => grants.flatMap((grant) => tell(grant, denials.get(grant.key) ?? []) ?? []),
    };
  },
};

interface Denied {
  readonly at: string;
  readonly evidence: Ref;
}

interface Granted extends Denied {
  readonly key: string;
  readonly what: string;
  readonly record: EvidenceRecord;
  /** What was known when it came: later denials may push these out, however many it takes. */
  readonly before: readonly Denied[];
}

/** The latest are kept, whatever the order in which they come. */
function keep(denials: Map<string, Denied[]>, key: string, denied: Denied): void {
  const known = denials.get(key);
  if (known === undefined) {
    denials.set(key, [denied]);
    return;
  }
  known.push(denied);
  if (known.length <= MOST_KEPT) return;
  known.sort((a, b) => compareTimes(a.at, b.at));
  known.splice(0, known.length - MOST_KEPT / 2);
}

/** By ARN across both planes; a user without one by its name. Those who are nobody have no identity. */
function findIdentity(record: EvidenceRecord): string | null {
  if (record.source === 'authenticator-log') return null;
  if (record.actor.principalArn !== null) return arnKey(record.actor.principalArn);
  if (record.source === 'cloudtrail' || isAnonymousCaller(record)) return null;
  return record.user.username === '' ? null : `user ${record.user.username}`;
}

function isDenied(record: EvidenceRecord): boolean {
  return record.source === 'audit-log' && (record.code === 403 || record.decision === 'forbid');
}

function tell({ at, what, evidence, record, before: known }: Granted, denials: readonly Denied[]): Match | null {
  if (record.source === 'authenticator-log') return null;
  const before = [...new Set([...known, ...denials])].filter((denied) => {
    const ms = msBetween(denied.at, at);
    return ms >= 0 && ms <= WINDOW_MS;
  });
  if (before.length < MANY) return null;
  const actor = nameActor(record.actor);
  const { principalArn } = record.actor;
  return {
    subject: principalArn === null ? `user:${actor}` : `iam:${principalArn}`,
    summary: `${actor} was denied ${before.length} times within an hour and then made an admin: ${what}.`,
    actor,
    at,
    isPast: true,
    evidence: [evidence, ...before.slice(-MANY).map((denied) => denied.evidence)],
  };
}
