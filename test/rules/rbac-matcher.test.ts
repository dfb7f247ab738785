import { describe, expect, test } from 'vitest';
import { ruleAllows, rulesAllow } from '../../shared/rules/rbac-matcher.ts';
import { parseRule } from '../../shared/rules/rule-notation.ts';
import { request, rules } from '../support/rules.ts';

describe('ruleAllows', () => {
  const cases: readonly [name: string, rule: string, Parameters<typeof request>[0], allowed: boolean][] = [
    ['verb, group and resource as written', 'get | core | pods', {}, true],
    ['another verb', 'list | core | pods', {}, false],
    ['another API group', 'get | apps | pods', {}, false],
    ['stars for verb, group and resource', '* | * | *', { verb: 'bind', apiGroup: 'apps', resource: 'x' }, true],
    ['a verb in other letter case', 'Get | core | pods', {}, false],
    ['a subresource by its parent alone', 'get | core | pods', { subresource: 'log' }, false],
    ['a parent by its subresource alone', 'get | core | pods/log', {}, false],
    ['a subresource as written', 'get | core | pods/log', { subresource: 'log' }, true],
    ['a subresource written in one with its resource', 'get | core | pods/log', { resource: 'pods/log' }, true],
    ['a star before a subresource', 'get | core | */log', { subresource: 'log' }, true],
    ['a star before a subresource, in one with its resource', 'get | core | */log', { resource: 'pods/log' }, true],
    ['a star before a subresource for the parent', 'get | core | */log', {}, false],
    ['a star after the slash, which Kubernetes does not read', 'get | core | pods/*', { subresource: 'log' }, false],
    ['a star within a name, which Kubernetes does not read', 'get | core | po*', {}, false],
    ['the star for a subresource too', 'get | core | *', { subresource: 'log' }, true],
    ['a name that is listed', 'get | core | pods | web', { name: 'web' }, true],
    ['a name that is not listed', 'get | core | pods | web', { name: 'db' }, false],
    ['a request without a name against a rule with names', 'list | core | pods | web', { verb: 'list' }, false],
    ['any name against a rule without names', 'get | core | pods', { name: 'db' }, true],
    ['a path as written', 'get | /healthz', { path: '/healthz' }, true],
    ['a path below a star', 'get | /healthz/*', { path: '/healthz/etcd' }, true],
    ['the parent of a starred path', 'get | /healthz/*', { path: '/healthz' }, false],
    ['any path for the star', 'get | *', { path: '/metrics' }, true],
    ['several stars at the end as one', 'get | /logs**', { path: '/logs/kube' }, true],
    ['a star in the middle as a letter', 'get | /a*c', { path: '/abc' }, false],
    ['a path by a rule for resources', '* | * | *', { path: '/healthz' }, false],
    ['a resource by a rule for paths', '* | *', {}, false],
  ];

  test.each(cases)('answers for %s', (_name, rule, asked, allowed) => {
    expect(ruleAllows(parseRule(rule), request(asked))).toBe(allowed);
  });

  test('reads a rule of a hundred thousand stars in no time', () => {
    const rule = { ...parseRule('get | /'), nonResourceURLs: [`/${'*'.repeat(100_000)}x`] };

    expect(ruleAllows(rule, request({ path: '/y' }))).toBe(false);
  });
});

describe('rulesAllow', () => {
  test('allows what any rule allows', () => {
    expect(rulesAllow(rules('get | core | nodes', 'get | core | pods'), request())).toBe(true);
  });

  test('allows nothing without rules', () => {
    expect(rulesAllow([], request())).toBe(false);
  });
});
