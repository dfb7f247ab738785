import { describe, expect, test } from 'vitest';
import { readOrganization } from '../../shared/aws/organizations.ts';
import { openLiveAws } from '../support/live-aws.ts';
import { makeFolder } from '../support/temp-folder.ts';

const ACCOUNT = '111122223333';
const FILE = `${ACCOUNT}/organization.json`;

describe('Organizations adapter', () => {
  test('writes the organisation with all pages of its accounts', async () => {
    const { access, task, files } = await openLiveAws({ pageSizes: { default: 1 } });

    await readOrganization(access, ACCOUNT, task);

    expect(JSON.parse(files.get(FILE) ?? '')).toMatchObject({
      Organization: { Id: 'o-example1234' },
      Accounts: [{ Id: '111122223333' }, { Id: '444455556666' }],
    });
  });

  test('says of an account that is in no organisation that there is none to read', async () => {
    const { access, task, files } = await openLiveAws({ folder: makeFolder({ [`${ACCOUNT}/iam.json`]: '{}' }) });

    const read = await readOrganization(access, ACCOUNT, task);

    expect(files.size).toBe(0);
    expect(read.coverage).toMatchObject([{ source: 'organizations', account: ACCOUNT, status: 'disabled' }]);
    expect(read.mends).toEqual([]);
  });

  test('keeps the organisation where only the management account may list its accounts', async () => {
    const { access, task, files } = await openLiveAws({ caller: { deny: ['organizations:ListAccounts'] } });

    const read = await readOrganization(access, ACCOUNT, task);

    expect(read.coverage).toMatchObject([{ status: 'partial' }]);
    expect(JSON.parse(files.get(FILE) ?? '')).toEqual({ Organization: { Id: 'o-example1234' } });
  });
});
