/** A call that changes a declared break-glass principal or its door, before the day on which it is needed. */
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { hasBreakGlass, isBreakGlass } from '../rules/declared.ts';

/** Of the many calls on a principal those by which it is opened for somebody, or shut. */
const CALLS: readonly string[] = [
  'UpdateAccessEntry',
  'DeleteAccessEntry',
  'UpdateAssumeRolePolicy',
  'AttachRolePolicy',
  'AttachUserPolicy',
  'CreateAccessKey',
  'CreateLoginProfile',
  'DeactivateMFADevice',
  'DeleteRolePolicy',
  'DeleteUserPolicy',
  'DetachRolePolicy',
  'DetachUserPolicy',
  'PutRolePolicy',
  'PutUserPolicy',
  'UpdateLoginProfile',
];

const SERVICES: ReadonlySet<string> = new Set(['eks.amazonaws.com', 'iam.amazonaws.com']);

export const breakGlassChanged: Detection = {
  id: 'break-glass-changed',
  ref: 'BG-004',
  title: 'Break-glass principal or its access changed',
  severity: 'high',
  needs: [['cloudtrail']],
  why: 'Whoever changes the principal that is kept for emergencies can open it for himself, or shut the last way in: neither shows until somebody needs it.',
  fix: 'Review the change with whoever owns the break-glass procedure, then prove that the door still works.',
  blindSpots:
    'Changes of aws-auth, of RBAC and of policies that the principal shares with others are other findings. Only principals declared under breakGlass in keyholder.yml are known. An audit of live AWS asks CloudTrail for changes of the access entry and of the trust policy, and for deletion, alone: policies, access keys, passwords and MFA devices show by events, and where a folder holds the files of a trail.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html'],
  attack: ['T1098'],
  cis: [],
  recurs: true,
  shownElsewhere: {
    because: 'nobody changes its break-glass role.',
    test: 'test/detections/break-glass-changed.test.ts',
  },
  // Without such a principal there is nothing that they could change.
  listCalls: (facts) => (hasBreakGlass(facts) ? CALLS : []),
  *observe(record, facts) {
    if (facts === null || record.source !== 'cloudtrail' || !SERVICES.has(record.eventSource)) return;
    const { principalArn, succeeded, readOnly, eventName, actor, evidence } = record;
    if (!succeeded || readOnly || principalArn === null || !isBreakGlass(principalArn, facts)) return;
    yield {
      subject: `iam:${principalArn}`,
      summary: `${nameActor(actor)} called ${eventName} on ${principalArn}, which is kept for emergencies.`,
      actor: nameActor(actor),
      isPast: true,
      evidence: [evidence],
    };
  },
};
