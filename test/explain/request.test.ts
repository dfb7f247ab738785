import { describe, expect, test } from 'vitest';
import { parseAsk } from '../../shared/explain/request.ts';

const ask = (verb: string, resource: string, namespace?: string) => parseAsk({ verb, resource, namespace });

describe('parseAsk', () => {
  test.each([
    ['pods', { resource: 'pods', apiGroup: '', subresource: '', name: '' }],
    ['po', { resource: 'pods', apiGroup: '' }],
    ['deployments', { resource: 'deployments', apiGroup: 'apps' }],
    ['deployments.apps', { resource: 'deployments', apiGroup: 'apps' }],
    ['deployments.v1.apps', { resource: 'deployments', apiGroup: 'apps' }],
    ['deploy.apps/scale', { resource: 'deployments', apiGroup: 'apps', subresource: 'scale', name: '' }],
    ['pods/exec', { resource: 'pods', subresource: 'exec', name: '' }],
    ['pods/web-0', { resource: 'pods', subresource: '', name: 'web-0' }],
    ['pods/web-0/exec', { resource: 'pods', subresource: 'exec', name: 'web-0' }],
    ['secrets/db', { resource: 'secrets', subresource: '', name: 'db' }],
    ['secrets/status', { resource: 'secrets', subresource: '', name: 'status' }],
    ['certificates.cert-manager.io', { resource: 'certificates', apiGroup: 'cert-manager.io' }],
    ['certificates.cert-manager.io/status', { resource: 'certificates', subresource: 'status' }],
    ['pods.metrics.k8s.io', { resource: 'pods', apiGroup: 'metrics.k8s.io' }],
    ['*', { resource: '*', apiGroup: '*' }],
    ['*.*', { resource: '*', apiGroup: '*' }],
  ])('reads %s as kubectl and RBAC write it', (resource, expected) => {
    expect(ask('get', resource, 'payments').request).toMatchObject({ ...expected, path: null });
  });

  test.each([
    ['pods', undefined, '', true, 'get pods in all namespaces'],
    ['pods', 'payments', 'payments', true, 'get pods in namespace payments'],
    ['nodes', 'payments', '', false, 'get nodes'],
    ['clusterroles', undefined, '', false, 'get clusterroles.rbac.authorization.k8s.io'],
    ['secrets/db', 'payments', 'payments', true, 'get secrets "db" in namespace payments'],
    ['widgets.example.com', undefined, '', false, 'get widgets.example.com'],
    ['widgets.example.com', 'payments', 'payments', true, 'get widgets.example.com in namespace payments'],
  ])('places %s, asked in namespace %s', (resource, namespace, place, isNamespaced, text) => {
    const { request, ...rest } = ask('get', resource, namespace);

    expect(request.namespace).toBe(place);
    expect(rest).toEqual({ isNamespaced, text });
  });

  test('takes a request for one namespace as made in it, as the API server does', () => {
    expect(ask('get', 'namespaces/payments')).toMatchObject({
      request: { name: 'payments', namespace: 'payments' },
      isNamespaced: true,
    });
    expect(ask('list', 'namespaces')).toMatchObject({ request: { namespace: '' }, isNamespaced: false });
  });

  test('takes a path for one that lies outside of all resources', () => {
    expect(ask('get', '/metrics')).toMatchObject({ request: { path: '/metrics', resource: '' }, text: 'get /metrics' });
    expect(() => ask('get', '/metrics', 'payments')).toThrow('expected no --namespace with a path');
  });

  test.each([
    ['impersonate', 'users'],
    ['escalate', 'clusterroles'],
    ['impersonate-on:user-info:list', 'pods'],
    ['sign', 'signers.certificates.k8s.io'],
    ['deletecollection', 'pods'],
    ['*', 'pods'],
    ['sync', 'applications.argoproj.io'],
    ['post', '/metrics'],
  ])('takes the verb %s of %s', (verb, resource) => {
    expect(ask(verb, resource).request.verb).toBe(verb);
  });

  test('refuses a verb that no path takes', () => {
    expect(() => ask('list', '/metrics')).toThrow('expected a verb that a path takes, such as get or post, got "list"');
  });

  test('folds the case of a verb', () => {
    expect(ask('GET', 'pods').request.verb).toBe('get');
  });

  test.each([
    ['exec', 'it asks for create on pods/exec'],
    ['logs', 'it asks for get on pods/log'],
    ['', 'expected a verb'],
    ['get pods', 'expected a verb'],
    ['get;ls', 'expected a verb'],
    ['gett', 'expected a verb that Kubernetes asks about, such as get, list, create or delete, got "gett"'],
  ])('refuses %j for a verb', (verb, why) => {
    expect(() => ask(verb, 'pods')).toThrow(why);
  });

  test.each([
    ['widgets', 'expected a resource that Kubernetes ships, or RESOURCE.GROUP'],
    ['', 'expected a resource such as pods'],
    ['pods/', 'expected RESOURCE, RESOURCE/NAME or RESOURCE/SUBRESOURCE'],
    ['pods/a/b/c', 'expected RESOURCE, RESOURCE/NAME or RESOURCE/SUBRESOURCE'],
    ['$(id)', 'expected a resource such as pods'],
    ['__proto__', 'expected a resource such as pods'],
    ['constructor', 'expected a resource that Kubernetes ships'],
  ])('refuses %j for a resource', (resource, why) => {
    expect(() => ask('get', resource)).toThrow(why);
  });

  test.each(['', '*', 'Payments', 'a b', "a'; rm", 'x'.repeat(64)])('refuses %j for a namespace', (namespace) => {
    expect(() => ask('get', 'pods', namespace)).toThrow('expected the name of a namespace');
  });
});
