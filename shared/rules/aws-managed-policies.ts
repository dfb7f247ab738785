/** The AWS managed policies whose content decides answers, for details that name them without their text (read 2026-09). */
import type { PolicyDocument, Statement } from '../model/iam.ts';
import { parseArn } from './arn.ts';

function allow(actions: Pick<Statement, 'actions' | 'notActions'>): Statement {
  return {
    sid: null,
    effect: 'Allow',
    ...actions,
    resources: ['*'],
    notResources: null,
    principals: null,
    notPrincipals: null,
    conditions: {},
  };
}

const STATEMENTS: ReadonlyMap<string, readonly Statement[]> = new Map([
  ['AdministratorAccess', [allow({ actions: ['*'], notActions: null })]],
  [
    'PowerUserAccess',
    [
      allow({ actions: null, notActions: ['iam:*', 'organizations:*', 'account:*'] }),
      allow({
        actions: [
          'account:GetAccountInformation',
          'account:GetPrimaryEmail',
          'account:ListRegions',
          'iam:CreateServiceLinkedRole',
          'iam:DeleteServiceLinkedRole',
          'iam:ListRoles',
          'organizations:DescribeEffectivePolicy',
          'organizations:DescribeOrganization',
        ],
        notActions: null,
      }),
    ],
  ],
  [
    'IAMFullAccess',
    [allow({ actions: ['iam:*', 'organizations:Describe*', 'organizations:List*'], notActions: null })],
  ],
]);

/** null for a customer's policy and for one whose content is not known here. */
export function findManagedPolicy(arn: string): PolicyDocument | null {
  const parsed = parseArn(arn);
  if (parsed?.service !== 'iam' || parsed.account !== 'aws') return null;
  const name = parsed.resource.replace(/^policy\//, '');
  const statements = STATEMENTS.get(name);
  return statements === undefined ? null : { name, arn, statements, version: '2012-10-17' };
}
