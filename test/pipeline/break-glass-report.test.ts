import { describe, expect, test } from 'vitest';
import { unwrapRemembered } from '../../shared/findings/remembered.ts';
import type { RememberedEmergency } from '../../shared/model/break-glass.ts';
import { alertOnEvent } from '../../shared/pipeline/alert-on-event.ts';
import type { FindingStore } from '../../shared/ports.ts';
import { createAlertPorts } from '../support/alert-ports.ts';
import {
  assumeBeforeNight,
  bindingLine,
  DECLARED,
  EMERGENCY,
  logEvent,
  loginLine,
  nightOfUse,
} from '../support/break-glass-night.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { ARN, auditAt } from '../support/remembering.ts';
import { CLUSTER } from '../support/small-estate.ts';

const NIGHT = '2026-11-21T03:00:00Z';
const NEXT = '2026-11-22T03:00:00Z';

async function reports(store: FindingStore): Promise<readonly RememberedEmergency[]> {
  const rows = await store.list(ARN, 'break-glass#');
  return rows.flatMap(({ body }) => unwrapRemembered('break-glass', body) ?? []);
}

/** How often the audit waited for its store; at the moment `at` (from 1) it dies instead. */
async function auditDyingAt(store: FindingStore, at: number): Promise<number> {
  let moments = 0;
  const pass = (): void => {
    moments += 1;
    if (moments === at) throw new Error('died');
  };
  const dying: FindingStore = {
    get: async (...asked) => {
      pass();
      return store.get(...asked);
    },
    list: async (...asked) => {
      pass();
      return store.list(...asked);
    },
    put: async (item) => {
      pass();
      const isWritten = await store.put(item);
      pass();
      return isWritten;
    },
  };
  await auditAt(dying, NIGHT, nightOfUse());
  return moments;
}

