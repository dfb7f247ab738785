import { describe, expect, test } from 'vitest';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import type { RefusedFinding } from '../../shared/message-port.ts';
import type { RememberedFinding } from '../../shared/model/remembered.ts';
import { importFindings } from '../../shared/pipeline/import-findings.ts';
import { type RenewedNight, type RenewPorts, renewFindings } from '../../shared/pipeline/renew-findings.ts';
import type { AsffFinding } from '../../shared/reports/asff.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { CLUSTER, FINGERPRINT, remembered } from '../support/notices.ts';
import { clusterReport, finding } from '../support/report.ts';
import { listErrorsOf } from '../support/schema-errors.ts';

const HOME = { partition: 'aws', region: 'eu-central-1', account: '444455556666' };
/** A night on which it is the turn of FINGERPRINT. */
const NOW = '2026-12-01T03:00:00Z';
const OTHER_NIGHT = '2026-12-02T03:00:00Z';
const ORDERS = 'arn:aws:eks:us-east-1:444455556666:cluster/orders';

function nightOf(more: Partial<RenewedNight> = {}, now = NOW): RenewedNight {
  const unit = { account: '111122223333', region: 'eu-west-1', clusters: ['payments'], readsIamTrail: true };
  const account = { account: '111122223333', mentions: [], isDirectory: false };
  return {
    report: { clusters: [clusterReport({ arn: CLUSTER })], findings: [] },
    plan: { now, units: [unit], accounts: [account] },
    signal: new AbortController().signal,
    ...more,
  };
}

function openHub(refuse: (document: AsffFinding) => string | null = () => null) {
  const taken: AsffFinding[] = [];
  const store = createMemoryStore();
  const hub = {
    importFindings: async (documents: readonly unknown[]): Promise<readonly RefusedFinding[]> => {
      const given: AsffFinding[] = JSON.parse(JSON.stringify(documents));
      taken.push(...given.filter((one) => refuse(one) === null));
      return given.flatMap((one) => {
        const reason = refuse(one);
        return reason === null ? [] : [{ id: one.Id, reason }];
      });
    },
  };
  const ports: RenewPorts = { rows: store, hub, home: HOME };
  const keep = async (more: Partial<RememberedFinding> = {}, partition = CLUSTER) => {
    const body = wrapRemembered('finding', remembered(more));
    const key = `finding#${remembered(more).fingerprint}`;
    await store.put({ partition, key, version: 1, body, expiresAt: null });
  };
  const know = async (arn: string) => {
    const [, , , region = '', account = '', name = ''] = arn.split(':');
    const body = wrapRemembered('cluster', { arn, name: name.replace('cluster/', ''), account, region });
    await store.put({ partition: 'estate', key: `cluster#${arn}`, version: 1, body, expiresAt: null });
  };
  return { taken, ports, keep, know, store };
}

/** As Security Hub does: what is not later than what it holds is ignored. */
function holdLatest() {
  const held = new Map<string, AsffFinding>();
  return {
    find: (fingerprint: string) => held.get(`keyholder/${fingerprint}`),
    importFindings: async (documents: readonly unknown[]) => {
      const given: AsffFinding[] = JSON.parse(JSON.stringify(documents));
      for (const one of given) {
        const known = held.get(one.Id);
        if (known === undefined || Date.parse(known.UpdatedAt) < Date.parse(one.UpdatedAt)) held.set(one.Id, one);
      }
      return [];
    },
  };
}

/** Of the same turn. */
function twin(index: number): string {
  return `${FINGERPRINT.slice(0, 8)}${String(index).padStart(24, '0')}`;
}

