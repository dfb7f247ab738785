import { describe, expect, test } from 'vitest';
import type { Report } from '../../shared/model/report.ts';
import { coverage, coverageBut, eksCoverage } from '../support/coverage.ts';
import { access, noneSeen, notReadable } from '../support/facts.ts';
import { clusterReport, finding, report } from '../support/report.ts';
import { listSchemaErrors } from '../support/report-schema.ts';

const FULL: Report = report({
  provenance: {
    version: '0.1.0',
    caller: 'arn:aws:sts::111122223333:assumed-role/auditor/alice',
    evidence: [{ file: 'manifest.json', sha256: '0'.repeat(64) }],
    queries: ['filter @logStream like /authenticator/'],
    strangers: ['notes.txt'],
    notConsulted: ['session policies'],
  },
  clusters: [
    clusterReport({
      access: [
        access(),
        access({
          level: 'limited',
          since: notReadable('CloudTrail was not read.'),
          grantedBy: noneSeen('2026-08-23T00:00:00Z'),
          people: { status: 'not-readable', reason: 'iam.json is missing.', list: [] },
        }),
      ],
      coverage: coverageBut(
        eksCoverage({ capabilities: 'denied' }),
        coverage('audit-log', 'partial', {
          window: { from: '2026-08-23T00:00:00Z', to: '2026-11-21T00:00:00Z' },
          read: 10,
          skipped: 2,
          skips: [{ reason: 'not JSON', count: 2, sample: '{"kind"', file: 'audit.ndjson', line: 7 }],
        }),
      ),
      verdicts: [
        { detection: 'anonymous-binding', status: 'evaluated', missing: [], reason: null },
        { detection: 'access-logs-off', status: 'not-evaluated', missing: ['eks-api'], reason: 'eks-api denied' },
      ],
      findings: [
        finding(),
        finding({
          status: 'accepted',
          acceptance: { owner: 'alice', reason: 'Known.', expires: '2027-01-01T00:00:00Z', isInForce: true },
        }),
      ],
    }),
  ],
  findings: [finding({ cluster: null, subject: 'account:111122223333' })],
  acceptances: [
    { finding: 'f0e1', owner: 'alice', reason: 'Known.', expires: '2027-01-01T00:00:00Z', status: 'unmatched' },
  ],
});

/** A deep copy with the value at a dotted path replaced, or taken out when it is undefined. */
function broken(path: string, value: unknown): unknown {
  const copy: unknown = structuredClone(FULL);
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let node: unknown = copy;
  for (const key of keys) node = Reflect.get(Object(node), key);
  if (value === undefined) Reflect.deleteProperty(Object(node), last);
  else Reflect.set(Object(node), last, value);
  return copy;
}

describe('report.v1.json', () => {
  test('accepts an empty report, one cluster, and every kind of row', () => {
    expect(listSchemaErrors(report({ clusters: [] }))).toEqual([]);
    expect(listSchemaErrors(report())).toEqual([]);
    expect(listSchemaErrors(FULL)).toEqual([]);
  });

  test.each([
    ['another schema name', 'schema', 'keyholder.report/v2'],
    ['a field that the contract does not name', 'extra', 1],
    ['a field too many in a cluster', 'clusters.0.colour', 'red'],
    ['a missing summary', 'summary', undefined],
    ['a time that is none', 'generatedAt', 'yesterday'],
    ['a time with an offset', 'generatedAt', '2026-11-21T03:00:00+01:00'],
    ['an unknown level', 'clusters.0.access.0.level', 'god'],
    ['an unknown holder kind', 'clusters.0.access.0.holder.kind', 'robot'],
    ['an access row without people', 'clusters.0.access.0.people', undefined],
    ['an unknown via', 'clusters.0.access.0.grants.0.via', 'magic'],
    ['a scope that is neither cluster nor namespace', 'clusters.0.access.0.grants.0.scope', 'everywhere'],
    ['a bare null in place of a reason', 'clusters.0.access.1.since.reason', null],
    ['a known fact without a value', 'clusters.0.access.0.since.value', null],
    ['unreadable people without a reason', 'clusters.0.access.1.people.reason', null],
    ['an unknown source', 'clusters.0.coverage.0.source', 'gossip'],
    ['incomplete coverage without a reason', 'clusters.0.coverage.1.reason', null],
    ['a negative count', 'clusters.0.coverage.0.read', -1],
    ['an unknown part of eks-api', 'clusters.0.coverage.3.parts.gossip', 'complete'],
    ['doubt that names no source', 'clusters.0.verdicts.1.missing', []],
    ['a verdict of another word', 'clusters.0.verdicts.0.status', 'passed'],
    ['an unknown severity', 'clusters.0.findings.0.severity', 'urgent'],
    ['a subject of no known form', 'clusters.0.findings.0.subject', 'thing:1'],
    ['a finding without a fingerprint', 'clusters.0.findings.0.fingerprint', ''],
    ['a digest that is none', 'provenance.evidence.0.sha256', 'abc'],
  ])('rejects %s', (_name, path, value) => {
    expect(listSchemaErrors(broken(path, value))).not.toEqual([]);
  });
});
