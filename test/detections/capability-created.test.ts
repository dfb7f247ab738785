import { describe, expect, test } from 'vitest';
import { capabilityCreated } from '../../shared/detections/capability-created.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { cloudTrailEvent } from '../support/records.ts';
import { WITHOUT_CLOUDTRAIL } from '../support/without-cloudtrail.ts';

const roleArn = 'arn:aws:iam::111122223333:role/argo-cd';
const create = cloudTrailEvent({
  eventName: 'CreateCapability',
  principalArn: null,
  request: { clusterName: 'payments', capabilityName: 'argo', type: 'ARGOCD', roleArn },
});

describeDetection(capabilityCreated, {
  fires: [
    {
      name: 'a capability is created',
      record: create,
      subjects: [`iam:${roleArn}`],
      says: `role/platform-admin gave payments the capability argo with the role ${roleArn}, for which EKS makes an access entry.`,
    },
    {
      name: 'a capability gets another role',
      record: { ...create, eventName: 'UpdateCapability' },
      subjects: [`iam:${roleArn}`],
    },
    {
      name: 'the record says next to nothing',
      record: { ...create, request: {}, clusterName: null, region: null },
      subjects: ['cluster'],
      says: 'gave a cluster the capability that the record does not name with the role that the record does not name',
    },
  ],
  staysQuiet: [
    { name: 'the call failed', record: { ...create, succeeded: false, errorCode: 'AccessDeniedException' } },
    { name: 'a capability keeps its role', record: { ...create, eventName: 'UpdateCapability', request: {} } },
    { name: 'a capability is deleted', record: { ...create, eventName: 'DeleteCapability' } },
    { name: 'another service has a call of the name', record: { ...create, eventSource: 'b2bi.amazonaws.com' } },
  ],
  cannotTell: [...WITHOUT_CLOUDTRAIL],
});

describe('capability-created', () => {
  const [DESCRIBE, DELETE] = [
    'aws eks describe-access-entry --region eu-central-1 --cluster-name payments --principal-arn arn:aws:iam::111122223333:role/argo-cd',
    'aws eks delete-capability --region eu-central-1 --cluster-name payments --capability-name argo',
  ];

  test.each([
    ['CreateCapability', [DESCRIBE, DELETE]],
    ['UpdateCapability', [DESCRIBE]],
  ])('gives the commands that take back what %s gave', (eventName, commands) => {
    const [match] = [...(capabilityCreated.observe?.({ ...create, eventName }, null) ?? [])];

    expect(match?.commands).toEqual(commands);
  });
});
