import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findAccessPolicy, listAccessPolicies, policyAnswers } from '../../shared/rules/access-policies.ts';
import { request } from '../support/rules.ts';

describe('policyAnswers', () => {
  test.each([
    [
      'AmazonEKSClusterAdminPolicy',
      { verb: 'bind', apiGroup: 'rbac.authorization.k8s.io', resource: 'clusterroles' },
      'yes',
    ],
    ['AmazonEKSClusterAdminPolicy', { path: '/metrics' }, 'yes'],
    ['AmazonEKSAdminPolicy', { resource: 'pods', subresource: 'exec' }, 'yes'],
    ['AmazonEKSAdminPolicy', { resource: 'nodes' }, 'no'],
    ['AmazonEKSEditPolicy', { verb: 'create', apiGroup: 'rbac.authorization.k8s.io', resource: 'roles' }, 'no'],
    ['AmazonEKSViewPolicy', { resource: 'configmaps' }, 'yes'],
    ['AmazonEKSViewPolicy', { resource: 'secrets' }, 'no'],
    ['AmazonEKSAdminViewPolicy', { resource: 'nodes', subresource: 'proxy' }, 'yes'],
    ['AmazonEKSAdminViewPolicy', { path: '/metrics' }, 'no'],
    ['AWSBackupFullAccessPolicyForBackup', { verb: 'watch' }, 'no'],
    ['AmazonEKSKROPolicy', { verb: 'create', apiGroup: 'kro.run', resource: 'resourcegraphdefinitions' }, 'yes'],
    [
      'AmazonEKSKROPolicy',
      { verb: 'update', apiGroup: 'coordination.k8s.io', resource: 'leases', name: 'kro' },
      'unknown',
    ],
    ['AmazonEKSKROPolicy', { resource: 'secrets' }, 'unknown'],
    ['AmazonARCRegionSwitchScalingPolicy', { verb: 'update', apiGroup: 'apps', resource: 'deployments/scale' }, 'yes'],
    ['AmazonARCRegionSwitchScalingPolicy', { verb: 'delete' }, 'unknown'],
    ['AmazonEKSComputePolicy', {}, 'unknown'],
    ['AmazonEKSTomorrowPolicy', {}, 'unknown'],
    ['__proto__', {}, 'unknown'],
  ] as const)('answers for %s and %o', (name, asked, answer) => {
    expect(policyAnswers(name, request(asked))).toBe(answer);
  });
});

describe('findAccessPolicy', () => {
  test('knows no policy that AWS added after the table', () => {
    expect(findAccessPolicy('AmazonEKSTomorrowPolicy')).toBeNull();
  });

  test('names the policies of service-linked roles', () => {
    expect(findAccessPolicy('AmazonEKSHybridPolicy')?.serviceOnly).toBe(true);
    expect(findAccessPolicy('AmazonEKSViewPolicy')?.serviceOnly).toBe(false);
    expect(findAccessPolicy('AmazonEKSEventPolicy')?.serviceOnly).toBeNull();
  });
});

const collected = new URL('../../../shared/data/access-policies.json', import.meta.url);

describe('the table of access policies', () => {
  test.skipIf(!existsSync(collected))(
    'says what AWS publishes (skipped where the collected pages are not at hand)',
    () => {
      const { policies } = JSON.parse(readFileSync(collected, 'utf8'));
      const published = Object.entries<Published>(policies).map(([name, policy]) => {
        const rows = policy.rules ?? policy.rulesFromOtherAwsPage?.rules ?? null;
        return {
          name,
          complete: policy.complete,
          serviceOnly: policy.serviceOnly,
          rules: rows === null ? null : renderRules(rows.filter((row) => row.resourceNamesUnlisted !== true)),
          narrowed: renderRules((rows ?? []).filter((row) => row.resourceNamesUnlisted === true)),
        };
      });

      const table = listAccessPolicies().map(({ name, complete, serviceOnly, rules, narrowedRules }) => ({
        name,
        complete,
        serviceOnly,
        rules: rules === null ? null : renderRules(rules),
        narrowed: renderRules(narrowedRules),
      }));

      expect(sortByName(table)).toEqual(sortByName(published));
    },
  );
});

interface Row {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly resourceNamesUnlisted?: boolean;
}

interface Published {
  readonly complete: boolean;
  readonly serviceOnly: boolean | null;
  readonly rules: readonly Row[] | null;
  readonly rulesFromOtherAwsPage?: { readonly rules: readonly Row[] };
}

/** Each single permission on a line of its own: how AWS cuts its rows is of no account. */
function renderRules(rows: readonly Row[]): readonly string[] {
  const lines = rows.flatMap(({ apiGroups, resources, verbs, nonResourceURLs = [] }) =>
    verbs.flatMap((verb) => [
      ...apiGroups.flatMap((group) => resources.map((resource) => `${verb} ${group}/${resource}`)),
      ...nonResourceURLs.map((url) => `${verb} ${url}`),
    ]),
  );
  return [...new Set(lines)].sort();
}

function sortByName<T extends { readonly name: string }>(list: readonly T[]): readonly T[] {
  return [...list].sort((a, b) => (a.name < b.name ? -1 : 1));
}
