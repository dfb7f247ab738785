import { afterEach, describe, expect, it, vi } from 'vitest';
import { handler } from '../../functions/recover-access.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { startNightlyEstate } from '../support/nightly-estate.ts';

const CLUSTER = 'arn:aws:eks:eu-central-1:111122223333:cluster/payments';
const CONTEXT = { getRemainingTimeInMillis: () => 900_000 };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('recover-access', () => {
  it('reads the cluster live, and says how it stands and every way back in', async () => {
    const estate = await startNightlyEstate();

    const { text, json } = await handler({ cluster: CLUSTER, as: 'arn:aws:iam::111122223333:role/on-call' }, CONTEXT);

    const plan = JSON.parse(json);
    expect(listAnswerErrors('recover', plan)).toEqual([]);
    expect(plan.caller).toBe('arn:aws:iam::111122223333:role/on-call');
    expect(text).toMatch(/^(?:Degraded|Locked out|Fine)/);
    expect(text).toContain('Way 1: ');
    expect(estate.aws.problems).toEqual([]);
  });

  it('asks for no more than the plan looks at, and says what it did not ask', async () => {
    const estate = await startNightlyEstate();

    const { text, json } = await handler({ cluster: CLUSTER }, CONTEXT);

    const names = estate.aws.calls.map(({ name }) => name);
    expect(names.filter((name) => name === 'cloudtrail:LookupEvents')).toHaveLength(8);
    expect(names.filter((name) => /^(?:guardduty|cloudtrail):(?!LookupEvents)/.test(name))).toEqual([]);
    expect(JSON.parse(json).unasked).toEqual([
      'Not asked: trails, guardduty. No way back in depends on them.',
      'Of the event history of CloudTrail, nothing was asked but AssociateAccessPolicy, CreateRole, CreateUser, DeleteAccessEntry, DeleteRole, DeleteUser, DisassociateAccessPolicy, UpdateAssumeRolePolicy.',
    ]);
    expect(text).toContain('Not asked: trails, guardduty.');
  });

  it('says which role would not let it in', async () => {
    await startNightlyEstate({ open: [] });

    await expect(handler({ cluster: CLUSTER }, CONTEXT)).rejects.toThrow(/denied/);
  });

  it('expects the ARN of a cluster, and names every setting that is missing', async () => {
    await startNightlyEstate();

    await expect(handler({ cluster: 'payments' }, CONTEXT)).rejects.toThrow(
      'expected the ARN of a cluster, got "payments"',
    );
    vi.stubEnv('AWS_REGION', '');
    vi.stubEnv('KEYHOLDER_ROLE_NAME', '');
    await expect(handler({ cluster: CLUSTER }, CONTEXT)).rejects.toThrow(
      'expected AWS_REGION, KEYHOLDER_ROLE_NAME to be set',
    );
  });
});
