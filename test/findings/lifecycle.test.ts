import { describe, expect, test } from 'vitest';
import { type Occasion, rememberFinding, resolveFinding } from '../../shared/findings/lifecycle.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { RememberedFinding } from '../../shared/model/remembered.ts';
import { finding as sampleFinding } from '../support/report.ts';

const AT = '2026-11-20T10:00:00Z';
const finding = sampleFinding({ severity: 'high', firstSeenAt: AT, lastSeenAt: AT, actor: 'alice', at: AT });

const event: Occasion = {
  origin: 'event',
  cause: 'AssociateAccessPolicy',
  at: '2026-11-20T10:02:00Z',
  basis: '2026-11-20T03:00:00Z',
};
const audit: Occasion = { origin: 'audit', cause: 'audit', at: '2026-11-21T03:00:00Z', basis: '2026-11-21T03:00:00Z' };

function first(given: Partial<Finding> = {}, occasion: Occasion = event): RememberedFinding {
  const remembered = rememberFinding(null, { ...finding, ...given }, occasion);
  if (remembered === null) throw new Error('expected a finding to remember, got none');
  return remembered;
}

function resolved(): RememberedFinding {
  const gone = resolveFinding(first(), audit);
  if (gone === null) throw new Error('expected a resolved finding, got none');
  return gone;
}

