import { describe, expect, test } from 'vitest';
import { readGuardDuty } from '../../shared/aws/guardduty.ts';
import { type LiveAws, type LiveAwsOptions, openLiveAws } from '../support/live-aws.ts';
import { makeFolder } from '../support/temp-folder.ts';

const PLACE = { account: '111122223333', region: 'eu-central-1' };
const FILE = '111122223333/eu-central-1/guardduty.json';
const FEATURES = [{ Name: 'EKS_AUDIT_LOGS', Status: 'ENABLED' }];

function openDetectors(options: LiveAwsOptions = {}): Promise<LiveAws> {
  const text = JSON.stringify([{ Status: 'ENABLED', CreatedAt: '2026-01-10T00:00:00.000Z', Features: FEATURES }]);
  return openLiveAws({ folder: makeFolder({ [FILE]: text }), ...options });
}

describe('GuardDuty adapter', () => {
  test('writes each detector with what it watches', async () => {
    const { access, task, files } = await openDetectors();

    const read = await readGuardDuty(access, PLACE, task);

    expect(read).toEqual({ coverage: [], queries: [], mends: [] });
    expect(JSON.parse(files.get(FILE) ?? '')).toMatchObject([{ Status: 'ENABLED', Features: FEATURES }]);
  });

  test('writes that there is no detector', async () => {
    const { access, task, files } = await openLiveAws();

    await readGuardDuty(access, { ...PLACE, region: 'eu-west-1' }, task);

    expect(files.get('111122223333/eu-west-1/guardduty.json')).toBe('[]\n');
  });

  test('does not take a detector that is denied for none', async () => {
    const { access, task } = await openDetectors({ caller: { deny: ['guardduty:GetDetector'] } });

    const read = await readGuardDuty(access, PLACE, task);

    expect(read.coverage).toMatchObject([{ source: 'guardduty', ...PLACE, status: 'partial' }]);
    expect(read.mends[0]?.mend).toContain('"Resource":"arn:aws:guardduty:eu-central-1:111122223333:detector/*"');
  });
});
