import { describe, expect, test } from 'vitest';
import { associatePolicy, recreateAccessEntry, restoreAwsAuth, setEntryGroups } from '../../shared/rules/remedies.ts';
import { ADMIN_ROLE, accessEntry, associatedPolicy, cluster } from '../support/facts.ts';
import { namespaces } from '../support/grants.ts';

const PLACE = '--region eu-central-1 --cluster-name payments';

describe('recreateAccessEntry', () => {
  test('deletes the entry, makes it again as it was, and associates its policies', () => {
    const entry = accessEntry({
      username: 'ops:{{SessionName}}',
      groups: ['ops', "o'hara"],
      policies: [
        associatedPolicy(),
        associatedPolicy({ name: 'AmazonEKSViewPolicy', scope: namespaces('dev', 'test-*') }),
      ],
    });

    expect(recreateAccessEntry(cluster(), entry)).toEqual([
      `aws eks delete-access-entry ${PLACE} --principal-arn ${ADMIN_ROLE}`,
      `aws eks create-access-entry ${PLACE} --principal-arn ${ADMIN_ROLE} --type STANDARD --username 'ops:{{SessionName}}' --kubernetes-groups ops 'o'\\''hara'`,
      `aws eks associate-access-policy ${PLACE} --principal-arn ${ADMIN_ROLE} --policy-arn arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy --access-scope type=cluster`,
      `aws eks associate-access-policy ${PLACE} --principal-arn ${ADMIN_ROLE} --policy-arn arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy --access-scope '{"type":"namespace","namespaces":["dev","test-*"]}'`,
    ]);
  });
});

describe('associatePolicy', () => {
  test('quotes a hostile namespace', () => {
    expect(associatePolicy(cluster(), ADMIN_ROLE, { policyArn: 'p', scope: namespaces("x'; rm -rf /") })).toContain(
      `'{"type":"namespace","namespaces":["x'\\''; rm -rf /"]}'`,
    );
  });
});

describe('setEntryGroups', () => {
  test('clears the list where no group is left', () => {
    expect(setEntryGroups(cluster(), ADMIN_ROLE, [])).toBe(
      `aws eks update-access-entry ${PLACE} --principal-arn ${ADMIN_ROLE} --kubernetes-groups '[]'`,
    );
  });
});

describe('restoreAwsAuth', () => {
  test('writes every key of the copy, line ends and quotes as they were', () => {
    expect(restoreAwsAuth({ mapRoles: "- rolearn: x\n  username: o'hara\n" })).toBe(
      `printf %s '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"aws-auth","namespace":"kube-system"},"data":{"mapRoles":"- rolearn: x\\n  username: o'\\''hara\\n"}}' | kubectl create -f -`,
    );
  });
});
