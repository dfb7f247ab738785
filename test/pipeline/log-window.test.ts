import { describe, expect, it } from 'vitest';
import { resolveLogWindow } from '../../shared/pipeline/log-window.ts';

const PAYMENTS = { account: '111122223333', region: 'eu-central-1', name: 'payments' };
const LEGACY = { ...PAYMENTS, name: 'legacy' };
const ARN = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
const TO = '2026-11-21T03:00:00Z';
const window = { from: '2026-11-20T03:00:00Z', to: TO };

function readTo(authenticator: string, audit: string) {
  return { [ARN]: { 'authenticator-log': authenticator, 'audit-log': audit, cloudtrail: '2026-01-01T00:00:00Z' } };
}

describe('resolveLogWindow', () => {
  it('goes on an hour before the end of the last window that was read in whole', () => {
    const logsReadTo = readTo('2026-11-21T00:00:00Z', '2026-11-21T00:00:00Z');

    expect(resolveLogWindow([PAYMENTS], { window, logsReadTo })).toEqual({ from: '2026-11-20T23:00:00Z', to: TO });
  });

  it('goes further back than it was asked to where the last window ended earlier', () => {
    const logsReadTo = readTo('2026-11-21T00:00:00Z', '2026-11-17T00:00:00Z');

    expect(resolveLogWindow([PAYMENTS], { window, logsReadTo })).toEqual({ from: '2026-11-16T23:00:00Z', to: TO });
  });

  it('leaves no hole in the log of a cluster that was never read', () => {
    const logsReadTo = readTo('2026-11-21T00:00:00Z', '2026-11-21T00:00:00Z');

    expect(resolveLogWindow([PAYMENTS, LEGACY], { window, logsReadTo })).toEqual(window);
  });

  it.each([
    ['nothing is remembered', undefined],
    ['of one of its logs nothing is remembered', { [ARN]: { 'authenticator-log': '2026-11-21T00:00:00Z' } }],
    ['the state is of other clusters', { [`${ARN}-2`]: { 'audit-log': '2026-11-21T00:00:00Z' } }],
  ])('keeps to what was asked for where %s', (_, logsReadTo) => {
    expect(resolveLogWindow([PAYMENTS], { window, ...(logsReadTo === undefined ? {} : { logsReadTo }) })).toEqual(
      window,
    );
  });

  it('reads an hour where the last window ended in the future', () => {
    const logsReadTo = readTo('2027-01-01T00:00:00Z', '2027-01-01T00:00:00Z');

    expect(resolveLogWindow([PAYMENTS], { window, logsReadTo })).toEqual({ from: '2026-11-21T02:00:00Z', to: TO });
  });
});
