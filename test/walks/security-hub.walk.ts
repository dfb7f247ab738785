import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { fieldsAt, isFields, listed } from '../../scripts/templates.ts';
import { openBucket } from '../../shared/aws/bucket.ts';
import { openFindingsTable } from '../../shared/aws/findings-table.ts';
import { openHome } from '../../shared/aws/home.ts';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import type { RememberedFinding } from '../../shared/model/remembered.ts';
import { partKey, planKey, writeRunDocument } from '../../shared/pipeline/audit-run.ts';
import { CLUSTER, FINGERPRINT, remembered } from '../support/notices.ts';
import { type Moto, runCommand, startMoto } from '../support/packaged-stack.ts';
import { listErrorsOf } from '../support/schema-errors.ts';

const PRODUCT = 'arn:aws:securityhub:eu-central-1:123456789012:product/123456789012/default';
const BASELINE = 250;
/** Of 33, in each of eleven nights. */
const THREE = { renewed: 3, left: 0, unread: 0, reasons: [] };

let moto: Moto | undefined;

beforeAll(async () => {
  moto = await startMoto();
  await aws('s3', 'mb', 's3://keyholder-example');
  await aws('sns', 'create-topic', '--name', 'people');
  const keys = ['AttributeName=pk,KeyType=HASH', 'AttributeName=sk,KeyType=RANGE'];
  const types = ['AttributeName=pk,AttributeType=S', 'AttributeName=sk,AttributeType=S'];
  await aws(
    ...(['dynamodb', 'create-table', '--table-name', 'keyholder', '--billing-mode', 'PAY_PER_REQUEST'] as const),
    ...['--key-schema', ...keys, '--attribute-definitions', ...types],
  );
  await aws('securityhub', 'enable-security-hub');
}, 60_000);

afterAll(() => moto?.close());
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

async function aws(...args: readonly string[]): Promise<string> {
  const options = { cwd: '.', environment: moto?.environment ?? {} };
  const all = ['--endpoint-url', moto?.url ?? '', '--output', 'json', ...args];
  const { exitCode, output } = await runCommand('aws', all, options);
  expect(exitCode, output).toBe(0);
  return output;
}

function recordOf(finding: RememberedFinding, before: RememberedFinding | null, seconds: number) {
  const body = (one: RememberedFinding) => ({ body: { S: JSON.stringify(wrapRemembered('finding', one)) } });
  return {
    dynamodb: {
      ApproximateCreationDateTime: seconds,
      SequenceNumber: `${seconds}`.padStart(21, '0'),
      Keys: { pk: { S: CLUSTER }, sk: { S: `finding#${finding.fingerprint}` } },
      NewImage: body(finding),
      ...(before === null ? {} : { OldImage: body(before) }),
    },
  };
}

