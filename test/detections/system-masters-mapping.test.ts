import { systemMastersMapping } from '../../shared/detections/system-masters-mapping.ts';
import type { AwsAuthRow } from '../../shared/model/aws-auth.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access, awsAuth, awsAuthRow, cluster, grant, mapping } from '../support/facts.ts';
import { awsAuthWrite, held, PIPELINE } from '../support/grants.ts';

const SUBJECT = `aws-auth:${ADMIN_ROLE}` as const;
const NODES = 'arn:aws:iam::111122223333:role/nodes';
const masters = awsAuthRow({ groups: ['system:masters'] });
const nodes = awsAuthRow({
  arn: NODES,
  username: 'system:node:{{EC2PrivateDNSName}}',
  groups: ['system:bootstrappers', 'system:nodes'],
});
const audited = {
  findings: [],
  creators: [],
  lastGoodAwsAuth: [],
  firstAuditAt: { [cluster().arn]: '2026-10-01T03:00:00Z' },
};

/** The rows of roles, as the audit of the first night found them. */
function seenBefore(mapRoles: string) {
  const at = '2026-10-01T03:00:00Z';
  return { ...audited, lastGoodAwsAuth: [{ clusterArn: cluster().arn, at, data: { mapRoles } }] };
}

function mapped(row: AwsAuthRow) {
  const { arn, username, groups } = row;
  return mapping({ via: 'aws-auth', row, principal: parsePrincipal(arn), identity: { username, groups } });
}

function since(at: string | null) {
  return access({ grants: [grant({ via: 'aws-auth', detail: 'group system:masters', since: at })] });
}

describeDetection(systemMastersMapping, {
  fires: [
    {
      name: 'a row puts a role into the group',
      facts: { mappings: [mapped(masters)] },
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'the role of nodes is in the group as well',
      facts: { mappings: [mapped({ ...nodes, groups: [...nodes.groups, 'system:masters'] })] },
      subjects: [`aws-auth:${NODES}`],
    },
    {
      name: 'the row stood before the first audit, for all that is known: high',
      facts: { mappings: [mapped(masters)], state: audited, access: [since(null)] },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the row was written after the first audit: critical',
      facts: { mappings: [mapped(masters)], state: audited, access: [since('2026-11-01T10:00:00Z')] },
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'an entry of the same principal, admin as well, overrides the row for now',
      facts: {
        mappings: [
          mapping({ policies: [held('AmazonEKSClusterAdminPolicy')] }),
          { ...mapped(masters), inert: 'overridden-by-entry' },
        ],
      },
      subjects: [SUBJECT],
      says: 'the row opens again without it',
    },
    {
      name: 'a record adds the row',
      records: [awsAuthWrite(awsAuth({ rows: [nodes] })), awsAuthWrite(awsAuth({ rows: [nodes, masters] }))],
      subjects: [SUBJECT],
      severities: ['critical'],
      says: `${PIPELINE} wrote it so.`,
    },
    {
      name: 'a record writes the row again after the object was deleted',
      records: [
        awsAuthWrite(awsAuth({ rows: [masters] })),
        awsAuthWrite(null, { verb: 'delete' }),
        awsAuthWrite(awsAuth({ rows: [masters] }), { verb: 'patch' }),
      ],
      subjects: [SUBJECT, SUBJECT],
    },
    {
      name: 'the first record of aws-auth holds the row',
      records: [awsAuthWrite(awsAuth({ rows: [masters] }))],
      subjects: [SUBJECT],
      says: 'what it was before is not known here',
    },
    {
      name: 'the first record of an audited cluster holds the row: high, for nothing shows that it is new',
      records: [awsAuthWrite(awsAuth({ rows: [masters] }))],
      facts: { state: audited },
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the last audit saw an aws-auth that did not name the principal: critical, for the row is new',
      facts: { state: seenBefore('- rolearn: arn:aws:iam::111122223333:role/nodes\n  groups: [system:masters]\n') },
      records: [awsAuthWrite(awsAuth({ rows: [masters] }))],
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'the last audit saw the row in another group: critical, for that is new',
      facts: { state: seenBefore(`- rolearn: ${masters.arn}\n  groups: [viewers]\n`), mappings: [mapped(masters)] },
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'the last audit saw the row: high, for it stood',
      facts: { state: seenBefore(`- rolearn: ${masters.arn}\n  groups: [system:masters]\n`) },
      records: [awsAuthWrite(awsAuth({ rows: [masters] }))],
      subjects: [SUBJECT],
      severities: ['high'],
    },
    {
      name: 'the username of the row is hostile',
      facts: { mappings: [mapped({ ...masters, username: '<b>\n$(reboot)' })] },
      subjects: [SUBJECT],
      says: 'as <b>\n$(reboot): it may do anything',
    },
  ],
  staysQuiet: [
    { name: 'the rows of nodes', facts: { mappings: [mapped(nodes)] } },
    {
      name: 'the ARN of the row never matches',
      facts: { mappings: [{ ...mapped(masters), inert: 'arn-never-matches' }] },
    },
    { name: 'a later row replaces it', facts: { mappings: [{ ...mapped(masters), inert: 'duplicate-row' }] } },
    { name: 'the cluster does not read aws-auth', facts: { mappings: [{ ...mapped(masters), inert: 'mode' }] } },
    {
      name: 'an entry that allows little overrides the row',
      facts: {
        mappings: [
          mapping({ policies: [held('AmazonEKSViewPolicy')] }),
          { ...mapped(masters), inert: 'overridden-by-entry' },
        ],
      },
    },
    {
      name: 'a group whose name only holds that of the real one',
      facts: { mappings: [mapped({ ...masters, groups: ['system:masters-readers', 'xsystem:masters'] })] },
    },
    {
      name: 'a record leaves the row as it was',
      records: [
        awsAuthWrite(awsAuth({ rows: [nodes] })),
        awsAuthWrite(awsAuth({ rows: [awsAuthRow({ groups: ['viewers'] })] })),
        awsAuthWrite(awsAuth({ rows: [nodes] })),
      ],
    },
    {
      name: 'the write was a dry run, or refused',
      records: [
        awsAuthWrite(awsAuth({ rows: [masters] }), { dryRun: true }),
        awsAuthWrite(awsAuth({ rows: [masters] }), { code: 403, decision: 'forbid' }),
      ],
    },
    {
      name: 'a record writes the row where access entries alone count',
      records: [awsAuthWrite(awsAuth({ rows: [masters] }))],
      facts: { cluster: cluster({ authenticationMode: 'API' }) },
    },
    {
      name: 'a record writes a row that an entry overrides',
      records: [awsAuthWrite(awsAuth({ rows: [masters] }))],
      facts: { mappings: [mapping()] },
    },
  ],
  cannotTell: [
    {
      name: 'neither aws-auth nor the audit log were read',
      coverage: coverageBut(coverage('aws-auth', 'denied'), coverage('audit-log', 'disabled')),
      missing: ['aws-auth', 'audit-log'],
    },
    {
      name: 'the audit log was read in part',
      coverage: coverageBut(coverage('aws-auth', 'unavailable'), coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['audit-log', 'aws-auth'],
    },
  ],
});
