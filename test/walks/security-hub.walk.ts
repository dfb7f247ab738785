import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { fieldsAt, isFields, listed } from '../../scripts/templates.ts';
import { wrapRemembered } from '../../shared/findings/remembered.ts';
import type { RememberedFinding } from '../../shared/model/remembered.ts';
import { CLUSTER, FINGERPRINT, remembered } from '../support/notices.ts';
import { type Moto, runCommand, startMoto } from '../support/packaged-stack.ts';
import { listErrorsOf } from '../support/schema-errors.ts';

const PRODUCT = 'arn:aws:securityhub:eu-central-1:123456789012:product/123456789012/default';
const BASELINE = 250;

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
afterEach(() => vi.unstubAllEnvs());

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

/** The function as it is deployed, but for where it finds AWS. */
async function publish(records: readonly unknown[]) {
  const environment = {
    ...moto?.environment,
    KEYHOLDER_BUCKET: 'keyholder-example',
    KEYHOLDER_TABLE: 'keyholder',
    KEYHOLDER_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:people',
    KEYHOLDER_SECURITY_HUB_PRODUCT_ARN: PRODUCT,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const { handler } = await import('../../functions/publish-changes.ts');
  return handler({ Records: records });
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
});
