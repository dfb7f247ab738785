import { expect, test } from 'vitest';
import { identityCenterRoleReplaced } from '../../shared/detections/identity-center-role-replaced.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { accessEntry, associatedPolicy, facts, mapping } from '../support/facts.ts';
import { accountOf, iamRole, roleArn } from '../support/iam.ts';

const OLD = 'AWSReservedSSO_Platform_Admin_0123456789abcdef';
const NEW = 'AWSReservedSSO_Platform_Admin_fedcba9876543210';
const PATH = 'aws-reserved/sso.amazonaws.com/eu-central-1/';
const old = parsePrincipal(roleArn(PATH + OLD));
const gone = mapping({ principal: old, exists: false, inert: 'principal-gone' });
const row = mapping({ principal: parsePrincipal(roleArn(OLD)), via: 'aws-auth', exists: false });
const successor = accountOf([
  iamRole(`${PATH}AWSReservedSSO_Platform_Admin_aaaaaaaaaaaaaaaa`, { createdAt: '2025-01-01T00:00:00Z' }),
  iamRole(PATH + NEW, { createdAt: '2026-11-01T00:00:00Z' }),
]);

describeDetection(identityCenterRoleReplaced, {
  fires: [
    {
      name: 'the role of an access entry came back under another suffix',
      facts: { mappings: [gone], accounts: [successor] },
      subjects: [`iam:${roleArn(PATH + OLD)}`],
      severities: ['high'],
      says: `The permission set Platform_Admin has a new role, ${NEW}, and payments still maps ${OLD}`,
    },
    {
      name: 'the role of an aws-auth row came back under another suffix',
      facts: { mappings: [row], accounts: [successor] },
      subjects: [`iam:${roleArn(OLD)}`],
    },
  ],
  staysQuiet: [
    { name: 'the role exists', facts: { mappings: [{ ...gone, exists: true }], accounts: [successor] } },
    { name: 'whether it exists is not known', facts: { mappings: [{ ...gone, exists: null }], accounts: [successor] } },
    {
      name: 'another permission set has a role',
      facts: { mappings: [gone], accounts: [accountOf([iamRole(`${PATH}AWSReservedSSO_Platform_fedcba9876543210`)])] },
    },
    {
      name: 'the new role is mapped already',
      facts: {
        mappings: [
          gone,
          mapping({ principal: parsePrincipal(roleArn(PATH + NEW)) }),
          mapping({ principal: parsePrincipal(roleArn('AWSReservedSSO_Platform_Admin_aaaaaaaaaaaaaaaa')) }),
        ],
        accounts: [successor],
      },
    },
    {
      name: 'a role that only looks like one of Identity Center is gone',
      facts: {
        mappings: [mapping({ principal: parsePrincipal(roleArn('AWSReservedSSO_x')), exists: false })],
        accounts: [successor],
      },
    },
  ],
  cannotTell: [
    { name: 'IAM was denied', coverage: coverageBut(coverage('iam', 'denied')), missing: ['iam'] },
    {
      name: 'access entries were denied',
      coverage: coverageBut(eksCoverage({ 'access-entries': 'denied' })),
      missing: ['eks-api'],
    },
  ],
});

test('identity-center-role-replaced makes the new entry like the old one before it deletes that', () => {
  const entry = accessEntry({ principal: old, policies: [associatedPolicy()] });

  const [match] =
    identityCenterRoleReplaced.detect?.(facts({ mappings: [{ ...gone, entry }], accounts: [successor] })) ?? [];

  expect(match?.commands?.map((command) => command.split(' ').slice(0, 3).join(' '))).toEqual([
    'aws eks create-access-entry',
    'aws eks associate-access-policy',
    'aws eks delete-access-entry',
  ]);
  expect(match?.commands?.[0]).toContain(`assumed-role/${NEW}/`);
  expect(match?.commands?.[2]).toContain(OLD);
});

test('identity-center-role-replaced leaves a row of aws-auth to the editor, after a copy', () => {
  const [match] = identityCenterRoleReplaced.detect?.(facts({ mappings: [row], accounts: [successor] })) ?? [];

  expect(match?.commands).toEqual([
    'kubectl -n kube-system get configmap aws-auth -o yaml > aws-auth.bak.yaml',
    'kubectl -n kube-system edit configmap aws-auth',
  ]);
});
