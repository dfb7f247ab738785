import { describe, expect, test } from 'vitest';
import { openObjectEvidence } from '../../shared/offline/object-evidence.ts';
import { openObjectRecorder } from '../../shared/offline/object-recorder.ts';
import { type AuditPlan, evidencePrefix, partKey, planKey, writeRunDocument } from '../../shared/pipeline/audit-run.ts';
import { UNWATCHED } from '../../shared/pipeline/deadline.ts';
import { publishReport } from '../../shared/pipeline/publish-report.ts';
import { openMemoryObjects } from '../support/memory-objects.ts';

const RUN = 'night-1';
const PLAN: AuditPlan = {
  run: RUN,
  now: '2026-11-21T03:00:00Z',
  window: { from: '2026-11-20T01:00:00Z', to: '2026-11-21T03:00:00Z' },
  accounts: [{ account: '111122223333', mentions: [], isDirectory: false }],
  units: [{ account: '111122223333', region: 'us-east-1', clusters: ['payments'], readsIamTrail: true }],
};

/** A night that left nothing but what is declared; no canary was ever heard. */
async function publish(declared: string | null) {
  const store = openMemoryObjects();
  await writeRunDocument(store, planKey(RUN), { kind: 'plan', value: PLAN });
  const part = { scope: [], coverage: [], queries: [], mends: [], caller: null };
  await writeRunDocument(store, partKey(RUN, '111122223333'), { kind: 'part', value: part });
  if (declared !== null) await store.write(`${evidencePrefix(RUN)}keyholder.yml`, declared);
  const digests: string[] = [];
  const published = await publishReport(
    { run: RUN },
    {
      store,
      sink: openObjectRecorder(store, evidencePrefix(RUN)),
      openEvidence: (places) => openObjectEvidence(store, evidencePrefix(RUN), places),
      reports: { write: async (name) => name },
      link: async () => null,
      publisher: { publish: async ({ text }) => void digests.push(text) },
      canaries: { rows: { list: async () => [] }, home: null },
      rows: null,
      renewal: null,
      signal: new AbortController().signal,
      progress: UNWATCHED,
    },
  );
  return { published, digests };
}

describe('publishReport', () => {
  test('misses the canary of emergency roles where keyholder.yml declares one of the account', async () => {
    const role = 'breakGlass:\n  - principal: arn:aws:iam::111122223333:role/emergency\n';
    const { published, digests } = await publish(role);

    expect(published.path).toMatchObject({
      silent: [{ region: 'us-east-1', rules: ['eks', 'logs', 'cloudtrail', 'iam', 'sts', 'log-batch'] }],
    });
    expect(digests.join()).toContain(
      'the assumption of emergency roles, logs of clusters, never heard: 111122223333 us-east-1',
    );
  });

  test.each([[null], ['breakGlass:\n  - principal: arn:aws:iam::444455556666:role/emergency\n']])(
    'misses no such canary where it declares %j',
    async (declared) => {
      const { published } = await publish(declared);

      expect(published.path).toMatchObject({ silent: [{ rules: ['eks', 'logs', 'cloudtrail', 'iam', 'log-batch'] }] });
    },
  );
});
