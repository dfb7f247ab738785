import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../cli/run.ts';
import type { Report } from '../shared/model/report.ts';
import { ESTATE, ESTATE_NOW } from './support/estate.ts';
import { type LiveEstate, openWithoutPauses, startLiveEstate } from './support/live-estate.ts';
import { makeFolder } from './support/temp-folder.ts';
import { recordWorld } from './support/world.ts';

const GOLDEN = join(import.meta.dirname, 'fixtures/golden/estate/report.json');
const FILES = ['--config', join(ESTATE, 'keyholder.yml'), '--state', join(ESTATE, 'state.json')];
const LIVE = ['--region', 'eu-central-1', '--since', '90d', ...FILES];

async function run({ aws }: LiveEstate, ...args: readonly string[]) {
  const world = recordWorld({ aws: { endpoint: aws.url }, openLiveSources: openWithoutPauses });
  const exitCode = await runKeyholder([...args, '--now', ESTATE_NOW], world);
  return { exitCode, out: world.out(), err: world.err() };
}

/** What a live run can know as well as the folder does: creator, holders, levels and grants, not lines of files. */
function describePayments({ clusters }: Report) {
  const payments = clusters.find(({ name }) => name === 'payments');
  return {
    creator: payments?.creator.principalArn,
    mode: payments?.authenticationMode,
    keyholders: payments?.keyholders.map(({ holder, level, grants }) => ({
      holder,
      level,
      grants: grants.map(({ via, detail, scope }) => `${via} ${detail} ${scope}`),
    })),
  };
}

describe('a live run of the sample estate', { timeout: 60_000 }, () => {
  it('gives the report of the folder that it records, byte for byte', async () => {
    const estate = await startLiveEstate();
    const dir = join(makeFolder(), 'evidence');

    const collected = await run(estate, 'collect', ...LIVE, '--out', dir);
    const live = await run(estate, 'audit', ...LIVE, '--format', 'json');
    const folder = await run(estate, 'audit', '--evidence', dir, '--format', 'json');

    expect([collected.exitCode, live.exitCode]).toEqual([0, 0]);
    expect(live.err).toMatch(/^logs of 2 clusters: up to [\d.]+ GB, about \$[\d.]+ to scan\n$/);
    expect(live.out).toBe(folder.out);
    expect(estate.aws.problems).toEqual([]);
  });

  it('finds who holds the keys to payments as the reviewed report has it', async () => {
    const estate = await startLiveEstate();

    const { out } = await run(estate, 'audit', ...LIVE, '--format', 'json');

    const golden: Report = JSON.parse(readFileSync(GOLDEN, 'utf8'));
    expect(describePayments(golden).keyholders?.length).toBeGreaterThan(3);
    expect(describePayments(JSON.parse(out))).toEqual(describePayments(golden));
  });

  it('shows no credential and no token anywhere, and no raw log line outside of the folder', async () => {
    const estate = await startLiveEstate({ kubernetes: { answers: { '*': 403 } } });
    const dir = join(makeFolder(), 'evidence');

    const told = [
      await run(estate, 'collect', ...LIVE, '--out', dir),
      await run(estate, 'audit', ...LIVE, '--format', 'text'),
      await run(estate, 'audit', ...LIVE, '--role-arn', 'arn:aws:iam::111122223333:role/none', '--format', 'text'),
    ].map(({ out, err }) => out + err);

    const tokens = estate.kubernetes.requests.map(({ token }) => token);
    const written = readdirSync(dir, { recursive: true, encoding: 'utf8' })
      .map((name) => join(dir, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => readFileSync(path, 'utf8'));
    expect(tokens.length).toBeGreaterThan(0);
    for (const secret of [...estate.secrets, ...tokens]) {
      expect([...told, ...written].filter((text) => text.includes(secret))).toEqual([]);
    }
    expect(told.filter((text) => text.includes('msg="access granted"') || text.includes('"requestURI"'))).toEqual([]);
  });
});
