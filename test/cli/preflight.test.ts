import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import type { PreflightRow } from '../../shared/model/preflight.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { type LiveEstateOptions, startLiveEstate } from '../support/live-estate.ts';
import { recordWorld } from '../support/world.ts';

async function preflight(options: LiveEstateOptions, ...args: readonly string[]) {
  const estate = await startLiveEstate(options);
  const world = recordWorld({ aws: { endpoint: estate.aws.url, region: 'eu-central-1' } });
  const exitCode = await runKeyholder(['preflight', ...args, '--now', '2026-11-21T03:00:00Z'], world);
  return { exitCode, out: world.out(), err: world.err(), ...estate };
}

function listGaps(out: string): readonly string[] {
  const { rows }: { rows: readonly PreflightRow[] } = JSON.parse(out);
  return rows.filter(({ isMissing }) => isMissing).map(({ action, status }) => `${action} ${status}`);
}

const AUDITOR_POLICY = new URL('../../resources/auditor-access/iam-policy.json', import.meta.url);
const PAYMENTS = ['--cluster', 'payments'];

describe('keyholder preflight', { timeout: 60_000 }, () => {
  it('finds nothing missing where everything is allowed, and asks nothing that the models forbid', async () => {
    const { exitCode, out, err, aws } = await preflight({}, ...PAYMENTS, '--format', 'json');

    expect(listGaps(out)).toEqual([]);
    expect([exitCode, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ schema: 'keyholder.preflight/v1', missing: 0, policy: null });
    expect(aws.problems).toEqual([]);
  });

  it('tries every right that the auditor is given, but for what there is none of, and one that an audit gets by without', async () => {
    const { out } = await preflight({}, '--format', 'json');

    const { rows }: { rows: readonly PreflightRow[] } = JSON.parse(out);
    const policy: { Statement: { Action: string[] }[] } = JSON.parse(readFileSync(AUDITOR_POLICY, 'utf8'));
    const tried = new Set(rows.map(({ action }) => action));
    const untried = policy.Statement.flatMap(({ Action }) => Action).filter((action) => !tried.has(action));
    expect(untried).toEqual(['eks:DescribeCapability', 'eks:DescribeFargateProfile', 'eks:ListAccessPolicies']);
  });

  it('gives every missing permission as a statement, and ends with exit code 1', async () => {
    const deny = ['iam:GetAccountAuthorizationDetails', 'eks:ListAccessEntries', 'logs:StartQuery'];
    const { exitCode, out } = await preflight({ caller: { deny } }, ...PAYMENTS, '--format', 'json');

    expect(exitCode).toBe(1);
    expect(listAnswerErrors('preflight', JSON.parse(out))).toEqual([]);
    expect(listGaps(out)).toEqual([
      'iam:GetAccountAuthorizationDetails denied',
      'eks:ListAccessEntries denied',
      'logs:StartQuery denied',
    ]);
    const actions = JSON.parse(out).policy.Statement.map((one: { Action: string }) => one.Action);
    expect(actions.sort()).toEqual([...deny].sort());
  });

  it('needs no rights beyond those that it tries: denied everything, it still says what is missing', async () => {
    const { exitCode, out, err } = await preflight(
      { caller: { allow: ['sts:GetCallerIdentity'] } },
      ...PAYMENTS,
      '--format',
      'json',
    );

    expect([exitCode, err]).toEqual([1, '']);
    expect(listGaps(out)).toContain('eks:DescribeCluster denied');
    expect(listGaps(out)).toContain('cloudtrail:LookupEvents denied');
    expect(listGaps(out)).toContain('list clusterroles unavailable');
  });

  it('tells people the table, the reason and what stays open', async () => {
    const { exitCode, out } = await preflight({ kubernetes: { answers: { '*': 403 } } }, ...PAYMENTS);

    expect(exitCode).toBe(1);
    expect(out.split('\n')[0]).toMatch(/^5 of \d+ calls that an audit makes are missing\.$/);
    expect(out).toContain('111122223333 / eu-central-1 / payments');
    expect(out).toMatch(/403,\s+the\s+caller\s+is\s+mapped/);
    expect(out).toContain('Stays open: who is mapped by aws-auth.');
  });

  it('goes through every cluster of a region, and says which logs are off', async () => {
    const { out } = await preflight({}, '--format', 'json');

    const { rows }: { rows: readonly PreflightRow[] } = JSON.parse(out);
    expect(new Set(rows.map(({ cluster }) => cluster))).toEqual(new Set([null, 'archive', 'legacy', 'payments']));
    expect(rows.find((row) => row.cluster === 'legacy' && row.status === 'disabled')?.mend).toContain(
      'aws eks update-cluster-config',
    );
  });

  it('says in one line that there is no login', async () => {
    const estate = await startLiveEstate({ caller: { isExpired: true } });
    const world = recordWorld({ aws: { endpoint: estate.aws.url, region: 'eu-central-1' } });

    expect(await runKeyholder(['preflight'], world)).toBe(2);
    expect(world.err().trim().split('\n')).toHaveLength(1);
    vi.unstubAllEnvs();
  });
});
