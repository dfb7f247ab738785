import { breakGlassUsed } from '../../shared/detections/break-glass-used.ts';
import { coverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { keepingForEmergencies } from '../support/emergency.ts';
import { ADMIN_ROLE } from '../support/facts.ts';
import { actor, auditEvent, cloudTrailEvent, denial, login } from '../support/records.ts';
import { usage } from '../support/usage.ts';

const SUBJECT = `iam:${ADMIN_ROLE}`;
const OTHER = 'arn:aws:iam::111122223333:role/deployer';
const other = actor({ principalArn: OTHER, name: OTHER });
const assumption = { eventName: 'AssumeRole', eventSource: 'sts.amazonaws.com', request: { roleArn: ADMIN_ROLE } };

describeDetection(breakGlassUsed, {
  fires: [
    {
      name: 'it logs in',
      record: login({ arn: ADMIN_ROLE }),
      facts: keepingForEmergencies(),
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'it asks the cluster',
      record: auditEvent({ actor: actor() }),
      facts: keepingForEmergencies(),
      subjects: [SUBJECT],
    },
    {
      name: 'it calls AWS',
      record: cloudTrailEvent(),
      facts: keepingForEmergencies(),
      subjects: [SUBJECT],
      says: 'called CreateAccessEntry',
    },
    {
      name: 'an audit kept that it logged in, and not the line that says so',
      facts: { ...keepingForEmergencies(), usage: [usage()] },
      subjects: [SUBJECT],
      says: `${ADMIN_ROLE}, which is kept for emergencies, logged in as platform-admin.`,
    },
    {
      name: 'the audit log alone shows it at work',
      facts: { ...keepingForEmergencies(), usage: [usage({ source: 'audit-log' })] },
      subjects: [SUBJECT],
      says: 'was at work as platform-admin',
    },
    {
      name: 'somebody assumes it',
      record: cloudTrailEvent({ ...assumption, actor: other }),
      facts: keepingForEmergencies(['payments']),
      subjects: [SUBJECT],
      says: 'was assumed',
    },
  ],
  staysQuiet: [
    { name: 'nothing is declared', record: login({ arn: ADMIN_ROLE }), facts: {} },
    { name: 'nothing is declared, and somebody was there', facts: { usage: [usage()] } },
    { name: 'no state is known', record: login({ arn: ADMIN_ROLE }) },
    {
      name: 'it is declared for another cluster',
      record: login({ arn: ADMIN_ROLE }),
      facts: keepingForEmergencies(['billing']),
    },
    {
      name: 'a role of the same name in another account logs in',
      record: login({ arn: 'arn:aws:iam::444455556666:role/platform-admin' }),
      facts: keepingForEmergencies(),
    },
    { name: 'it was refused', record: denial({ arn: ADMIN_ROLE }), facts: keepingForEmergencies() },
    {
      name: 'assuming it was refused',
      record: cloudTrailEvent({ ...assumption, actor: other, succeeded: false }),
      facts: keepingForEmergencies(),
    },
  ],
  cannotTell: [
    {
      name: 'no log was read',
      coverage: [coverage('authenticator-log', 'disabled')],
      missing: ['authenticator-log', 'audit-log', 'cloudtrail'],
    },
  ],
});