describe('renewFindings', () => {
  test('gives what stands again under the same id, as old as it is, dated by the night', async () => {
    const { taken, ports, keep } = openHub();
    await keep({ status: 'open' });
    const seen = finding({ fingerprint: FINGERPRINT, lastSeenAt: NOW });
    const report = { clusters: [clusterReport({ arn: CLUSTER, findings: [seen] })], findings: [] };
    const night = nightOf({ report });

    expect(await renewFindings(night, ports)).toEqual({ renewed: 1, left: 0, unread: 0, reasons: [] });
    expect(listErrorsOf('asff', JSON.stringify(taken))).toEqual([]);
    expect(taken).toMatchObject([
      {
        Id: `keyholder/${FINGERPRINT}`,
        ProductArn: 'arn:aws:securityhub:eu-central-1:444455556666:product/444455556666/default',
        CreatedAt: '2026-11-21T08:01:00Z',
        FirstObservedAt: '2026-11-21T08:01:00Z',
        LastObservedAt: NOW,
        UpdatedAt: NOW,
        Severity: { Label: 'CRITICAL' },
        Compliance: { Status: 'FAILED' },
        Workflow: { Status: 'NEW' },
        RecordState: 'ACTIVE',
      },
    ]);
  });

  test('says of what the night did not see no more than the table knows', async () => {
    const { taken, ports, keep } = openHub();
    await keep();
    await renewFindings(nightOf(), ports);

    expect(taken).toMatchObject([{ LastObservedAt: '2026-11-21T08:01:00Z', UpdatedAt: NOW }]);
  });

  test.each([
    ['new', 'NEW'],
    ['open', 'NEW'],
    ['reopened', 'NEW'],
    ['accepted', 'SUPPRESSED'],
  ] as const)('gives one that is %s as %s', async (status, workflow) => {
    const { taken, ports, keep } = openHub();
    await keep({ status });
    await renewFindings(nightOf(), ports);

    expect(taken).toMatchObject([{ Workflow: { Status: workflow }, RecordState: 'ACTIVE' }]);
  });

  test('opens nothing again that is over, and leaves alone what happened and never ends', async () => {
    const { taken, ports, keep } = openHub();
    await keep({ status: 'resolved' });
    await keep({ fingerprint: twin(1), detection: 'exec-in-kube-system' });

    expect(await renewFindings(nightOf(), ports)).toMatchObject({ renewed: 0, left: 0 });
    expect(taken).toEqual([]);
  });

  test.each([
    ['before', ['changes', 'night']],
    ['after', ['night', 'changes']],
  ] as const)(
    'sets nothing back that ends in the second in which the night began, told %s it',
    async (_when, order) => {
      const { ports, keep, store } = openHub();
      await keep();
      const held = holdLatest();
      const change = { number: 2, kind: 'resolved', cause: 'audit', at: NOW } as const;
      const over = remembered({ status: 'resolved', change });
      const row = { sequenceNumber: '1', partition: CLUSTER, key: '', before: null, after: null, writtenAt: NOW };
      const hub = { importFindings: held.importFindings };
      for (const who of order) {
        if (who === 'night') await renewFindings(nightOf(), { ...ports, hub });
        else await importFindings([{ row, finding: over }], { store, securityHub: { hub, home: HOME }, now: NOW });
      }

      expect(held.find(FINGERPRINT)).toMatchObject({ RecordState: 'ARCHIVED', UpdatedAt: '2026-12-01T03:00:00.002Z' });
    },
  );

  test('leaves a finding to the night whose turn it is', async () => {
    const { taken, ports, keep } = openHub();
    await keep();

    expect(await renewFindings(nightOf({}, OTHER_NIGHT), ports)).toMatchObject({ renewed: 0, left: 0 });
    expect(taken).toEqual([]);
  });

  test('gives what stands in a region that nobody could list, and nothing of a cluster that is gone', async () => {
    const { taken, ports, keep, know } = openHub();
    const gone = 'arn:aws:eks:eu-west-1:111122223333:cluster/gone';
    for (const arn of [CLUSTER, ORDERS, gone]) await know(arn);
    await keep({ fingerprint: twin(1), cluster: { arn: ORDERS, name: 'orders', life: null } }, ORDERS);
    await keep({ fingerprint: twin(2), cluster: { arn: gone, name: 'gone', life: null } }, gone);
    await renewFindings(nightOf(), ports);

    expect(taken.map(({ Resources }) => Resources[0]?.Id)).toEqual([ORDERS]);
  });

  test('gives what lacks in a region once, as long as there are clusters', async () => {
    const { taken, ports, keep } = openHub();
    const lack = { cluster: null, detection: 'guardduty-eks-off' } as const;
    await keep({ ...lack, subject: 'region:111122223333/eu-west-1' }, 'account:111122223333');
    await keep({ ...lack, fingerprint: twin(1), subject: 'region:111122223333/us-east-1' }, 'account:111122223333');
    const night = nightOf();
    const empty = { account: '111122223333', region: 'us-east-1', clusters: [], readsIamTrail: false };
    const seen = finding({ ...lack, fingerprint: FINGERPRINT, lastSeenAt: NOW });
    const report = { ...night.report, findings: [seen] };
    await renewFindings({ ...night, report, plan: { ...night.plan, units: [...night.plan.units, empty] } }, ports);

    expect(taken).toMatchObject([
      { LastObservedAt: NOW, ProductFields: { 'keyholder/account': '111122223333', 'keyholder/region': 'eu-west-1' } },
    ]);
  });

  test('counts what was not taken, and goes on with the others', async () => {
    const { taken, ports, keep } = openHub(({ Id }) => (Id.endsWith('3') ? 'InvalidInput' : null));
    for (let index = 0; index < 250; index += 1) await keep({ fingerprint: twin(index) });

    expect(await renewFindings(nightOf(), ports)).toEqual({
      renewed: 225,
      left: 25,
      unread: 0,
      reasons: ['InvalidInput'],
    });
    expect(taken.length).toBe(225);
  });

  test('ends in time, and says what it left', async () => {
    const { ports, keep } = openHub();
    for (let index = 0; index < 250; index += 1) await keep({ fingerprint: twin(index) });
    const stop = new AbortController();
    const hub: RenewPorts['hub'] = {
      importFindings: async () => {
        stop.abort();
        return [];
      },
    };

    expect(await renewFindings(nightOf({ signal: stop.signal }), { ...ports, hub })).toEqual({
      renewed: 100,
      left: 150,
      unread: 0,
      reasons: ['the function had no more time'],
    });
  });

  test('reads nothing when there is no time at all', async () => {
    const { ports } = openHub();

    expect(await renewFindings(nightOf({ signal: AbortSignal.abort() }), ports)).toEqual({
      renewed: 0,
      left: 0,
      unread: 2,
      reasons: ['the function had no more time'],
    });
  });

  test('says of a table or a Security Hub that does not answer what it does not know, and throws nothing', async () => {
    const { ports, keep, store } = openHub();
    await keep();
    const broken = () => Promise.reject(new Error('dynamodb:Query on table keyholder: denied'));
    const hub = { importFindings: () => Promise.reject(new Error('no answer')) };

    expect(await renewFindings(nightOf(), { ...ports, rows: { list: broken } })).toEqual({
      renewed: 0,
      left: 0,
      unread: 2,
      reasons: [
        'clusters that were not audited: dynamodb:Query on table keyholder: denied',
        'dynamodb:Query on table keyholder: denied',
      ],
    });
    expect(await renewFindings(nightOf(), { ...ports, rows: store, hub })).toEqual({
      renewed: 0,
      left: 1,
      unread: 0,
      reasons: ['no answer'],
    });
  });

  test('does nothing where there is no Security Hub', async () => {
    expect(await renewFindings(nightOf(), null)).toBeNull();
  });
});
