import { userOrRootMappedToAdmin } from '../../shared/detections/user-or-root-mapped-to-admin.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, awsAuthRow, facts, mapping, resolvedBinding, subject } from '../support/facts.ts';
import { userArn } from '../support/iam.ts';

const ALICE = userArn('alice');
const ROOT = 'arn:aws:iam::111122223333:root';

function mapped(arn: string, ...groups: readonly string[]) {
  return mapping({
    via: 'aws-auth',
    principal: parsePrincipal(arn),
    row: awsAuthRow({ arn, section: 'mapUsers', groups }),
    identity: { username: 'someone', groups },
  });
}

describeDetection(userOrRootMappedToAdmin, {
  fires: [
    {
      name: 'a user is in system:masters',
      facts: { mappings: [mapped(ALICE, 'system:masters')] },
      subjects: [`aws-auth:${ALICE}`],
      severities: ['high'],
      says: 'IAM user alice is an admin by aws-auth, as someone in system:masters',
    },
    {
      name: 'the root is in a group that is bound to cluster-admin',
      facts: { mappings: [mapped(ROOT, 'ops')], bindings: [resolvedBinding({ subjects: [subject('Group', 'ops')] })] },
      subjects: [`aws-auth:${ROOT}`],
      says: 'The root user of account 111122223333',
    },
    {
      name: 'the username of a user is bound to cluster-admin',
      facts: { mappings: [mapped(ALICE)], bindings: [resolvedBinding({ subjects: [subject('User', 'someone')] })] },
      subjects: [`aws-auth:${ALICE}`],
      says: 'in no group',
    },
  ],
  staysQuiet: [
    { name: 'a role is in system:masters', facts: { mappings: [mapped(ADMIN_ROLE, 'system:masters')] } },
    { name: 'a user only reads', facts: { mappings: [mapped(ALICE, 'viewers')] } },
    {
      name: 'the row does not count',
      facts: { mappings: [{ ...mapped(ALICE, 'system:masters'), inert: 'duplicate-row' }] },
    },
    {
      name: 'the user is kept for emergencies',
      facts: {
        mappings: [mapped(ALICE, 'system:masters')],
        config: { ...facts().config, breakGlass: [{ principal: ALICE, clusters: [] }] },
      },
    },
  ],
  cannotTell: [
    { name: 'aws-auth was not read', coverage: coverageBut(coverage('aws-auth', 'denied')), missing: ['aws-auth'] },
    { name: 'RBAC was not read', coverage: coverageBut(coverage('rbac', 'denied')), missing: ['rbac'] },
  ],
});