/** As the stack would, but for where AWS is. */
function deploy(): void {
  const environment = {
    ...moto?.environment,
    KEYHOLDER_BUCKET: 'keyholder-example',
    KEYHOLDER_TABLE: 'keyholder',
    KEYHOLDER_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:people',
    KEYHOLDER_SECURITY_HUB_PRODUCT_ARN: PRODUCT,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
}

async function publish(records: readonly unknown[]) {
  deploy();
  const { handler } = await import('../../functions/publish-changes.ts');
  return handler({ Records: records });
}

/** What remains of a night whose functions left nothing: the table is all that anybody knows. */
async function publishNight(now: string): Promise<unknown> {
  deploy();
  const [, , , region = '', account = ''] = CLUSTER.split(':');
  const run = `night-${now.slice(0, 10)}`;
  const window = { from: now, to: now };
  const unit = { account, region, clusters: ['payments'], readsIamTrail: true };
  const accounts = [{ account, mentions: [], isDirectory: false }];
  const home = openHome({ region: 'eu-central-1', endpoint: moto?.url ?? '', version: '0.1.0' });
  const bucket = openBucket(home, 'keyholder-example');
  const part = { scope: [], coverage: [], queries: [], mends: [], caller: null };
  await writeRunDocument(bucket, partKey(run, account), { kind: 'part', value: part });
  await writeRunDocument(bucket, planKey(run), { kind: 'plan', value: { run, now, window, accounts, units: [unit] } });
  const { handler } = await import('../../functions/publish-report.ts');
  return handler({ run }, { getRemainingTimeInMillis: () => 900_000 });
}

async function keep(finding: RememberedFinding): Promise<void> {
  const home = openHome({ region: 'eu-central-1', endpoint: moto?.url ?? '', version: '0.1.0' });
  const body = wrapRemembered('finding', finding);
  const key = `finding#${finding.fingerprint}`;
  await openFindingsTable(home, 'keyholder').put({ partition: CLUSTER, key, version: 1, body, expiresAt: null });
}

async function readFindings() {
  const answer: unknown = JSON.parse(await aws('securityhub', 'get-findings'));
  return listed(fieldsAt({ answer }, 'answer').Findings).filter(isFields);
}

describe('Security Hub', () => {
  test('holds a finding as it stands, and the same one archived when it is over', async () => {
    const found = remembered();
    expect(await publish([recordOf(found, null, 1_795_248_120)])).toMatchObject({ imported: 1, failures: [] });

    const [open] = await readFindings();
    expect(listErrorsOf('asff', JSON.stringify([open]))).toEqual([]);
    expect(open).toMatchObject({
      Id: `keyholder/${FINGERPRINT}`,
      AwsAccountId: '123456789012',
      ProductArn: PRODUCT,
      UpdatedAt: '2026-11-21T08:02:00.001Z',
      Compliance: { Status: 'FAILED' },
      RecordState: 'ACTIVE',
      Resources: [{ Id: CLUSTER }, { Id: 'arn:aws:iam::111122223333:role/newcomer' }],
      ProductFields: { 'keyholder/account': '111122223333' },
    });

    const change = { number: 2, kind: 'resolved', cause: 'audit', at: '2026-11-22T03:00:00Z' } as const;
    const over = remembered({ status: 'resolved', change });
    expect(await publish([recordOf(over, found, 1_795_316_460)])).toMatchObject({ imported: 1, failures: [] });

    const closed = await readFindings();
    expect(closed.length).toBe(1);
    expect(closed).toMatchObject([
      {
        Id: `keyholder/${FINGERPRINT}`,
        CreatedAt: '2026-11-21T08:01:00Z',
        UpdatedAt: '2026-11-22T03:01:00.002Z',
        Compliance: { Status: 'PASSED' },
        RecordState: 'ARCHIVED',
      },
    ]);
  });

  test(`takes ${BASELINE} findings of a first audit, of which nobody is alerted`, async () => {
    const change = { number: 1, kind: 'new', cause: 'baseline', at: '2026-11-21T03:00:00Z' } as const;
    const records = Array.from({ length: BASELINE }, (_, index) =>
      recordOf(remembered({ fingerprint: String(index).padStart(32, '0'), change }), null, 1_795_248_180),
    );

    expect(await publish(records)).toMatchObject({ imported: BASELINE, sent: { people: 0 }, failures: [] });
    const ids = new Set((await readFindings()).map(({ Id }) => Id));
    expect(ids.size).toBe(BASELINE + 1);
  });

  test('holds after 31 nights what stands, told of in the last eleven, and sets nothing back', {
    timeout: 240_000,
  }, async () => {
    const standing = Array.from({ length: 33 }, (_, index) => index.toString(16).padStart(8, '0').padEnd(32, 'c'));
    const change = { number: 1, kind: 'new', cause: 'baseline', at: '2026-11-21T03:00:00Z' } as const;
    const stored = standing.map((fingerprint) => remembered({ fingerprint, change }));
    const over = remembered({
      fingerprint: 'd'.repeat(32),
      status: 'resolved',
      change: { ...change, number: 2, kind: 'resolved', cause: 'audit' },
    });
    await publish([...stored, over].map((finding) => recordOf(finding, null, 1_795_230_000)));
    for (const finding of [...stored, over]) await keep(finding);
    const renewed: unknown[] = [];
    for (let day = 1; day <= 31; day += 1) {
      const now = new Date(Date.parse('2026-11-21T03:00:00Z') + day * 86_400_000).toISOString();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(now) });
      renewed.push(await publishNight(now.replace('.000Z', 'Z')));
    }

    const held = new Map((await readFindings()).map((one) => [one.Id, one]));
    expect(renewed).toEqual(renewed.map(() => expect.objectContaining({ renewal: THREE })));
    expect(held.get(`keyholder/${over.fingerprint}`)).toMatchObject({
      UpdatedAt: '2026-11-21T03:00:00.002Z',
      RecordState: 'ARCHIVED',
    });
    const times = standing.map((fingerprint) => String(held.get(`keyholder/${fingerprint}`)?.UpdatedAt)).sort();
    expect([times[0], times.at(-1)]).toEqual(['2026-12-12T03:00:00Z', '2026-12-22T03:00:00Z']);
    for (const fingerprint of standing)
      expect(held.get(`keyholder/${fingerprint}`)).toMatchObject({
        FirstObservedAt: '2026-11-21T08:01:00Z',
        RecordState: 'ACTIVE',
        Workflow: { Status: 'NEW' },
      });
  });
});
