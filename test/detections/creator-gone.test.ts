import { creatorGone } from '../../shared/detections/creator-gone.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { creation, creator } from '../support/creators.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { ADMIN_ROLE, access, cluster, facts, mapping } from '../support/facts.ts';
import { PIPELINE } from '../support/grants.ts';
import { accountOf, iamRole } from '../support/iam.ts';
import { cloudTrailEvent } from '../support/records.ts';

const SUBJECT = `iam:${PIPELINE}` as const;
const gone = creator({ exists: false });
const configMap = cluster({ authenticationMode: 'CONFIG_MAP' });
const ofCreator = access({ principalArn: PIPELINE });
const newcomer = accountOf([iamRole('pipeline', { principal: parsePrincipal(PIPELINE, 'AROANEWCOMER000000001') })]);
const deletion = cloudTrailEvent({
  eventName: 'DeleteRole',
  eventSource: 'iam.amazonaws.com',
  clusterName: null,
  principalArn: PIPELINE,
});

describeDetection(creatorGone, {
  fires: [
    {
      name: 'IAM has no such role, and there is no other admin: critical',
      facts: { creator: gone },
      subjects: [SUBJECT],
      severities: ['critical'],
      says: 'no other admin is known who could get in',
    },
    {
      name: 'IAM has no such role, and another admin gets in: medium',
      facts: { creator: gone, access: [{ ...ofCreator, exists: false }, access()] },
      subjects: [SUBJECT],
      severities: ['medium'],
    },
    {
      name: 'the other admins are gone, machines, or limited: critical',
      facts: {
        creator: gone,
        access: [
          access({ exists: false }),
          access({ kind: 'workload' }),
          access({ level: 'limited' }),
          access({ holder: { kind: 'service-account', name: 'flux-system/flux' }, principalArn: null }),
        ],
      },
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'in mode CONFIG_MAP the name stays open to whoever takes it',
      facts: { cluster: configMap, creator: gone, access: [access()] },
      subjects: [SUBJECT],
      says: 'Whoever creates the name again may be admin of the cluster.',
    },
    {
      name: 'the entry of the creator is bound to an earlier role of the name',
      facts: {
        creator: creator(),
        mappings: [mapping({ principal: parsePrincipal(PIPELINE), inert: 'principal-recreated' })],
        access: [access()],
      },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'its access entry does not let it in',
    },
    {
      name: 'IAM shows another id than the record of the creation',
      facts: { cluster: configMap, creator: creator(), records: [creation()], accounts: [newcomer] },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: 'which may let it in as admin',
    },
    {
      name: 'IAM shows another id than the one that an earlier audit kept',
      facts: {
        creator: creator(),
        accounts: [newcomer],
        state: {
          ...facts().state,
          creators: [
            {
              clusterArn: cluster().arn,
              life: cluster().createdAt ?? '',
              principalArn: PIPELINE,
              uniqueId: 'AROAEXAMPLEPIPELINE01',
            },
          ],
        },
      },
      subjects: [SUBJECT],
      severities: ['critical'],
    },
    {
      name: 'a record deletes the creator',
      record: deletion,
      facts: { creator: creator(), access: [access()] },
      subjects: [SUBJECT],
      severities: ['medium'],
      says: `It was ${ADMIN_ROLE} who deleted it.`,
    },
    {
      name: 'a record creates the creator again',
      record: { ...deletion, eventName: 'CreateRole' },
      facts: { creator: creator(), access: [access()] },
      subjects: [SUBJECT],
    },
  ],
  staysQuiet: [
    { name: 'the creator is there', facts: { creator: creator() } },
    { name: 'IAM of its account was not read', facts: { creator: creator({ exists: null }) } },
    { name: 'the creator is not known', facts: { creator: creator({ principalArn: null, exists: null }) } },
    {
      name: 'IAM shows the id of the creation',
      facts: {
        creator: creator(),
        records: [creation()],
        accounts: [accountOf([iamRole('pipeline', { principal: parsePrincipal(PIPELINE, 'AROAEXAMPLEPIPELINE01') })])],
      },
    },
    { name: 'a record deletes a role of which no state is known', record: deletion },
    {
      name: 'a record deletes another role',
      record: { ...deletion, principalArn: ADMIN_ROLE },
      facts: { creator: creator() },
    },
  ],
  cannotTell: [
    { name: 'IAM was not read', coverage: coverageBut(coverage('iam', 'denied')), missing: ['iam'] },
    {
      name: 'CloudTrail was read in part',
      coverage: coverageBut(coverage('cloudtrail', 'partial')),
      status: 'partly-evaluated',
      missing: ['cloudtrail'],
    },
  ],
});
