import { describe, expect, test } from 'vitest';
import { classifyRequest, isHealthProbe, wordRequest } from '../../shared/rules/anonymous-requests.ts';
import { actor, auditEvent } from '../support/records.ts';

describe('classifyRequest', () => {
  test.each([
    ['/healthz', 'health'],
    ['/livez/etcd?verbose', 'health'],
    ['/healthzfoo', 'resource'],
    ['/version/', 'discovery'],
    ['/', 'discovery'],
    ['', 'resource'],
    ['/api/v1', 'discovery'],
    ['/api/v1/pods', 'resource'],
    ['/apis/apps/v1', 'discovery'],
    ['/apis/apps/v1/deployments', 'resource'],
    ['/openapi/v3/apis/apps/v1', 'discovery'],
    ['/.well-known/openid-configuration', 'discovery'],
    ['/metrics', 'resource'],
    ['/logs/kube-apiserver.log', 'resource'],
  ])('takes %s for %s', (requestUri, expected) => {
    expect(classifyRequest(auditEvent({ object: null, requestUri }))).toBe(expected);
  });

  test('goes by the object where there is one', () => {
    expect(classifyRequest(auditEvent({ requestUri: '/healthz' }))).toBe('resource');
  });
});

describe('isHealthProbe', () => {
  test.each([
    ['ELB-HealthChecker/2.0', '10.1.2.3', true],
    ['kube-probe/1.33', '172.31.0.9', true],
    ['kube-probe/1.33', 'fd00::1', true],
    ['kube-probe/1.33', '172.32.0.9', false],
    ['kube-probe/1.33', '203.0.113.9', false],
    ['curl/8.0 kube-probe/1.33', '10.1.2.3', false],
  ])('judges %s at %s', (userAgent, sourceIp, expected) => {
    expect(isHealthProbe(auditEvent({ actor: actor({ userAgent, sourceIp }) }))).toBe(expected);
  });

  test('believes nobody without agent or address', () => {
    expect(isHealthProbe(auditEvent({ actor: actor({ userAgent: null, sourceIp: null }) }))).toBe(false);
  });
});

describe('wordRequest', () => {
  test('names object, subresource and namespace, or the path without its query', () => {
    const object = { apiGroup: '', resource: 'pods', subresource: 'exec', namespace: 'dev', name: 'app' };

    expect(wordRequest(auditEvent({ verb: 'create', object }))).toBe('create pods/exec app in dev');
    expect(wordRequest(auditEvent({ verb: 'get', object: null, requestUri: '/api?x=1' }))).toBe('get /api');
  });
});
