import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { SYSTEM_TIMER } from '../../shared/aws/pace.ts';
import type { Coverage, Verdict } from '../../shared/model/coverage.ts';
import type { Scope } from '../../shared/model/evidence.ts';
import type { ClusterReport } from '../../shared/model/report.ts';
import { openEvidenceFolder } from '../../shared/offline/evidence-folder.ts';
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { ESTATE_NOW } from '../support/estate.ts';
import { copyCluster, HOME, listObjects, MEMBER, startNightlyEstate, TOPIC } from '../support/nightly-estate.ts';
import { HANDLERS, type Handler, runMachine } from '../support/nightly-machine.ts';
import { listSchemaErrors } from '../support/report-schema.ts';
import { makeFolder } from '../support/temp-folder.ts';

const RUN = 'night-1';

afterEach(() => {
  vi.restoreAllMocks();
});

function readReport(objects: ReadonlyMap<string, Buffer>) {
  return JSON.parse(objects.get(`reports/${RUN}/report.json`)?.toString() ?? 'null');
}

/** As `aws s3 sync` would copy it. */
function copyEvidence(objects: ReadonlyMap<string, Buffer>): string {
  const dir = makeFolder();
  const prefix = `runs/${RUN}/evidence/`;
  for (const [key, body] of objects) {
    if (!key.startsWith(prefix) || key.endsWith('/')) continue;
    const path = join(dir, key.slice(prefix.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  }
  return dir;
}

const NIGHT = { run: RUN, startedAt: ESTATE_NOW };
const THREE = ['eu-central-1', 'eu-west-1', 'us-east-1'];
const PAYMENTS = `${HOME}/eu-central-1/payments`;

/** Fails for events of a kind, so many times. */
function failing(handler: Handler, matches: RegExp, times: number): Handler {
  let left = times;
  return async (event, context) => {
    if (matches.test(JSON.stringify(event)) && left > 0) {
      left -= 1;
      throw new Error('Runtime exited with error: signal: killed');
    }
    return handler(event, context);
  };
}

function prepareThree(folder: string): void {
  copyCluster(folder, PAYMENTS, `${HOME}/eu-west-1/payments`);
  copyCluster(folder, PAYMENTS, `${HOME}/us-east-1/payments`);
}

describe('the nightly machine', () => {
  it('audits every cluster of two accounts, and leaves the evidence that gives the same report', async () => {
    const estate = await startNightlyEstate();

    const published = await runMachine(NIGHT);

    const objects = listObjects(estate);
    const report = readReport(objects);
    expect(published).toMatchObject({ clusters: 4, notAudited: 0 });
    expect(report.clusters.map(({ arn }: ClusterReport) => arn)).toEqual([
      'arn:aws:eks:eu-central-1:111122223333:cluster/archive',
      'arn:aws:eks:eu-central-1:111122223333:cluster/legacy',
      'arn:aws:eks:eu-central-1:111122223333:cluster/payments',
      'arn:aws:eks:us-east-1:444455556666:cluster/orders',
    ]);
    expect(listSchemaErrors(report)).toEqual([]);
    const again = auditEvidence(await collectEvidence(openEvidenceFolder(copyEvidence(objects))), ESTATE_NOW);
    expect(report.clusters).toEqual(JSON.parse(JSON.stringify(again.clusters)));
    expect(report.summary).toEqual(again.summary);
    expect(estate.aws.problems).toEqual([]);
  });

  it('tells people once, with a link that ends', async () => {
    const estate = await startNightlyEstate();

    await runMachine(NIGHT);

    const [message, ...others] = estate.aws.published;
    expect(others).toEqual([]);
    expect(message?.topicArn).toBe(TOPIC);
    expect(message?.subject).toMatch(/^Keyholder: \d+ critical, \d+ high, \d+ medium, \d+ low in 4 clusters$/);
    expect(message?.message).toMatch(
      /The report, until .* UTC:\nhttps:\/\/keyholder-reports\.s3\.eu-central-1\.amazonaws\.com\/reports\/night-1\/report\.html\?.*X-Amz-Expires=43200/,
    );
    expect([...listObjects(estate).keys()].filter((key) => key.startsWith('reports/'))).toEqual(
      ['report.txt', 'report.json', 'access.csv', 'compliance.csv', 'scope.md', 'report.md', 'report.html'].map(
        (name) => `reports/${RUN}/${name}`,
      ),
    );
  });

  it('names what was not audited: a region that fails for good, and an account that does not let us in', async () => {
    const estate = await startNightlyEstate({ regions: THREE, open: [HOME], prepare: prepareThree });
    const twice = failing(HANDLERS.collectRegion, /eu-west-1/, 2);
    const collectRegion = failing(twice, /"unit":"[^"]*us-east-1[^"]*","round":0\}/, Number.POSITIVE_INFINITY);

    await runMachine({ ...NIGHT, handlers: { collectRegion } });

    const report = readReport(listObjects(estate));
    const killed = 'the function did not end: Error: Runtime exited with error: signal: killed';
    const rows = report.scope.map(({ account, region, status, clusters, reason }: Scope) => ({
      place: `${account} ${region}`,
      said: `${status}, ${clusters}: ${reason}`,
    }));
    expect(rows.filter(({ place }: { place: string }) => place.startsWith(HOME))).toEqual([
      { place: `${HOME} eu-central-1`, said: 'audited, 3: null' },
      { place: `${HOME} eu-west-1`, said: 'audited, 1: null' },
      { place: `${HOME} us-east-1`, said: `partial, 1: ${killed}` },
    ]);
    expect(rows.filter(({ place }: { place: string }) => place.startsWith(MEMBER))).toEqual(
      THREE.map((region) => ({
        place: `${MEMBER} ${region}`,
        said: expect.stringMatching(/^denied, 0: .*AssumeRole|^denied, 0: .*GetCallerIdentity/),
      })),
    );
    const failed = report.clusters.find(({ region }: ClusterReport) => region === 'us-east-1');
    const coverage = new Map<string, readonly unknown[]>(
      failed.coverage.map(({ source, status, reason }: Coverage) => [source, [status, reason]]),
    );
    expect(coverage.get('audit-log')).toEqual(['unavailable', expect.stringContaining(killed)]);
    expect(coverage.get('eks-api')?.[0]).toBe('complete');
    const message = estate.aws.published[0]?.message;
    expect(message).toContain(`- ${HOME} us-east-1, partial: ${killed}`);
    expect(message).toContain(`- ${MEMBER} us-east-1, denied: `);
  });

  it('keeps a cluster whose audit never ends in the report, with nothing known of it', async () => {
    const estate = await startNightlyEstate();
    const auditCluster = failing(HANDLERS.auditCluster, /payments\.json","sharedBy":\d+\}$/, Number.POSITIVE_INFINITY);

    await runMachine({ ...NIGHT, handlers: { auditCluster } });

    const report = readReport(listObjects(estate));
    const payments = report.clusters.find(({ name }: ClusterReport) => name === 'payments');
    const ofState = ['broad-admin-policy', 'admin-cluster-role-binding', 'authentication-mode'];
    const verdicts = payments.verdicts.filter(({ detection }: Verdict) => ofState.includes(detection));
    expect(verdicts.map(({ status }: Verdict) => status)).not.toContain('evaluated');
    expect(verdicts).toHaveLength(3);
    expect(payments.coverage.find(({ source }: Coverage) => source === 'rbac')).toMatchObject({
      status: 'unavailable',
      reason: expect.stringContaining('the function did not end: Error: Runtime exited with error: signal: killed'),
    });
    expect(
      report.scope.find(({ account, region }: Scope) => `${account} ${region}` === `${HOME} eu-central-1`),
    ).toEqual({
      account: HOME,
      region: 'eu-central-1',
      status: 'partial',
      clusters: 3,
      reason: 'the EKS API was not read in whole for payments',
      mend: null,
    });
    expect(listSchemaErrors(report)).toEqual([]);
  });

  it('reports of a cluster and a region of which nothing was left at all', async () => {
    const estate = await startNightlyEstate();
    const never = failing(HANDLERS.auditCluster, /payments/, Number.POSITIVE_INFINITY);
    const collectRegion = failing(HANDLERS.collectRegion, /us-east-1/, Number.POSITIVE_INFINITY);

    await runMachine({ ...NIGHT, handlers: { auditCluster: never, collectRegion } });

    const report = readReport(listObjects(estate));
    const reasonOf = (name: string): string =>
      report.clusters
        .find((cluster: ClusterReport) => cluster.name === name)
        .coverage.find(({ source }: Coverage) => source === 'eks-api').reason;
    expect(reasonOf('payments')).toContain('the function that was to audit it left nothing');
    expect(reasonOf('orders')).toContain('the function that was to audit it left nothing');
    expect(
      report.scope.find(({ account, region }: Scope) => `${account} ${region}` === `${MEMBER} us-east-1`),
    ).toMatchObject({
      status: 'partial',
      reason: 'the function that was to collect it left nothing',
    });
  });

  it('stops before its time is over, and says of every source that it was not begun', async () => {
    const estate = await startNightlyEstate();
    const out =
      (handler: Handler): Handler =>
      (event) =>
        handler(event, { getRemainingTimeInMillis: () => 60_000 });

    await runMachine({
      ...NIGHT,
      handlers: { collectRegion: out(HANDLERS.collectRegion), auditCluster: out(HANDLERS.auditCluster) },
    });

    const report = readReport(listObjects(estate));
    const payments = report.clusters.find(({ name }: ClusterReport) => name === 'payments');
    const late = payments.coverage.filter(({ reason }: Coverage) => reason?.includes('out of time: not begun'));
    const ofAccount = ['iam', 'identity-center', 'organizations'];
    const sourcesOf = (rows: readonly Coverage[]): readonly string[] => rows.map(({ source }) => source);
    expect(late.length).toBeGreaterThan(5);
    expect(sourcesOf(late)).toEqual(
      sourcesOf(payments.coverage.filter(({ source }: Coverage) => !ofAccount.includes(source))),
    );
  });

  it('asks for log queries that still run in a later call, and starts none of them twice', async () => {
    const estate = await startNightlyEstate({ accounts: [HOME], regions: ['eu-central-1'] });
    const rounds: unknown[] = [];
    const collectRegion: Handler = async (event, context) => {
      rounds.push(event);
      // Each look at the clock takes ten seconds: no query is waited for long, and is left to the next round.
      let nowMs = 0;
      const clock = vi.spyOn(SYSTEM_TIMER, 'nowMs').mockImplementation(() => {
        nowMs += 10_000;
        return nowMs;
      });
      const answer = await HANDLERS.collectRegion(event, context);
      clock.mockRestore();
      return answer;
    };

    await runMachine({ ...NIGHT, handlers: { collectRegion } });

    const report = readReport(listObjects(estate));
    const payments = report.clusters.find(({ name }: ClusterReport) => name === 'payments');
    const logs = payments.coverage.filter(({ source }: Coverage) => source.endsWith('-log'));
    expect(logs.map(({ status }: Coverage) => status)).toEqual(['complete', 'complete']);
    expect(rounds.length).toBeGreaterThan(1);
    const started = estate.aws.calls
      .filter(({ name }) => name === 'logs:StartQuery')
      .map(({ input }) => JSON.stringify(input));
    expect(new Set(started).size).toBe(started.length);
    expect([...estate.aws.queries.values()].filter(({ status }) => status !== 'Complete')).toEqual([]);
  });

  it('looks at a few clusters again without a report', async () => {
    const estate = await startNightlyEstate();
    const input = { clusters: ['arn:aws:eks:eu-central-1:111122223333:cluster/payments'] };

    await runMachine({ ...NIGHT, input });

    const keys = [...listObjects(estate).keys()];
    expect(keys.filter((key) => key.startsWith(`runs/${RUN}/clusters/`))).toEqual([
      `runs/${RUN}/clusters/${PAYMENTS}.json`,
    ]);
    expect(keys.filter((key) => key.startsWith('reports/'))).toEqual([]);
    expect(estate.aws.published).toEqual([]);
  });
});
