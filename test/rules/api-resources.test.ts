import { describe, expect, test } from 'vitest';
import { findApiResource } from '../../shared/rules/api-resources.ts';

describe('findApiResource', () => {
  test.each([
    ['pods', '', 'pods'],
    ['pod', '', 'pods'],
    ['Pod', '', 'pods'],
    ['po', '', 'pods'],
    ['deploy', 'apps', 'deployments'],
    ['ingress', 'networking.k8s.io', 'ingresses'],
    ['networkpolicy', 'networking.k8s.io', 'networkpolicies'],
    ['componentstatus', '', 'componentstatuses'],
    ['storageclass', 'storage.k8s.io', 'storageclasses'],
    ['endpoints', '', 'endpoints'],
    ['crd', 'apiextensions.k8s.io', 'customresourcedefinitions'],
    ['clusterrolebinding', 'rbac.authorization.k8s.io', 'clusterrolebindings'],
  ])('takes %s for a resource of group "%s"', (text, group, name) => {
    expect(findApiResource(text, null)).toMatchObject({ name, group });
  });

  test('keeps to the group that is given', () => {
    expect(findApiResource('deployments', 'apps')?.name).toBe('deployments');
    expect(findApiResource('deployments', '')).toBeNull();
    expect(findApiResource('pods', 'metrics.k8s.io')).toBeNull();
  });

  test('knows which of them lie in namespaces, and their subresources', () => {
    expect(findApiResource('secrets', null)).toMatchObject({ isNamespaced: true, subresources: [] });
    expect(findApiResource('nodes', null)?.isNamespaced).toBe(false);
    expect(findApiResource('pods', null)?.subresources).toContain('exec');
  });

  test.each(['certificates', '', '__proto__', 'constructor'])('knows no resource "%s"', (name) => {
    expect(findApiResource(name, null)).toBeNull();
  });
});
