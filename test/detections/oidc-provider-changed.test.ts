import { oidcProviderChanged } from '../../shared/detections/oidc-provider-changed.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cloudTrailEvent } from '../support/records.ts';
import { WITHOUT_CLOUDTRAIL } from '../support/without-cloudtrail.ts';

const oidc = { identityProviderConfigName: 'corporate', issuerUrl: 'https://login.example.com' };
const associate = cloudTrailEvent({
  eventName: 'AssociateIdentityProviderConfig',
  principalArn: null,
  request: { clusterName: 'payments', oidc },
});

describeDetection(oidcProviderChanged, {
  fires: [
    {
      name: 'a provider is associated',
      record: associate,
      subjects: ['cluster'],
      severities: ['high'],
      says: 'role/platform-admin associated the OIDC provider corporate (https://login.example.com) with payments.',
    },
    {
      name: 'a provider is disassociated',
      record: {
        ...associate,
        eventName: 'DisassociateIdentityProviderConfig',
        request: { clusterName: 'payments', identityProviderConfig: { type: 'oidc', name: 'corporate' } },
      },
      subjects: ['cluster'],
      says: 'disassociated the OIDC provider corporate from payments.',
    },
    {
      name: 'the record says next to nothing',
      record: { ...associate, request: {}, clusterName: null, region: null },
      subjects: ['cluster'],
      says: 'the OIDC provider that the record does not name with a cluster.',
    },
  ],
  staysQuiet: [
    { name: 'the call failed', record: { ...associate, succeeded: false, errorCode: 'AccessDeniedException' } },
    { name: 'the provider is read', record: { ...associate, eventName: 'DescribeIdentityProviderConfig' } },
    { name: 'another service has a call of the name', record: { ...associate, eventSource: 'rds.amazonaws.com' } },
  ],
  cannotTell: [...WITHOUT_CLOUDTRAIL],
});
