import { grantThenRevoke } from '../../shared/detections/grant-then-revoke.ts';
import type { CloudTrailEvent } from '../../shared/model/records.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE } from '../support/facts.ts';
import { PIPELINE, pipeline } from '../support/grants.ts';
import { auditEvent, cloudTrailEvent } from '../support/records.ts';
import { WITHOUT_CLOUDTRAIL } from '../support/without-cloudtrail.ts';

const SUBJECT = `iam:${ADMIN_ROLE}` as const;
const ADMIN_POLICY = { policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy' };
const VIEW_POLICY = { policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy' };

function call(eventName: string, time: string, more: Partial<CloudTrailEvent> = {}) {
  return cloudTrailEvent({ eventName, at: `2026-11-20T${time}Z`, principalArn: ADMIN_ROLE, actor: pipeline, ...more });
}

describeDetection(grantThenRevoke, {
  fires: [
    {
      name: 'an entry is made and deleted within the hour',
      records: [call('CreateAccessEntry', '08:00:00'), call('DeleteAccessEntry', '08:40:00')],
      subjects: [SUBJECT],
      severities: ['high'],
      says: `lost it 40 minutes later (DeleteAccessEntry), by ${PIPELINE}.`,
    },
    {
      name: 'a policy is associated and taken away, by another hand',
      records: [
        call('AssociateAccessPolicy', '08:00:00', { request: ADMIN_POLICY }),
        call('DisassociateAccessPolicy', '09:00:00', { request: ADMIN_POLICY, actor: cloudTrailEvent().actor }),
      ],
      subjects: [SUBJECT],
      says: `by ${PIPELINE}, and by ${ADMIN_ROLE}.`,
    },
    {
      name: 'the policy goes with the entry, and the records come in the wrong order',
      records: [
        call('DeleteAccessEntry', '08:20:00'),
        call('AssociateAccessPolicy', '08:00:00', { request: ADMIN_POLICY }),
      ],
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    {
      name: 'more than an hour lies between',
      records: [call('CreateAccessEntry', '08:00:00'), call('DeleteAccessEntry', '09:00:01')],
    },
    {
      name: 'Terraform replaces an entry: it takes before it gives',
      records: [call('DeleteAccessEntry', '08:00:00'), call('CreateAccessEntry', '08:00:05')],
    },
    {
      name: 'one policy is given and another taken away',
      records: [
        call('AssociateAccessPolicy', '08:00:00', { request: ADMIN_POLICY }),
        call('DisassociateAccessPolicy', '08:10:00', { request: VIEW_POLICY }),
      ],
    },
    {
      name: 'another principal loses access',
      records: [
        call('CreateAccessEntry', '08:00:00'),
        call('DeleteAccessEntry', '08:10:00', { principalArn: PIPELINE }),
      ],
    },
    {
      name: 'the principal loses access to another cluster, or in another region',
      records: [
        call('CreateAccessEntry', '08:00:00'),
        call('DeleteAccessEntry', '08:10:00', { clusterName: 'billing' }),
        call('DeleteAccessEntry', '08:10:00', { region: 'us-east-1' }),
      ],
    },
    {
      name: 'the deletion was refused',
      records: [call('CreateAccessEntry', '08:00:00'), call('DeleteAccessEntry', '08:10:00', { succeeded: false })],
    },
    {
      name: 'fragments have no time or principal, so that nothing is known of their order',
      records: [
        call('CreateAccessEntry', '08:00:00', { at: null }),
        call('CreateAccessEntry', '08:00:00', { principalArn: null }),
        call('DeleteAccessEntry', '08:10:00'),
        auditEvent(),
      ],
    },
  ],
  cannotTell: [...WITHOUT_CLOUDTRAIL],
});
