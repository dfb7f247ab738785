import { adminGrantUntagged } from '../../shared/detections/admin-grant-untagged.ts';
import { coverageBut, eksCoverage } from '../support/coverage.ts';
import { creator } from '../support/creators.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, accessEntry, cluster, facts, mapping } from '../support/facts.ts';
import { held } from '../support/grants.ts';

const { config } = facts();
const asking = { config: { ...config, tags: { ...config.tags, required: ['owner', 'ticket'] } } };
const admin = (tags: Readonly<Record<string, string>>) =>
  mapping({ policies: [held('AmazonEKSClusterAdminPolicy')], entry: accessEntry({ tags }) });

describeDetection(adminGrantUntagged, {
  fires: [
    {
      name: 'one tag is missing',
      facts: { ...asking, mappings: [admin({ owner: 'payments' })] },
      subjects: [`iam:${ADMIN_ROLE}`],
      severities: ['medium'],
      says: 'lacks the tag ticket.',
    },
    {
      name: 'both are missing or empty',
      facts: { ...asking, mappings: [admin({ owner: ' ' })] },
      subjects: [`iam:${ADMIN_ROLE}`],
      says: 'lacks the tags owner, ticket.',
    },
  ],
  staysQuiet: [
    { name: 'every tag is there', facts: { ...asking, mappings: [admin({ owner: 'payments', ticket: 'OPS-1' })] } },
    { name: 'no tag is asked for', facts: { mappings: [admin({})] } },
    { name: 'it is no admin', facts: { ...asking, mappings: [mapping()] } },
    { name: 'the door does not open', facts: { ...asking, mappings: [{ ...admin({}), inert: 'mode' }] } },
    {
      name: 'EKS made the entry for the creator',
      facts: {
        ...asking,
        cluster: cluster({ bootstrapCreatorAdmin: true }),
        creator: creator({ principalArn: ADMIN_ROLE }),
        mappings: [admin({})],
      },
    },
  ],
  cannotTell: [
    {
      name: 'entries were not read',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      missing: ['eks-api'],
    },
  ],
});
