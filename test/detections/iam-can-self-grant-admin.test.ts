import { iamCanSelfGrantAdmin } from '../../shared/detections/iam-can-self-grant-admin.ts';
import type { ShadowAdmin } from '../../shared/model/access.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut, ref } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';

const BUILDER = 'arn:aws:iam::111122223333:role/builder';
const shadow = (...ways: ShadowAdmin['ways']): ShadowAdmin => ({
  principal: parsePrincipal(BUILDER),
  ways,
  evidence: [ref('iam')],
});
const root = parsePrincipal('arn:aws:iam::111122223333:user/root-like');

describeDetection(iamCanSelfGrantAdmin, {
  fires: [
    {
      name: 'a role may make entries and associate policies',
      facts: {
        shadowAdmins: {
          administrators: [],
          others: [
            shadow(
              { action: 'eks:AssociateAccessPolicy', certainty: 'yes', condition: null },
              { action: 'eks:UpdateAccessEntry', certainty: 'conditional', condition: 'aws:SourceVpc is vpc-1' },
              { action: 'iam:PutRolePolicy', certainty: 'unknown', condition: null },
            ),
          ],
        },
      },
      subjects: [`iam:${BUILDER}`],
      severities: ['high'],
      says: 'eks:AssociateAccessPolicy, eks:UpdateAccessEntry if aws:SourceVpc is vpc-1, perhaps iam:PutRolePolicy',
    },
    {
      name: 'administrators of the account are listed once, together',
      facts: { shadowAdmins: { administrators: [root, parsePrincipal(BUILDER)], others: [] } },
      subjects: ['account:111122223333'],
      severities: ['info'],
      says: 'root-like, builder may do everything in account 111122223333',
    },
  ],
  staysQuiet: [
    { name: 'nobody may', facts: { shadowAdmins: { administrators: [], others: [] } } },
    { name: 'IAM was not read', facts: { accounts: [] } },
  ],
  cannotTell: [
    { name: 'IAM was denied', coverage: coverageBut(coverage('iam', 'denied')), missing: ['iam'] },
    {
      name: 'IAM was read in part',
      coverage: coverageBut(coverage('iam', 'partial')),
      status: 'partly-evaluated',
      missing: ['iam'],
    },
  ],
});
