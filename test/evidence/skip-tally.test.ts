import { describe, expect, it } from 'vitest';
import { renderSample, tallySkips } from '../../shared/evidence/skip-tally.ts';

describe('tallySkips', () => {
  it('counts equal reasons together and keeps the first sample with its place', () => {
    const skips = tallySkips('rbac.json');

    skips.add('no name', { kind: 'Role' }, { line: 3 });
    skips.add('no name', { kind: 'ClusterRole' }, { line: 9 });
    skips.add('lists names only', 'payments', { count: 4 });

    expect(skips.list()).toEqual([
      { reason: 'no name', count: 2, sample: '{"kind":"Role"}', file: 'rbac.json', line: 3 },
      { reason: 'lists names only', count: 4, sample: 'payments', file: 'rbac.json', line: 0 },
    ]);
  });
});

describe('renderSample', () => {
  it.each([
    ['an EKS token', 'token k8s-aws-v1.aHR0cHM6Ly9zdHMu end', 'token [token] end'],
    ['a JWT', 'x eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJhIn0.c2ln y', 'x [token] y'],
    ['a bearer header', 'Authorization: Bearer abc.def', 'Authorization: Bearer [token]'],
    ['a signed URL', '/?X-Amz-Signature=0a1b&X-Amz-Date=1', '/?X-Amz-Signature=[secret]&X-Amz-Date=1'],
    ['an access key id', 'key AKIAIOSFODNN7EXAMPLE used', 'key [access key id] used'],
    ['a secret key', 'k wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY.', 'k [secret].'],
    ['a named secret', '{"SecretAccessKey":"short","n":1}', '{"SecretAccessKey":"[secret]","n":1}'],
    ['a session token', `t ${'Ab1/'.repeat(60)} u`, 't [long text] u'],
  ])('takes out %s', (_name, text, shown) => {
    expect(renderSample(text)).toBe(shown);
  });

  it('leaves an ARN as it is', () => {
    const arn = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef';

    expect(renderSample(arn)).toBe(arn);
  });

  it('cuts at 120 characters without splitting a character', () => {
    const shown = renderSample(`${'a '.repeat(59)}😀${'b '.repeat(99)}`);

    expect(shown).toBe(`${'a '.repeat(59)}…`);
  });

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [[1, 2], '[1,2]'],
    [7, '7'],
  ])('shows %j', (value, shown) => {
    expect(renderSample(value)).toBe(shown);
  });
});
