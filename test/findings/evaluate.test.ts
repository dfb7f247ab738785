import { describe, expect, test } from 'vitest';
import { breakGlassChanged } from '../../shared/detections/break-glass-changed.ts';
import { evaluateCluster } from '../../shared/findings/evaluate.ts';
import type { Facts } from '../../shared/model/facts.ts';
import type { Detection, Finding } from '../../shared/model/finding.ts';
import type { EvidenceRecord } from '../../shared/model/records.ts';
import { coverage, coverageBut, ref } from '../support/coverage.ts';
import { cluster, facts, NOW } from '../support/facts.ts';
import { actor, cloudTrailEvent } from '../support/records.ts';

const SUBJECT = 'iam:arn:aws:iam::111122223333:role/newcomer';

/** Finds one subject standing while the cluster carries the tag, and in every CloudTrail record. */
const detection: Detection = {
  id: 'newcomer-is-admin',
  ref: 'XX-001',
  title: 'Newcomer is admin',
  severity: 'medium',
  needs: [['eks-api'], ['cloudtrail']],
  why: 'Why.',
  fix: 'Fix.',
  blindSpots: 'None.',
  references: [],
  attack: [],
  cis: [],
  saysOnlyIsAdmin: true,
  *detect(state) {
    if (state.cluster.tags.newcomer !== undefined)
      yield { subject: SUBJECT, summary: 'stands', evidence: [ref('eks-api')] };
  },
  *observe(record) {
    if (record.source === 'cloudtrail')
      yield { subject: SUBJECT, summary: 'was made', actor: record.actor.name, evidence: [record.evidence] };
  },
};

const event = cloudTrailEvent({ actor: actor({ name: 'arn:aws:iam::111122223333:role/pipeline' }) });
const standing = cluster({ tags: { newcomer: 'yes' } });

function evaluate(more: Partial<Facts>, rule: Detection = detection): readonly Finding[] {
  return evaluateCluster([rule], facts(more)).findings;
}

describe('evaluateCluster', () => {
  test('joins what stands and the event that made it into one finding', () => {
    const findings = evaluate({ cluster: standing, records: [event] });

    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({
      summary: 'stands',
      status: 'open',
      actor: 'arn:aws:iam::111122223333:role/pipeline',
      at: '2026-11-20T08:00:00Z',
      firstSeenAt: '2026-11-20T08:00:00Z',
      lastSeenAt: NOW,
    });
    expect(findings[0]?.evidence).toHaveLength(2);
  });

  test('gives an event, and the later read of the same fact, the same fingerprint', () => {
    const [fromEvent] = evaluate({ records: [event] });
    const [fromState] = evaluate({ cluster: standing });

    expect(fromEvent?.fingerprint).toBe(fromState?.fingerprint);
  });

  test('resolves an event whose fact a whole read of state no longer shows', () => {
    expect(evaluate({ records: [event] })[0]?.status).toBe('resolved');
  });

  test('keeps an event open when state was not read in whole', () => {
    const lacking = coverageBut(coverage('eks-api', 'denied'));

    expect(evaluate({ records: [event], coverage: lacking })[0]?.status).toBe('open');
  });

  test('keeps an event open that is a fact by itself, whatever stands now', () => {
    const attempt: Detection = {
      ...detection,
      *observe(record) {
        yield { subject: SUBJECT, summary: 'was tried', isPast: true, evidence: [record.evidence] };
      },
    };

    expect(evaluate({ records: [event] }, attempt)[0]?.status).toBe('open');
  });

  test('runs a detection that is not evaluated and reports its matches all the same', () => {
    const nothing = coverageBut(coverage('eks-api', 'partial'), coverage('cloudtrail', 'unavailable'));

    const { findings, verdicts } = evaluateCluster([detection], facts({ cluster: standing, coverage: nothing }));

    expect(findings).toHaveLength(1);
    expect(verdicts[0]?.status).toBe('partly-evaluated');
  });

  test.each([
    ['was read in whole', coverageBut(), 'no earlier audit is stored'],
    [
      'was read in part',
      coverageBut(coverage('eks-api', 'partial'), coverage('cloudtrail', 'partial')),
      'eks-api read in part (eks-api was partial), or cloudtrail read in part (cloudtrail was partial); no earlier audit is stored',
    ],
  ])('does not judge what has nothing to be compared with, where all else %s', (_how, given, reason) => {
    const rule: Detection = { ...detection, findLack: () => 'no earlier audit is stored' };

    expect(evaluateCluster([rule], facts({ coverage: given })).verdicts).toMatchObject([
      { status: 'not-evaluated', missing: expect.arrayContaining(['cloudtrail', 'eks-api']), reason },
    ]);
  });

  test('raises the severity by one step on a production cluster', () => {
    expect(evaluate({ cluster: standing, isProduction: true })[0]?.severity).toBe('high');
  });

  test('takes the first sighting from the stored state', () => {
    const [{ fingerprint } = { fingerprint: '' }] = evaluate({ cluster: standing });
    const stored = { fingerprint, firstSeenAt: '2026-05-01T00:00:00Z', lastSeenAt: NOW, status: 'open' } as const;
    const state = { findings: [stored], creators: [], lastGoodAwsAuth: [], firstAuditAt: {} };

    expect(evaluate({ cluster: standing, state })[0]?.firstSeenAt).toBe('2026-05-01T00:00:00Z');
  });

  test('reports what happened in an earlier life under that life, and as over', () => {
    const earlier = [{ createdAt: '2025-02-01T00:00:00Z', records: [event] }];

    const { findings } = evaluateCluster([detection], facts({ cluster: standing }), earlier);

    expect(findings.map((finding) => [finding.cluster?.life, finding.status])).toContainEqual([
      '2025-02-01T00:00:00Z',
      'resolved',
    ]);
    expect(new Set(findings.map((finding) => finding.fingerprint)).size).toBe(2);
  });

  test('asks a correlation of an earlier life too, without the state of today', () => {
    const counting: Detection = {
      ...detection,
      observe: () => [],
      correlate: (state) => {
        const seen: EvidenceRecord[] = [];
        return {
          add: (record) => seen.push(record),
          matches: () =>
            state === null && seen.length > 0
              ? [{ subject: SUBJECT, summary: `${seen.length} seen`, evidence: [ref('cloudtrail')] }]
              : [],
        };
      },
    };
    const earlier = [{ createdAt: '2025-02-01T00:00:00Z', records: [event, event] }];

    const { findings } = evaluateCluster([counting], facts({}), earlier);

    expect(findings.map(({ summary, status }) => [summary, status])).toEqual([['2 seen', 'resolved']]);
  });
});

