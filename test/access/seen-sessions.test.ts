import { describe, expect, it } from 'vitest';
import { listSessions, seenPerson } from '../../shared/access/seen-sessions.ts';
import type { Usage } from '../../shared/model/evidence.ts';
import { parsePrincipal } from '../../shared/rules/arn.ts';
import { usage } from '../support/usage.ts';

const ADMIN = parsePrincipal('arn:aws:iam::111122223333:role/platform/admin');

function seen(sessionName: string | null, firstAt: string | null, lastAt: string | null): Usage {
  return usage({ principalArn: 'arn:aws:iam::111122223333:role/admin', sessionName, firstAt, lastAt });
}

describe('listSessions', () => {
  it('joins the sightings of a session name, from the first to the last', () => {
    const usage = [
      seen('alice', '2026-11-19T08:00:00Z', '2026-11-20T10:00:00Z'),
      seen('alice', '2026-10-01T08:00:00Z', '2026-10-02T10:00:00Z'),
      seen('bob', null, '2026-11-01T10:00:00Z'),
      seen(null, null, '2026-11-20T11:00:00Z'),
    ];

    expect(listSessions(ADMIN, usage)).toEqual([
      { name: 'alice', firstAt: '2026-10-01T08:00:00Z', lastAt: '2026-11-20T10:00:00Z' },
      { name: 'bob', firstAt: '2026-11-01T10:00:00Z', lastAt: '2026-11-01T10:00:00Z' },
    ]);
  });

  it('leaves other principals out', () => {
    expect(listSessions(parsePrincipal('arn:aws:iam::111122223333:role/ops'), [seen('alice', null, null)])).toEqual([]);
  });
});

describe('seenPerson', () => {
  it('says that a session name is chosen by the caller, but set by Identity Center for its own roles', () => {
    const session = { name: 'alice', firstAt: null, lastAt: null };
    const conditions = (['saml', 'sso'] as const).map((kind) => seenPerson(session, kind, ADMIN).condition);

    expect(conditions).toEqual([
      'seen as a session name, which the caller or its identity provider chooses',
      'seen as a session name, which Identity Center sets',
    ]);
  });
});
