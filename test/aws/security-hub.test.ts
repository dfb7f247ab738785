import { describe, expect, test } from 'vitest';
import { openProduct, openSecurityHub } from '../../shared/aws/security-hub.ts';
import { type AskedCall, type AwsAnswer, serveAws } from '../support/aws-answers.ts';

const PRODUCT = 'arn:aws:securityhub:eu-central-1:111122223333:product/111122223333/default';
const TAKEN: AwsAnswer = { body: { FailedCount: 0, SuccessCount: 1 } };

function documents(count: number, description = 'A finding.') {
  return Array.from({ length: count }, (_, index) => ({ Id: `keyholder/${index}`, Description: description }));
}

function idsOf({ body }: AskedCall): readonly string[] {
  const { Findings }: { readonly Findings: readonly { readonly Id: string }[] } = JSON.parse(body);
  return Findings.map(({ Id }) => Id);
}

function refuse(code: string, ...ids: readonly string[]): AwsAnswer {
  const FailedFindings = ids.map((Id) => ({ Id, ErrorCode: code, ErrorMessage: 'said by the service' }));
  return { body: { FailedCount: ids.length, SuccessCount: 0, FailedFindings } };
}

describe('openProduct', () => {
  test('finds in the ARN of a product where findings go in', async () => {
    const { access } = await serveAws(() => TAKEN);
    const product = 'arn:aws-cn:securityhub:cn-north-1:444455556666:product/444455556666/default';

    expect(openProduct(access, product).home).toEqual({
      partition: 'aws-cn',
      region: 'cn-north-1',
      account: '444455556666',
    });
  });
});

describe('openSecurityHub', () => {
  test('gives findings in, a hundred at a time', async () => {
    const { access, asked } = await serveAws(() => TAKEN);

    expect(await openSecurityHub(access, PRODUCT).importFindings(documents(250))).toEqual([]);
    expect(asked.map(({ method, path }) => `${method} ${path}`)).toEqual(Array(3).fill('POST /findings/import'));
    expect(asked.map((call) => idsOf(call).length)).toEqual([100, 100, 50]);
    expect(new Set(asked.flatMap(idsOf)).size).toBe(250);
  });

  test('keeps each call below five megabytes', async () => {
    const { access, asked } = await serveAws(() => TAKEN);

    await openSecurityHub(access, PRODUCT).importFindings(documents(50, 'x'.repeat(200_000)));

    expect(asked.map((call) => idsOf(call).length)).toEqual([26, 24]);
  });

  test('does not send a finding above 240 KB, and says so', async () => {
    const { access, asked } = await serveAws(() => TAKEN);
    const large = { Id: 'keyholder/large', Description: '\u00e9'.repeat(130_000) };

    expect(await openSecurityHub(access, PRODUCT).importFindings([large, ...documents(1)])).toEqual([
      { id: 'keyholder/large', reason: 'a finding of 260041 bytes, above 240 KB' },
    ]);
    expect(asked.flatMap(idsOf)).toEqual(['keyholder/0']);
  });

  test('tries a part that a passing fault kept out once more, and that part alone', async () => {
    const { access, asked } = await serveAws((_call, number) =>
      number === 1 ? refuse('InternalFailure', 'keyholder/1') : TAKEN,
    );

    expect(await openSecurityHub(access, PRODUCT).importFindings(documents(3))).toEqual([]);
    expect(asked.map(idsOf)).toEqual([['keyholder/0', 'keyholder/1', 'keyholder/2'], ['keyholder/1']]);
  });

  test('gives what the second try did not take, and what will never be taken', async () => {
    const { access } = await serveAws((call) => {
      const left = idsOf(call).includes('keyholder/0') ? refuse('InvalidInput', 'keyholder/0') : { body: {} };
      const passing = refuse('ThrottlingException', 'keyholder/1');
      if (left === 'reset' || passing === 'reset') return 'reset';
      return { body: { FailedFindings: [...listFailed(left), ...listFailed(passing)] } };
    });

    expect(await openSecurityHub(access, PRODUCT).importFindings(documents(3))).toEqual([
      {
        id: 'keyholder/0',
        reason: 'securityhub:BatchImportFindings did not take a finding (InvalidInput)',
      },
      {
        id: 'keyholder/1',
        reason: 'securityhub:BatchImportFindings did not take a finding (ThrottlingException)',
      },
    ]);
  });

  test('finds the one finding for which a whole call is refused', async () => {
    const { access } = await serveAws((call) =>
      idsOf(call).includes('keyholder/63') ? { status: 400, error: 'InvalidInputException' } : TAKEN,
    );

    expect(await openSecurityHub(access, PRODUCT).importFindings(documents(100))).toEqual([
      {
        id: 'keyholder/63',
        reason: `securityhub:BatchImportFindings on ${PRODUCT}: refused (InvalidInputException)`,
      },
    ]);
  });

  test.each([
    ['an account without Security Hub', { status: 401, error: 'InvalidAccessException' }, 1],
    ['a role that may not', { status: 403, error: 'AccessDeniedException' }, 1],
    ['throttling', { status: 429, error: 'LimitExceededException' }, 4],
    ['a fault of the service', { status: 500, error: 'InternalException' }, 4],
    ['a connection that breaks off', 'reset', 4],
  ] as const)(
    'gives each finding of a call that failed, after a second try where one may help: %s',
    async (_what, answer, calls) => {
      const { access, asked } = await serveAws(() => answer);

      const refused = await openSecurityHub(access, PRODUCT).importFindings(documents(2));

      expect(refused.map(({ id }) => id)).toEqual(['keyholder/0', 'keyholder/1']);
      expect(asked.length).toBe(calls);
    },
  );

  test('gives every finding that may be among those which were refused without a name', async () => {
    const { access } = await serveAws((_call, number) =>
      number === 1
        ? { body: { FailedCount: 2, SuccessCount: 1, FailedFindings: [] } }
        : refuse('InvalidInput', 'keyholder/1'),
    );

    expect(await openSecurityHub(access, PRODUCT).importFindings(documents(3))).toEqual([
      { id: 'keyholder/1', reason: 'securityhub:BatchImportFindings did not take a finding (InvalidInput)' },
    ]);
  });

  test('keeps nothing of what the service says but its code', async () => {
    const { access } = await serveAws(() => refuse('Not a code: token AQoDYXdz', 'keyholder/0'));

    expect(await openSecurityHub(access, PRODUCT).importFindings(documents(1))).toMatchObject([
      { reason: 'securityhub:BatchImportFindings did not take a finding (an error without a code)' },
    ]);
  });
});

function listFailed(answer: Exclude<AwsAnswer, 'reset'>): readonly unknown[] {
  const { body } = answer;
  const isListed = typeof body === 'object' && body !== null && 'FailedFindings' in body;
  return isListed && Array.isArray(body.FailedFindings) ? body.FailedFindings : [];
}
