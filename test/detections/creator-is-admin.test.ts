import { creatorIsAdmin } from '../../shared/detections/creator-is-admin.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { creation, creator } from '../support/creators.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cluster, mapping } from '../support/facts.ts';
import { held, namespaces, PIPELINE } from '../support/grants.ts';
import { actor } from '../support/records.ts';
import { WITHOUT_CLOUDTRAIL } from '../support/without-cloudtrail.ts';

const SUBJECT = `iam:${PIPELINE}` as const;
const principal = parsePrincipal(PIPELINE);
const ownEntry = mapping({ principal, policies: [held('AmazonEKSClusterAdminPolicy')] });
const hidden = mapping({ principal, via: 'cluster-creator' });
const configMap = cluster({ authenticationMode: 'CONFIG_MAP' });

function asked(accessConfig: object, response: Readonly<Record<string, unknown>> = {}) {
  return creation({ request: { name: 'payments', accessConfig }, response });
}

describeDetection(creatorIsAdmin, {
  fires: [
    {
      name: 'the entry of the creator holds cluster-admin',
      facts: { creator: creator(), mappings: [ownEntry] },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'created the cluster and is still its admin',
    },
    {
      name: 'the mode is CONFIG_MAP: always',
      facts: { cluster: configMap, creator: creator(), mappings: [hidden] },
      subjects: [SUBJECT],
      says: 'no API shows it',
    },
    {
      name: 'the mode is CONFIG_MAP, and nobody knows the creator',
      facts: {
        cluster: configMap,
        creator: creator({ principalArn: null, confidence: 'unknown' }),
        mappings: [mapping({ principal: parsePrincipal('not known'), via: 'cluster-creator' })],
      },
      subjects: ['cluster'],
      says: 'Whoever created payments',
    },
    {
      name: 'a record shows the cluster being created, and says nothing of bootstrap',
      record: creation(),
      subjects: [SUBJECT],
      says: 'created payments and so became its admin. Whether it still is',
    },
    {
      name: 'a record of old times has no access configuration',
      record: creation({ request: { clusterName: 'test' }, actor: actor({ principalArn: null, name: 'unknown' }) }),
      subjects: ['cluster'],
    },
    {
      name: 'the call asks for no admin, and mode CONFIG_MAP makes one all the same',
      record: asked({ bootstrapClusterCreatorAdminPermissions: false, authenticationMode: 'CONFIG_MAP' }),
      subjects: [SUBJECT],
    },
    {
      name: 'the call asks for no admin, and the answer says that there is one',
      record: asked(
        { bootstrapClusterCreatorAdminPermissions: false },
        { cluster: { accessConfig: { bootstrapClusterCreatorAdminPermissions: true } } },
      ),
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'the creator has no entry', facts: { creator: creator(), mappings: [mapping()] } },
    {
      name: 'the entry of the creator holds little',
      facts: {
        creator: creator(),
        mappings: [
          mapping({
            principal,
            policies: [held('AmazonEKSViewPolicy'), held('AmazonEKSClusterAdminPolicy', namespaces('dev'))],
          }),
        ],
      },
    },
    {
      name: 'the entry of the creator is dead',
      facts: { creator: creator(), mappings: [{ ...ownEntry, inert: 'principal-gone' }] },
    },
    {
      name: 'a record shows a cluster without bootstrap admin',
      record: asked({ bootstrapClusterCreatorAdminPermissions: false, authenticationMode: 'API' }),
    },
    {
      name: 'the cluster itself says that there is no bootstrap admin, whatever the record',
      record: creation(),
      facts: { cluster: cluster({ bootstrapCreatorAdmin: false }) },
    },
    { name: 'the creation failed', record: creation({ succeeded: false, errorCode: 'AccessDenied' }) },
  ],
  cannotTell: [...WITHOUT_CLOUDTRAIL],
});
