import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { readIamAccount } from '../../shared/aws/iam.ts';
import { parseIam } from '../../shared/evidence/iam.ts';
import { ESTATE } from '../support/estate.ts';
import { openLiveAws } from '../support/live-aws.ts';

const ACCOUNT = '111122223333';
const FILE = `${ACCOUNT}/iam.json`;

function names(text: string): unknown {
  const { iam, skips, reason } = parseIam(text, FILE);
  const withoutRef = (principal: { readonly evidence: unknown }) => ({ ...principal, evidence: null });
  return { roles: iam?.roles.map(withoutRef), users: iam?.users.map(withoutRef), skips, reason };
}

describe('IAM adapter', () => {
  test('writes what the command line would have printed, from one page', async () => {
    const { access, task, files } = await openLiveAws({ pageSizes: { default: 1000 } });

    const read = await readIamAccount(access, ACCOUNT, task);

    expect(read).toEqual({ coverage: [], queries: [], mends: [] });
    expect(names(files.get(FILE) ?? '')).toEqual(names(readFileSync(`${ESTATE}/${FILE}`, 'utf8')));
    expect(files.get(FILE)?.startsWith('{\n    "UserDetailList"')).toBe(true);
  });

  test('writes a list of pages, and every principal of each', async () => {
    const { access, task, files, aws } = await openLiveAws({ pageSizes: { default: 3 } });

    const read = await readIamAccount(access, ACCOUNT, task);

    expect(read.coverage).toEqual([]);
    expect(aws.calls.length).toBeGreaterThan(5);
    expect(names(files.get(FILE) ?? '')).toEqual(names(readFileSync(`${ESTATE}/${FILE}`, 'utf8')));
  });

  test('keeps the pages before one that does not come, and says so at both places', async () => {
    const { access, task, files, aws } = await openLiveAws({ pageSizes: { default: 3 } });
    aws.inject({ operation: 'iam:GetAccountAuthorizationDetails', fault: 'server-error', nth: 3, times: 2 });

    const read = await readIamAccount(access, ACCOUNT, task);

    expect(read.coverage).toMatchObject([{ source: 'iam', account: ACCOUNT, region: null, status: 'partial' }]);
    expect(parseIam(files.get(FILE) ?? '', FILE).reason).toContain('breaks off before its last page');
  });

  test('writes a principal once that two pages show', async () => {
    const { access, task, files, aws } = await openLiveAws({ pageSizes: { default: 3 } });
    aws.inject({ operation: 'iam:GetAccountAuthorizationDetails', fault: 'results-change', nth: 2 });

    await readIamAccount(access, ACCOUNT, task);

    expect(aws.unmet()).toEqual([]);
    expect(names(files.get(FILE) ?? '')).toEqual(names(readFileSync(`${ESTATE}/${FILE}`, 'utf8')));
  });

  test('writes nothing where it is denied, and gives the statement that allows it', async () => {
    const { access, task, files } = await openLiveAws({ caller: { deny: ['iam:*'] } });

    const read = await readIamAccount(access, ACCOUNT, task);

    expect(files.size).toBe(0);
    expect(read.coverage).toMatchObject([{ source: 'iam', status: 'denied' }]);
    expect(read.mends[0]?.mend).toContain('"Action":"iam:GetAccountAuthorizationDetails","Resource":"*"');
  });

  test('tells credentials that have expired from a policy that denies', async () => {
    const { access, task } = await openLiveAws({ caller: { isExpired: true } });

    const read = await readIamAccount(access, ACCOUNT, task);

    expect(read.coverage).toMatchObject([
      {
        status: 'unavailable',
        reason: 'iam:GetAccountAuthorizationDetails on account 111122223333: the credentials have expired',
      },
    ]);
  });
});
