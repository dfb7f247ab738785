import { principalRecreated } from '../../shared/detections/principal-recreated.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE } from '../support/facts.ts';
import { login } from '../support/records.ts';
import { usage } from '../support/usage.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const first = login({ uniqueId: 'AROAOLD00000000000001', at: '2026-11-01T08:00:00Z', firstAt: null });
const second = login({ uniqueId: 'AROANEW00000000000001', at: '2026-11-20T08:00:00Z', firstAt: null });

describeDetection(principalRecreated, {
  fires: [
    {
      name: 'two ids log in under one ARN',
      records: [first, second],
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'logs in as AROANEW00000000000001, first seen at 2026-11-20T08:00:00Z; before it was AROAOLD00000000000001',
    },
    {
      name: 'the lines come in the wrong order',
      records: [second, first],
      subjects: [SUBJECT],
      says: 'logs in as AROANEW00000000000001',
    },
    {
      name: 'the log of an audit shows both',
      records: [],
      facts: {
        usage: [
          usage({ uniqueId: 'AROAOLD00000000000001', firstAt: '2026-11-01T08:00:00Z' }),
          usage({ uniqueId: 'AROANEW00000000000001', firstAt: '2026-11-20T08:00:00Z' }),
        ],
      },
      subjects: [SUBJECT],
    },
    {
      name: 'a new line shows another id than the log of the last audit',
      records: [second],
      facts: { usage: [usage({ uniqueId: 'AROAOLD00000000000001', firstAt: '2026-11-01T08:00:00Z' })] },
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'one id logs in many times', records: [first, { ...first, at: '2026-11-02T08:00:00Z' }] },
    {
      name: 'a permission set comes with a new role name',
      records: [
        { ...first, arn: 'arn:aws:iam::111122223333:role/AWSReservedSSO_Admins_0123456789abcdef' },
        { ...second, arn: 'arn:aws:iam::111122223333:role/AWSReservedSSO_Admins_fedcba9876543210' },
      ],
    },
    {
      name: 'a role and a user of one name',
      records: [
        first,
        { ...second, arn: 'arn:aws:iam::111122223333:user/platform-admin', uniqueId: 'AIDAEXAMPLE0000000001' },
      ],
    },
    { name: 'the root has the account for an id', records: [{ ...first, uniqueId: '111122223333' }, second] },
    { name: 'the id is cut from the line', records: [{ ...first, uniqueId: null }, second] },
    {
      name: 'the audit log alone shows another id',
      records: [second],
      facts: { usage: [usage({ source: 'audit-log', uniqueId: 'AROAOLD00000000000001' })] },
    },
  ],
  cannotTell: [
    {
      name: 'the authenticator log was not read',
      coverage: coverageBut(coverage('authenticator-log', 'unavailable')),
      missing: ['authenticator-log'],
    },
  ],
});
