import { describe, expect, test } from 'vitest';
import { judge, limitToCalls } from '../../shared/findings/verdict.ts';
import type { Need } from '../../shared/model/coverage.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';

function detection(...needs: readonly (readonly Need[])[]) {
  return { id: 'some-detection', needs };
}

describe('judge', () => {
  test('trusts silence when one alternative was read in whole', () => {
    const verdict = judge(detection(['rbac'], ['audit-log']), [coverage('rbac', 'denied'), coverage('audit-log')]);

    expect(verdict).toEqual({ detection: 'some-detection', status: 'evaluated', missing: [], reason: null });
  });

  test('reports partly-evaluated when the best alternative was read in part', () => {
    const rows = [coverage('audit-log', 'partial', { reason: 'window not stated' }), coverage('rbac', 'denied')];

    const verdict = judge(detection(['rbac'], ['audit-log']), rows);

    expect(verdict).toEqual({
      detection: 'some-detection',
      status: 'partly-evaluated',
      missing: ['audit-log', 'rbac'],
      reason: 'audit-log read in part (window not stated), or rbac denied (rbac was denied)',
    });
  });

  test('reports not-evaluated when no alternative was read', () => {
    const verdict = judge(detection(['rbac'], ['audit-log']), [coverage('rbac', 'denied', { reason: '403' })]);

    expect(verdict.status).toBe('not-evaluated');
    expect(verdict.missing).toEqual(['rbac', 'audit-log']);
    expect(verdict.reason).toBe('rbac denied (403), or audit-log not read');
  });

  test('reports not-evaluated when one source of a join was not read at all', () => {
    const rows = [coverage('eks-api', 'partial'), coverage('rbac', 'unavailable')];

    const verdict = judge(detection(['eks-api', 'rbac']), rows);

    expect(verdict.status).toBe('not-evaluated');
    expect(verdict.missing).toEqual(['eks-api', 'rbac']);
  });

  test('reports partly-evaluated when every lacking source of a join was read in part', () => {
    const rows = [coverage('eks-api'), coverage('rbac', 'partial')];

    const verdict = judge(detection(['eks-api', 'rbac']), rows);

    expect(verdict.status).toBe('partly-evaluated');
    expect(verdict.missing).toEqual(['rbac']);
  });

  test('takes a source that coverage does not name for unread', () => {
    const verdict = judge(detection(['iam']), []);

    expect(verdict).toEqual({
      detection: 'some-detection',
      status: 'not-evaluated',
      missing: ['iam'],
      reason: 'iam not read',
    });
  });

  test('looks at one part of eks-api alone where only that is needed', () => {
    const rows = [eksCoverage({ 'identity-providers': 'denied' })];

    expect(judge(detection(['eks-api/access-entries']), rows).status).toBe('evaluated');
    expect(judge(detection(['eks-api/identity-providers']), rows)).toEqual({
      detection: 'some-detection',
      status: 'not-evaluated',
      missing: ['eks-api'],
      reason: 'eks-api/identity-providers denied (not read: identity-providers)',
    });
  });

  test('takes a part that eks-api does not list for unread', () => {
    const rows = [coverage('eks-api', 'complete', { parts: { cluster: 'complete' } })];

    expect(judge(detection(['eks-api/log-group']), rows).status).toBe('not-evaluated');
  });

  test('gives a part the status of the source where no parts are told apart', () => {
    expect(judge(detection(['eks-api/cluster']), [coverage('eks-api')]).status).toBe('evaluated');
    expect(judge(detection(['eks-api/cluster']), [coverage('eks-api', 'denied')]).status).toBe('not-evaluated');
  });

  test('prefers the alternative that lacks least when all are equally unread', () => {
    const verdict = judge(detection(['rbac', 'iam'], ['cloudtrail']), []);

    expect(verdict.missing).toEqual(['cloudtrail', 'rbac', 'iam']);
  });

  test('changes its status when any needed source of a complete set is taken away', () => {
    const rows = coverageBut(coverage('aws-auth', 'unavailable', { reason: 'no aws-auth.yaml' }));

    expect(judge(detection(['aws-auth']), rows).reason).toBe('aws-auth not read (no aws-auth.yaml)');
    expect(judge(detection(['rbac']), rows).status).toBe('evaluated');
  });
});

describe('judge of what stands', () => {
  const standing = { id: 'x', needs: [['rbac'], ['audit-log']], detect: () => [] } as const;
  const window = { from: '2026-08-23T00:00:00Z', to: '2026-11-21T00:00:00Z' };
  const byAudit = [coverage('rbac', 'denied'), coverage('audit-log', 'complete', { window })];

  test('does not trust a log that begins after the birth of the cluster', () => {
    const verdict = judge(standing, byAudit, '2026-03-02T09:15:00Z');

    expect([verdict.status, verdict.missing]).toEqual(['partly-evaluated', ['audit-log', 'rbac']]);
    expect(verdict.reason).toContain('shows changes since 2026-08-23T00:00:00Z only');
  });

  test('trusts a log that reaches back to the birth of the cluster', () => {
    expect(judge(standing, byAudit, '2026-08-23T00:00:00Z').status).toBe('evaluated');
  });

  test('does not trust a log where the birth of the cluster is not known', () => {
    expect(judge(standing, byAudit, null).status).toBe('partly-evaluated');
  });

  test('trusts a whole log for what is an event by itself', () => {
    expect(judge({ id: 'x', needs: [['audit-log']] }, byAudit, '2026-03-02T09:15:00Z').status).toBe('evaluated');
  });
});

describe('limitToCalls', () => {
  const asked = coverage('cloudtrail', 'complete', { calls: ['CreateCluster'] });

  test('takes CloudTrail for a part where a call that is needed was not asked for', () => {
    const needed = ['CreateCluster', 'AssumeRole', 'AttachRolePolicy', 'PutRolePolicy', 'PutUserPolicy'];

    expect(limitToCalls([asked, coverage('iam')], needed)).toEqual([
      {
        ...asked,
        status: 'partial',
        reason: 'not asked for AssumeRole, AttachRolePolicy, PutRolePolicy and 1 more',
      },
      coverage('iam'),
    ]);
  });

  test.each([
    ['all that is needed was asked for', asked, ['CreateCluster']],
    ['nothing is needed', asked, []],
    ['whatever was recorded was read', coverage('cloudtrail'), ['AssumeRole']],
    ['it was not read anyway', coverage('cloudtrail', 'denied', { calls: [] }), ['AssumeRole']],
  ])('leaves it as it is where %s', (_name, row, needed) => {
    expect(limitToCalls([row], needed)).toEqual([row]);
  });
});
