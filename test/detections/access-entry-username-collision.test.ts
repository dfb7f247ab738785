import { accessEntryUsernameCollision } from '../../shared/detections/access-entry-username-collision.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, accessEntry, mapping, resolvedBinding, subject } from '../support/facts.ts';
import { cloudTrailEvent } from '../support/records.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const DEFAULT = 'arn:aws:sts::111122223333:assumed-role/platform-admin/{{SessionName}}';
const ALICE = 'arn:aws:iam::111122223333:user/alice';

function named(username: string, groups: readonly string[] = []) {
  return mapping({ entry: accessEntry({ username, groups }) });
}

function bound(name: string) {
  return resolvedBinding({ subjects: [subject('User', name)], level: 'limited' });
}

function writeName(username: string) {
  return cloudTrailEvent({ eventName: 'UpdateAccessEntry', principalArn: ADMIN_ROLE, request: { username } });
}

describeDetection(accessEntryUsernameCollision, {
  fires: [
    {
      name: 'a binding names the username already',
      facts: { mappings: [named('alice')], bindings: [bound('alice')] },
      subjects: [SUBJECT],
      says: 'its username is alice, a user that bindings of the cluster name already',
    },
    {
      name: 'the caller can choose a session that comes out as a bound user',
      facts: { mappings: [named('ops:{{SessionName}}')], bindings: [bound('ops:lead'), bound('dev:lead')] },
      subjects: [SUBJECT],
      says: 'come out as the bound user ops:lead',
    },
    {
      name: 'the session name stands alone, whatever is bound',
      facts: { mappings: [named('{{SessionNameRaw}}')] },
      subjects: [SUBJECT],
      says: 'which the caller chooses as a session name',
    },
    {
      name: 'the group is the session name',
      facts: { mappings: [named(DEFAULT, ['team:{{SessionName}}'])] },
      subjects: [SUBJECT],
      says: 'its group is team:{{SessionName}}, which the caller chooses',
    },
    {
      name: 'a record gives the entry a bound username',
      record: writeName('alice'),
      facts: { bindings: [bound('alice')] },
      subjects: [SUBJECT],
    },
    {
      name: 'a record leaves the whole username to the caller, where no binding is known',
      record: writeName('{{SessionName}}'),
      subjects: [SUBJECT],
    },
    {
      name: 'the username is hostile, and bound',
      facts: { mappings: [named('.*)+$<b>\n')], bindings: [bound('.*)+$<b>\n')] },
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    {
      name: 'the default username begins with the principal, bound sessions or not',
      facts: {
        mappings: [named(DEFAULT)],
        bindings: [bound('arn:aws:sts::111122223333:assumed-role/platform-admin/alice')],
      },
    },
    {
      name: 'the ARN of a user is its default username, and bound on purpose',
      facts: {
        mappings: [mapping({ entry: accessEntry({ principal: parsePrincipal(ALICE), username: ALICE }) })],
        bindings: [bound(ALICE)],
      },
    },
    {
      name: 'nobody binds the username',
      facts: { mappings: [named('alice'), named('ops:{{SessionName}}')], bindings: [bound('bob')] },
    },
    {
      name: 'a group of the same name is bound, not the user',
      facts: { mappings: [named('ops')], bindings: [resolvedBinding({ subjects: [subject('Group', 'ops')] })] },
    },
    {
      name: 'EKS names the entries of nodes',
      facts: {
        mappings: [
          mapping({ entry: accessEntry({ type: 'FARGATE_LINUX', username: 'system:node:{{SessionName}}' }) }),
          mapping({ entry: accessEntry({ type: 'EC2_LINUX', username: 'system:node:{{EC2PrivateDNSName}}' }) }),
        ],
        bindings: [bound('system:node:ip-192-0-2-7.eu-central-1.compute.internal')],
      },
    },
    {
      name: 'the entry is dead',
      facts: { mappings: [{ ...named('alice'), inert: 'principal-recreated' }], bindings: [bound('alice')] },
    },
    { name: 'a record gives a fixed username, where no binding is known', record: writeName('alice') },
    { name: 'a record leaves the username to EKS', record: cloudTrailEvent(), facts: { bindings: [bound('alice')] } },
  ],
  cannotTell: [
    { name: 'RBAC was not read', coverage: coverageBut(coverage('rbac', 'unavailable')), missing: ['rbac'] },
    {
      name: 'RBAC was read in part',
      coverage: coverageBut(coverage('rbac', 'partial')),
      status: 'partly-evaluated',
      missing: ['rbac'],
    },
  ],
});
