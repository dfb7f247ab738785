import { callerControlledIdentity } from '../../shared/detections/caller-controlled-identity.ts';
import type { AwsAuthRow } from '../../shared/model/aws-auth.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuth, awsAuthRow, mapping } from '../support/facts.ts';
import { awsAuthWrite } from '../support/grants.ts';

const SUBJECT = `aws-auth:${ADMIN_ROLE}` as const;

function mapped(more: Partial<AwsAuthRow>) {
  return mapping({ via: 'aws-auth', row: awsAuthRow(more) });
}

describeDetection(callerControlledIdentity, {
  fires: [
    {
      name: 'the group is the session name: high',
      facts: { mappings: [mapped({ groups: ['viewers', 'team-{{SessionName}}'] })] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'chooses its group team-{{SessionName}}',
    },
    {
      name: 'the username is the session name: medium',
      facts: { mappings: [mapped({ username: '{{SessionName}}' }), mapped({ username: '{{SessionNameRaw}}@corp' })] },
      subjects: [SUBJECT, SUBJECT],
      severities: ['medium', 'medium'],
    },
    {
      name: 'the username holds the access key: medium',
      facts: { mappings: [mapped({ username: 'admin:{{AccessKeyID}}' })] },
      subjects: [SUBJECT],
      severities: ['medium'],
    },
    {
      name: 'both are chosen: high',
      facts: { mappings: [mapped({ username: '{{SessionName}}', groups: ['{{SessionNameRaw}}'] })] },
      subjects: [SUBJECT],
      severities: ['high'],
      says: 'its group {{SessionNameRaw}} and its username {{SessionName}}',
    },
    {
      name: 'a record writes the row',
      records: [awsAuthWrite(awsAuth({ rows: [awsAuthRow({ groups: ['{{SessionName}}'] })] }))],
      subjects: [SUBJECT],
      severities: ['high'],
    },
  ],
  staysQuiet: [
    {
      name: 'the username has a fixed beginning',
      facts: {
        mappings: [mapped({ username: 'dev:{{SessionName}}' }), mapped({ username: '{{AccountID}}:{{SessionName}}' })],
      },
    },
    {
      name: 'the rows of nodes and Fargate pods',
      facts: {
        mappings: [
          mapped({ username: 'system:node:{{EC2PrivateDNSName}}', groups: ['system:bootstrappers', 'system:nodes'] }),
          mapped({ username: 'system:node:{{SessionName}}', groups: ['system:nodes', 'system:node-proxier'] }),
        ],
      },
    },
    {
      name: 'the row does not count',
      facts: { mappings: [{ ...mapped({ username: '{{SessionName}}' }), inert: 'mode' }] },
    },
    {
      name: 'a record leaves the row as it was',
      records: [
        awsAuthWrite(awsAuth({ rows: [awsAuthRow({ groups: ['dev'] })] })),
        awsAuthWrite(awsAuth({ rows: [awsAuthRow({ groups: ['dev'] })] })),
      ],
    },
  ],
  cannotTell: [
    {
      name: 'neither aws-auth nor the audit log were read',
      coverage: coverageBut(coverage('aws-auth', 'denied'), coverage('audit-log', 'disabled')),
      missing: ['aws-auth', 'audit-log'],
    },
  ],
});
