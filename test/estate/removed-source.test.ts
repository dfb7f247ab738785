import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { isOfRegion } from '../../shared/findings/region-findings.ts';
import { SOURCES, type Source } from '../../shared/model/coverage.ts';
import type { Report } from '../../shared/model/report.ts';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import type { Raw, Readers } from '../../shared/ports.ts';
import { NOW } from '../support/facts.ts';

const ESTATE = join(import.meta.dirname, '../../events/estate');

/** The documents of each source: without them the source was not read. */
const DOCUMENTS: Readonly<Partial<Record<Source, readonly string[]>>> = {
  'authenticator-log': ['authenticator-log'],
  'audit-log': ['audit-log'],
  cloudtrail: ['cloudtrail'],
  'eks-api': [
    'describe-cluster',
    'access-entries',
    'node-groups',
    'fargate-profiles',
    'identity-providers',
    'pod-identity',
    'capabilities',
    'log-group',
  ],
  'aws-auth': ['aws-auth'],
  rbac: ['rbac'],
  iam: ['iam'],
  'identity-center': ['identity-center'],
  organizations: ['organization'],
  trails: ['trails'],
  guardduty: ['guardduty'],
};

function without(readers: Readers, documents: readonly string[]): Readers {
  const gone: Raw = { status: 'unavailable', reason: 'taken out' };
  return {
    ...readers,
    readAccount: async (account, document) =>
      documents.includes(document) ? gone : readers.readAccount(account, document),
    readRegion: async (account, region, document) =>
      documents.includes(document) ? gone : readers.readRegion(account, region, document),
    readCluster: async (place, document) =>
      documents.includes(document) ? gone : readers.readCluster(place, document),
  };
}

async function auditWithout(documents: readonly string[]): Promise<Report> {
  return auditEvidence(await collectEvidence(without(openEvidenceFolder(ESTATE), documents)), NOW);
}

/**
 * Cluster, detection and subject: without describe-cluster the life, and so the fingerprint, is another. Of a region what
 * concerns each of its clusters, for the verdict stands with them.
 */
function listOpen(report: Report): ReadonlyMap<string, { readonly cluster: string; readonly detection: string }> {
  const open = report.clusters.flatMap((cluster) =>
    [...cluster.findings, ...report.findings.filter((finding) => isOfRegion(finding, cluster))]
      .filter(({ status }) => status !== 'resolved')
      .map(
        ({ detection, subject }) =>
          [`${cluster.name} ${detection} ${subject}`, { cluster: cluster.name, detection }] as const,
      ),
  );
  return new Map(open);
}

function findSilence(whole: Report, reduced: Report, source: Source): readonly string[] {
  const left = listOpen(reduced);
  return [...listOpen(whole)].flatMap(([key, { cluster, detection }]) => {
    if (left.has(key)) return [];
    const verdict = reduced.clusters
      .find(({ name }) => name === cluster)
      ?.verdicts.find((v) => v.detection === detection);
    const isTold = verdict !== undefined && verdict.status !== 'evaluated' && verdict.missing.includes(source);
    return isTold ? [] : [`${key}: ${verdict?.status} for lack of ${verdict?.missing.join(', ') ?? 'nothing'}`];
  });
}

describe('the sample estate', () => {
  let whole: Report;
  beforeAll(async () => {
    whole = await auditWithout([]);
  });

  test('has findings to lose', () => {
    expect(listOpen(whole).size).toBeGreaterThan(50);
  });

  for (const source of SOURCES) {
    const documents = DOCUMENTS[source];
    if (documents === undefined) continue;
    test(`loses no finding in silence without ${source}`, async () => {
      expect(findSilence(whole, await auditWithout(documents), source)).toEqual([]);
    });
    for (const document of documents.length > 1 ? documents : []) {
      test(`loses no finding in silence without ${document} alone`, async () => {
        expect(findSilence(whole, await auditWithout([document]), source)).toEqual([]);
      });
    }
  }
});
