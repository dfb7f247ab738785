import { describe, expect, it } from 'vitest';
import { createStsJoiner } from '../../shared/evidence/sts-join.ts';
import type { Login } from '../../shared/model/records.ts';
import { denial, login, stsResponse } from '../support/records.ts';

const UNJOINED = { sessionName: null, accessKeyId: null, stsEndpoint: null };
const STS = { sessionName: 'alice', accessKeyId: 'ASIAIOSFODNN7EXAMPLE', stsEndpoint: 'sts.amazonaws.com' };
const NOBODY: Partial<Login> = { uniqueId: null, arn: 'arn:aws:iam::111122223333:role/else' };

describe('createStsJoiner', () => {
  it('gives a login the session that was read before it on its connection', () => {
    const joiner = createStsJoiner();
    joiner.join(stsResponse({ ...STS, client: '127.0.0.1:1' }), 'a');

    expect(joiner.join(login({ ...UNJOINED, client: '127.0.0.1:1' }), 'a')).toMatchObject(STS);
  });

  it('forgets a session once it was used', () => {
    const joiner = createStsJoiner();
    joiner.join(stsResponse(STS), 'a');
    joiner.join(login(UNJOINED), 'a');

    expect(joiner.join(login(UNJOINED), 'a')).toMatchObject(UNJOINED);
  });

  it('forgets a session whose login was denied', () => {
    const joiner = createStsJoiner();
    joiner.join(stsResponse(STS), 'a');
    joiner.join(denial({ client: stsResponse().client }), 'a');

    expect(joiner.join(login(UNJOINED), 'a')).toMatchObject(UNJOINED);
  });

  it.each([
    ['another connection', { client: '127.0.0.1:2' }, 'a'],
    ['another API server', {}, 'b'],
    ['a login without a connection', { client: null }, 'a'],
    ['another caller', NOBODY, 'a'],
  ])('keeps a session from %s', (_name, more, stream) => {
    const joiner = createStsJoiner();
    joiner.join(stsResponse(STS), 'a');

    expect(joiner.join(login({ ...UNJOINED, ...more }), stream)).toMatchObject(UNJOINED);
  });

  it('tells callers apart by ARN where ids are missing', () => {
    const joiner = createStsJoiner();
    const arn = 'arn:aws:sts::111122223333:assumed-role/platform-admin/alice';
    joiner.join(stsResponse({ ...STS, arn, uniqueId: null }), null);

    expect(joiner.join(login({ ...UNJOINED, uniqueId: null }), null)).toMatchObject(STS);
  });

  it('remembers only so many connections', () => {
    const joiner = createStsJoiner(2);
    for (const client of ['c1', 'c2', 'c3']) joiner.join(stsResponse({ ...STS, client }), null);

    expect(joiner.join(login({ ...UNJOINED, client: 'c1' }), null)).toMatchObject(UNJOINED);
    expect(joiner.join(login({ ...UNJOINED, client: 'c3' }), null)).toMatchObject(STS);
  });
});