describe('evaluateCluster with keyholder.yml', () => {
  const [{ fingerprint } = { fingerprint: '' }] = evaluate({ cluster: standing });
  const config = facts().config;
  const risk = { finding: fingerprint, owner: 'alice', reason: 'migration', expires: '2026-12-01T00:00:00Z', line: 4 };

  test('accepts the exact finding until its day', () => {
    const [finding] = evaluate({ cluster: standing, config: { ...config, acceptedRisks: [risk] } });

    expect(finding?.status).toBe('accepted');
    expect(finding?.acceptance).toEqual({
      owner: 'alice',
      reason: 'migration',
      expires: '2026-12-01T00:00:00Z',
      isInForce: true,
    });
  });

  test('opens the finding again on the day, and still says who had accepted it', () => {
    const over = { ...risk, expires: NOW };

    const [finding] = evaluate({ cluster: standing, config: { ...config, acceptedRisks: [over] } });

    expect(finding?.status).toBe('open');
    expect(finding?.acceptance?.isInForce).toBe(false);
  });

  test.each([
    ['by its ARN with a path', 'arn:aws:iam::111122223333:role/team/newcomer', [], 'accepted'],
    ['for this cluster', 'arn:aws:iam::111122223333:role/newcomer', ['payments'], 'accepted'],
    ['for another cluster', 'arn:aws:iam::111122223333:role/newcomer', ['billing'], 'open'],
    ['of another account', 'arn:aws:iam::444455556666:role/newcomer', [], 'open'],
  ] as const)('judges an admin approved %s', (_name, principal, clusters, expected) => {
    const approvedAdmins = [{ principal, clusters, reason: null }];

    expect(evaluate({ cluster: standing, config: { ...config, approvedAdmins } })[0]?.status).toBe(expected);
  });

  test('keeps a finding open that says more than that its subject is an admin', () => {
    const approvedAdmins = [{ principal: 'arn:aws:iam::111122223333:role/newcomer', clusters: [], reason: null }];
    const more: Detection = { ...detection, saysOnlyIsAdmin: false };

    expect(evaluate({ cluster: standing, config: { ...config, approvedAdmins } }, more)[0]?.status).toBe('open');
  });
});

describe('evaluateCluster, of calls that were not asked for', () => {
  const asked = coverageBut(coverage('cloudtrail', 'complete', { calls: ['CreateCluster', 'UpdateAssumeRolePolicy'] }));
  const declared = { ...facts().config, breakGlass: [{ principal: SUBJECT.slice('iam:'.length), clusters: [] }] };

  test.each([
    ['trusts its silence in part where a break-glass principal is declared', declared, 'partly-evaluated'],
    ['trusts its silence where none is', facts().config, 'evaluated'],
  ])('%s', (_name, config, status) => {
    const { verdicts } = evaluateCluster([breakGlassChanged], facts({ coverage: asked, config }));

    expect(verdicts.map((verdict) => verdict.status)).toEqual([status]);
  });
});