describe('rememberBreakGlass', () => {
  test('reports a use that is over, under the finding that told of it', async () => {
    const store = createMemoryStore();
    await assumeBeforeNight(store);
    const { report } = await auditAt(store, NIGHT, nightOfUse());

    const used = report.clusters[0]?.findings.find(({ detection }) => detection === 'break-glass-used');
    expect(used?.subject).toBe(`iam:${EMERGENCY}`);
    expect(await reports(store)).toMatchObject([
      {
        number: 1,
        finding: used?.fingerprint,
        report: {
          principal: EMERGENCY,
          from: '2026-11-20T22:01:00Z',
          to: '2026-11-20T22:31:00Z',
          over: 'expired',
          sessions: [
            {
              name: 'alice',
              by: { name: 'arn:aws:iam::111122223333:role/deployer', session: 'alice' },
              sourceIp: '192.0.2.10',
              expiresAt: '2026-11-20T23:00:00Z',
            },
          ],
          addresses: ['192.0.2.10'],
          logins: 2,
          deeds: [{ what: 'delete clusterrolebindings left-behind', count: 1 }],
          grant: { status: 'stands' },
        },
      },
    ]);
  });

  test('writes nothing when the same audit is made again, or a later one sees no more', async () => {
    const store = createMemoryStore();
    await auditAt(store, NIGHT, nightOfUse());
    const before = await store.list(ARN, 'break-glass#');
    await auditAt(store, NIGHT, nightOfUse());
    await auditAt(store, NEXT, nightOfUse());

    expect(await store.list(ARN, 'break-glass#')).toEqual(before);
  });

  test('writes the report once wherever the audit dies, when it is made again', async () => {
    const counted = await auditDyingAt(createMemoryStore(), 0);
    expect(counted).toBeGreaterThan(20);

    for (let at = 1; at <= counted; at += 1) {
      const store = createMemoryStore();
      await expect(auditDyingAt(store, at), `died at ${at}`).rejects.toThrow('died');
      await auditAt(store, NIGHT, nightOfUse());
      expect(
        (await reports(store)).map(({ number }) => number),
        `died at ${at}`,
      ).toEqual([1]);
    }
  });

  test('reports a use once though it is declared with a path and only its events are left to see', async () => {
    const store = createMemoryStore();
    const declared = `breakGlass:\n  - principal: ${EMERGENCY.replace('role/', 'role/kept/')}\n`;
    await auditAt(store, '2026-11-20T03:00:00Z', { ...DECLARED, 'keyholder.yml': declared });
    await alertOnEvent(
      logEvent(bindingLine('2026-11-20T22:10:00Z', 'audit-1').trim(), '2026-11-20T22:10:00Z'),
      createAlertPorts({ store }),
    );
    await auditAt(store, NIGHT, { ...nightOfUse(), 'keyholder.yml': declared });
    await auditAt(store, NEXT, { ...DECLARED, 'keyholder.yml': declared });

    expect((await reports(store)).map(({ number }) => number)).toEqual([1]);
  });

  test('reports what came by itself where the log cannot be read', async () => {
    const store = createMemoryStore();
    await auditAt(store, '2026-11-20T03:00:00Z', DECLARED);
    await alertOnEvent(
      logEvent(loginLine('2026-11-20T22:01:00Z').trim(), '2026-11-20T22:01:00Z'),
      createAlertPorts({ store }),
    );
    await auditAt(store, NIGHT, { ...DECLARED, [`${CLUSTER}/authenticator.log`]: null });

    expect(await reports(store)).toMatchObject([
      {
        report: {
          from: '2026-11-20T22:01:00Z',
          logins: 1,
          unseen: [expect.stringMatching(/^authenticator-log: /), expect.stringMatching(/^who assumed the role/)],
        },
      },
    ]);
  });

  test('waits while the session lasts', async () => {
    const store = createMemoryStore();
    await assumeBeforeNight(store);
    await auditAt(store, '2026-11-20T22:59:00Z', nightOfUse());

    expect(await reports(store)).toEqual([]);
  });

  test('says that nobody saw who assumed the role, where no event did', async () => {
    const store = createMemoryStore();
    await auditAt(store, NIGHT, nightOfUse());

    expect(await reports(store)).toMatchObject([
      {
        report: {
          over: 'quiet',
          sessions: [{ name: 'alice', by: null }],
          unseen: expect.arrayContaining([expect.stringMatching(/^who assumed the role/)]),
        },
      },
    ]);
  });

  test('reports the next use for itself', async () => {
    const store = createMemoryStore();
    await auditAt(store, NIGHT, nightOfUse());
    const [first] = await reports(store);
    const later = loginLine('2026-11-21T20:00:00Z');
    const night = nightOfUse();
    await auditAt(store, NEXT, {
      ...night,
      [`${CLUSTER}/authenticator.log`]: `${night[`${CLUSTER}/authenticator.log`]}${later}`,
    });

    expect(await reports(store)).toMatchObject([
      {
        number: 2,
        finding: first?.finding,
        report: { from: '2026-11-21T20:00:00Z', to: '2026-11-21T20:00:00Z', over: 'quiet', deeds: [] },
      },
    ]);
  });

  test('says that the grant is gone when its entry is', async () => {
    const store = createMemoryStore();
    const withoutEntry = { [`${CLUSTER}/access-entries.json`]: JSON.stringify({ accessEntries: [] }) };
    await auditAt(store, NIGHT, { ...nightOfUse(), ...withoutEntry });

    expect((await reports(store)).map(({ report }) => report.grant.status)).toEqual(['gone']);
  });

  test.each([
    ['nobody used it', DECLARED],
    ['it is not declared', { ...nightOfUse(), 'keyholder.yml': 'tags:\n  required: [owner]\n' }],
    [
      'it is declared for another cluster',
      { ...nightOfUse(), 'keyholder.yml': `breakGlass:\n  - principal: ${EMERGENCY}\n    clusters: [billing]\n` },
    ],
  ])('reports nothing where %s', async (_what, files) => {
    const store = createMemoryStore();
    await auditAt(store, NIGHT, files);

    expect(await reports(store)).toEqual([]);
  });
});