describe('rememberFinding', () => {
  test('begins a life with its first change, at the time of its event', () => {
    expect(first()).toMatchObject({
      status: 'new',
      change: { number: 1, kind: 'new', cause: 'AssociateAccessPolicy', at: '2026-11-20T10:00:00Z' },
      basis: '2026-11-20T03:00:00Z',
    });
  });

  test('takes the reach of the evidence where no event tells the time', () => {
    expect(first({ at: null }, audit).change.at).toBe('2026-11-21T03:00:00Z');
  });

  test('writes nothing for the same event again', () => {
    expect(rememberFinding(first(), finding, event)).toBeNull();
  });

  test('calls it open from the second audit on that shows it, without another change', () => {
    const shown = rememberFinding(first(), finding, audit);
    expect(shown).toMatchObject({ status: 'new', change: { number: 1 } });
    const next: Occasion = { ...audit, at: '2026-11-22T03:00:00Z', basis: '2026-11-22T03:00:00Z' };
    expect(rememberFinding(shown, finding, next)).toMatchObject({ status: 'open', change: { number: 1 } });
  });

  test('writes nothing for the same audit again', () => {
    expect(rememberFinding(first({}, audit), finding, audit)).toBeNull();
  });

  test('writes nothing for later audits that show the same', () => {
    const night = (day: number): Occasion => ({
      ...audit,
      at: `2026-11-${day}T03:00:00Z`,
      basis: `2026-11-${day}T03:00:00Z`,
    });
    const open = rememberFinding(rememberFinding(first(), finding, night(21)), finding, night(22));

    expect(open).toMatchObject({ status: 'open', basis: '2026-11-22T03:00:00Z' });
    expect(rememberFinding(open, { ...finding, lastSeenAt: '2026-11-23T03:00:00Z' }, night(23))).toBeNull();
    expect(rememberFinding(open, { ...finding, summary: 'by two policies' }, night(23))).toMatchObject({
      summary: 'by two policies',
      basis: '2026-11-23T03:00:00Z',
    });
  });

  test('keeps who made it and when, whether an event told of it before the audit or after', () => {
    const standing: Finding = { ...finding, actor: null, at: null, summary: 'by the audit' };
    const told = { summary: 'by the audit', actor: 'alice', at: '2026-11-20T10:00:00Z', change: { number: 1 } };

    expect(rememberFinding(first(), standing, audit)).toMatchObject(told);
    expect(rememberFinding(first(standing, audit), finding, event)).toMatchObject(told);
  });

  test('keeps the account of an audit, whatever an event tells of the same', () => {
    const audited = rememberFinding(first(), finding, audit);
    const later: Occasion = { ...event, at: '2026-11-21T09:00:00Z', basis: '2026-11-21T03:00:00Z' };

    expect(rememberFinding(audited, { ...finding, summary: 'by an event' }, later)).toBeNull();
  });

  test('opens one again that an event has brought back after what the audit read', () => {
    const again = first({ at: '2026-11-21T09:00:00Z' }, { ...audit, at: '2026-11-20T03:00:00Z' });
    const stood = { ...again, change: { ...again.change, at: '2026-11-20T03:00:00Z' } };
    expect(resolveFinding(stood, audit)).toMatchObject({
      status: 'reopened',
      change: { number: 3, kind: 'reopened', at: '2026-11-21T09:00:00Z' },
    });
  });

  test('keeps it new for another event that tells more of it', () => {
    const later = { ...finding, at: '2026-11-20T10:01:00Z', summary: 'role/admins is cluster-admin by two policies' };
    expect(rememberFinding(first(), later, event)).toMatchObject({
      status: 'new',
      summary: 'role/admins is cluster-admin by two policies',
      change: { number: 1, at: '2026-11-20T10:00:00Z' },
    });
  });

  test('counts a worse severity as a change, a lesser one not', () => {
    expect(rememberFinding(first(), { ...finding, severity: 'critical' }, audit)).toMatchObject({
      status: 'open',
      change: { number: 2, kind: 'worsened' },
    });
    expect(rememberFinding(first(), { ...finding, severity: 'low' }, audit)).toMatchObject({
      severity: 'low',
      change: { number: 1, kind: 'new' },
    });
  });

  test('keeps the account that rests on the later state', () => {
    const audited = rememberFinding(first(), { ...finding, summary: 'by the audit' }, audit);
    expect(audited?.summary).toBe('by the audit');
    expect(rememberFinding(audited, { ...finding, summary: 'by an old snapshot' }, event)).toBeNull();
  });

  test('moves the first sighting back for a late event, and keeps the rest', () => {
    const late = { ...finding, firstSeenAt: '2026-11-19T00:00:00Z' };
    expect(rememberFinding(first(), late, event)).toEqual({ ...first(), firstSeenAt: '2026-11-19T00:00:00Z' });
  });

  test('counts an acceptance, and its end', () => {
    const accepted = rememberFinding(first(), { ...finding, status: 'accepted' }, audit);
    expect(accepted).toMatchObject({ status: 'accepted', change: { number: 2, kind: 'accepted' } });
    expect(rememberFinding(accepted, { ...finding, status: 'accepted' }, audit)).toBeNull();
    expect(rememberFinding(accepted, finding, audit)).toMatchObject({
      status: 'reopened',
      change: { number: 3, kind: 'expired' },
    });
  });

  test('opens a resolved one again for what happened after its end', () => {
    const again = { ...finding, at: '2026-11-21T09:00:00Z' };
    expect(rememberFinding(resolved(), again, { ...event, at: '2026-11-21T09:01:00Z' })).toMatchObject({
      status: 'reopened',
      change: { number: 3, kind: 'reopened', at: '2026-11-21T09:00:00Z' },
    });
  });

  test('leaves a resolved one closed for a late event from before its end', () => {
    expect(rememberFinding(resolved(), finding, { ...event, at: '2026-11-21T09:00:00Z' })).toBeNull();
  });

  test('leaves a resolved one closed for a read as old as the one that closed it', () => {
    expect(rememberFinding(resolved(), finding, audit)).toBeNull();
  });

  test('resolves by what an audit shows to be over, never by an event', () => {
    const over: Finding = { ...finding, status: 'resolved' };
    expect(rememberFinding(first(), over, audit)).toMatchObject({ status: 'resolved', change: { number: 2 } });
    expect(rememberFinding(first(), over, event)).toBeNull();
  });
});

describe('resolveFinding', () => {
  test('ends it at the reach of the audit', () => {
    expect(resolved()).toMatchObject({
      status: 'resolved',
      change: { number: 2, kind: 'resolved', cause: 'audit', at: '2026-11-21T03:00:00Z' },
    });
  });

  test('does not end it twice', () => {
    expect(resolveFinding(resolved(), { ...audit, at: '2026-11-22T03:00:00Z' })).toBeNull();
  });

  test('does not end what began after what the audit read', () => {
    expect(resolveFinding(first({ at: '2026-11-21T03:00:01Z' }), audit)).toBeNull();
  });
});
