import { describe, expect, test } from 'vitest';
import { recallCluster } from '../../shared/pipeline/recall-state.ts';
import { rememberPeople } from '../../shared/pipeline/remember-people.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { access, cluster, people, person } from '../support/facts.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { clusterReport } from '../support/report.ts';

const AT = '2026-11-20T03:00:00Z';
const LATER = '2026-11-21T03:00:00Z';
const ALICE = 'iam-user 111122223333:user/alice';
const report = clusterReport({ arn: cluster().arn, access: [access()], coverage: coverageBut() });

async function recall(store: ReturnType<typeof createMemoryStore>) {
  return (await recallCluster(store, cluster().arn)).adminPeople?.[cluster().arn];
}

describe('rememberPeople', () => {
  test('gives the next run whoever could become an admin', async () => {
    const store = createMemoryStore();

    expect(await rememberPeople(store, report, AT)).toBe(1);
    expect(await recall(store)).toEqual({
      at: AT,
      life: report.createdAt,
      people: [ALICE],
      holders: ['111122223333:role/platform-admin'],
    });
  });

  test('writes nothing when the same audit is remembered again, and keeps the later one', async () => {
    const store = createMemoryStore();
    await rememberPeople(store, { ...report, access: [] }, LATER);

    expect(await rememberPeople(store, { ...report, access: [] }, LATER)).toBe(0);
    expect(await rememberPeople(store, report, AT)).toBe(0);
    expect((await recall(store))?.at).toBe(LATER);
  });

  test.each([
    ['IAM was not read', { coverage: coverageBut(coverage('iam', 'denied')) }],
    ['the entries were not read', { coverage: coverageBut(coverage('eks-api', 'denied')) }],
    [
      'nobody knows who stands behind an admin',
      { access: [access({ people: { status: 'not-readable', reason: 'another account', list: [] } })] },
    ],
    [
      'there are more of them than a row takes',
      {
        access: [
          access({
            people: people(
              ...Array.from({ length: 4000 }, (_, n) =>
                person({ principalArn: `arn:aws:iam::111122223333:user/u${n}` }),
              ),
            ),
          }),
        ],
      },
    ],
  ])('leaves the last whole list where %s', async (_name, more) => {
    const store = createMemoryStore();
    await rememberPeople(store, report, AT);

    expect(await rememberPeople(store, { ...report, ...more }, LATER)).toBe(0);
    expect((await recall(store))?.people).toEqual([ALICE]);
  });
});
