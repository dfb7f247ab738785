import { describe, expect, it } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { recordWorld } from '../support/world.ts';

async function run(...args: readonly string[]) {
  const world = recordWorld();
  const exitCode = await runKeyholder(args, world);
  return { exitCode, out: world.out(), err: world.err() };
}

const REFUSED = (message: string) => ({ exitCode: 2, out: '', err: `keyholder: ${message}\n` });
const LIVE = [
  ['--region', 'eu-central-1'],
  ['--profile', 'payments'],
  ['--role-arn', 'arn:aws:iam::111122223333:role/auditor'],
  ['--since', '7d'],
  ['--timeout', '30m'],
  ['--max-scan-gb', '1'],
  ['--trail-bucket', 'trail'],
  ['--evidence-bucket', 'cells'],
  ['--config', 'keyholder.yml'],
] as const;

describe('partLiveFromFolder', () => {
  it.each(LIVE)('refuses %s beside a folder, which an audit would not look at', async (flag, value) => {
    expect(await run('audit', '--evidence', 'evidence', flag, value)).toEqual(
      REFUSED(`expected either ${flag} or --evidence, got both`),
    );
    expect((await run('migrate', '--evidence', 'evidence', flag, value)).err).toContain('got both');
  });

  it.each([
    ['audit', ['--cluster', 'payments'], '--cluster'],
    ['migrate', ['--cluster', 'payments', '--state', 'state'], '--state'],
    ['explain', ['--cluster', 'payments', '--region', 'eu-central-1'], '--region'],
    ['recover', ['--cluster', 'payments', '--refine'], '--refine'],
  ])('refuses for %s %j beside a folder', async (command, flags, flag) => {
    expect(await run(command, '--evidence', 'evidence', ...flags)).toEqual(
      REFUSED(`expected either ${flag} or --evidence, got both`),
    );
  });

  it.each([
    ['audit', ['--state', '/nowhere/state']],
    ['migrate', ['--cluster', 'payments']],
    ['explain', ['--cluster', 'payments', '--principal', 'alice', '--verb', 'get', '--resource', 'pods']],
    ['recover', ['--cluster', 'payments']],
  ])('leaves to %s %j, which mean something beside a folder', async (command, flags) => {
    const { err } = await run(command, '--evidence', '/nowhere/at/all', ...flags);

    expect(err).toBe('keyholder: expected an evidence folder at /nowhere/at/all, got nothing there\n');
  });

  it('lists the flags of live AWS under their own heading', async () => {
    const { out } = await run('audit', '--help');

    expect(out.indexOf('--evidence <dir>')).toBeLessThan(out.indexOf('Of live AWS, instead of --evidence:'));
    expect(out.indexOf('--region <region>')).toBeGreaterThan(out.indexOf('Of live AWS, instead of --evidence:'));
  });
});

describe('refuseTwice', () => {
  it.each([
    [['audit', '--evidence', 'a', '--evidence', 'b'], '--evidence'],
    [['audit', '--format', 'json', '--format', 'text'], '--format'],
    [['who-can', 'get', 'pods', '-n', 'a', '--namespace', 'b'], '--namespace'],
    [['accept', 'x', '--owner', 'a', '--owner', 'b'], '--owner'],
  ])('refuses %j, of which the last value alone would count', async (args, flag) => {
    expect(await run(...args)).toEqual(REFUSED(`expected ${flag} once, got it twice`));
  });

  it('takes regions and roles as often as they come', async () => {
    const { err } = await run('audit', '--region', 'eu-central-1', '--region', 'x');

    expect(err).toBe('keyholder: expected regions such as eu-central-1 for --region, got "x"\n');
  });
});
