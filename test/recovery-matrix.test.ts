import { describe, expect, test } from 'vitest';
import type { RecoveryState, WayId } from '../shared/model/recovery.ts';
import { type Lockout, listLockouts, planLockout } from './support/lockouts.ts';

/** What a person who knows EKS would say, way by way, from the axes alone: true where nothing is known to be in the way. */
const CAN_WORK: Readonly<Record<WayId, (lockout: Lockout) => boolean>> = {
  'another-admin': (lockout) => isOpen(lockout),
  'recreated-creator': ({ mode, creator, caller }) =>
    mode === 'CONFIG_MAP' && creator === 're-created' && caller !== 'without',
  'recreate-entry': ({ mode, entries, caller }) => mode !== 'CONFIG_MAP' && entries === 'dead' && caller !== 'without',
  'access-entry': ({ mode, caller }) => mode !== 'CONFIG_MAP' && caller !== 'without',
  'in-cluster-writer': () => false,
  'role-trust': (lockout) => isUntrusted(lockout) && changesIam(lockout),
  'recreate-principal': (lockout) => isGoneCreator(lockout) && changesIam(lockout),
  'restore-aws-auth': ({ mode, awsAuth }) => mode !== 'API' && awsAuth !== 'good',
  'mode-switch': ({ mode, caller }) => mode === 'CONFIG_MAP' && caller !== 'without',
  'ask-administrator': ({ caller }) => caller === 'without' || caller === 'eks',
  'aws-support': () => true,
};

function isOpen({ mode, creator, entries, awsAuth }: Lockout): boolean {
  if (mode !== 'CONFIG_MAP' && entries === 'working') return true;
  if (mode !== 'API' && awsAuth === 'good') return true;
  return mode === 'CONFIG_MAP' && creator === 'present';
}

function isUntrusted({ mode, creator }: Lockout): boolean {
  return mode === 'CONFIG_MAP' && creator === 'untrusted';
}

function isGoneCreator({ mode, creator }: Lockout): boolean {
  return mode === 'CONFIG_MAP' && creator === 'gone';
}

function changesIam({ caller }: Lockout): boolean {
  return caller === 'administrator' || caller === 'unnamed';
}

/** From the least harm to the most; asking stands where what is asked for stands. */
function firstOf(lockout: Lockout): WayId {
  const order: readonly WayId[] = [
    'another-admin',
    'recreated-creator',
    'recreate-entry',
    'access-entry',
    'role-trust',
    'recreate-principal',
  ];
  const applies = (id: WayId): boolean =>
    CAN_WORK[id](lockout) || CAN_WORK[id]({ ...lockout, caller: 'administrator' });
  const least = order.find(applies);
  if (least !== undefined) return CAN_WORK[least](lockout) ? least : 'ask-administrator';
  if (lockout.mode !== 'CONFIG_MAP') return 'aws-support';
  return CAN_WORK['mode-switch'](lockout) ? 'mode-switch' : 'ask-administrator';
}

function stateOf(lockout: Lockout): RecoveryState {
  if (!isOpen(lockout)) return 'locked-out';
  const { mode, creator, entries, awsAuth } = lockout;
  const isDead = mode !== 'CONFIG_MAP' && (entries === 'dead' || entries === 'orphaned');
  const isDamaged = mode !== 'API' && awsAuth !== 'good';
  const isShut = mode === 'CONFIG_MAP' && ['untrusted', 'gone', 're-created'].includes(creator);
  return isDead || isDamaged || isShut ? 'degraded' : 'fine';
}

function name({ mode, creator, entries, awsAuth, caller }: Lockout): string {
  return `${mode}, creator ${creator}, entries ${entries}, aws-auth ${awsAuth}, caller ${caller}`;
}

const PLANS = [...listLockouts()].map((lockout) => ({ lockout, name: name(lockout), plan: planLockout(lockout) }));

describe('every lockout', () => {
  test('is walked, and the number of them printed', () => {
    console.log(`recovery matrix: ${PLANS.length} combinations of mode, creator, entries, aws-auth and caller`);

    expect(PLANS.length).toBe(3 * 5 * 4 * 3 * 4);
  });

  test('has the state that its axes say', () => {
    const wrong = PLANS.filter(({ lockout, plan }) => plan.state !== stateOf(lockout));

    expect(wrong.map(({ name: what, plan }) => `${what}: ${plan.state}`)).toEqual([]);
  });

  test('begins with the least harmful way that can work', () => {
    const wrong = PLANS.filter(({ lockout, plan }) => plan.ways[0]?.id !== firstOf(lockout));

    expect(
      wrong.map(({ name: what, lockout, plan }) => `${what}: ${plan.ways[0]?.id}, not ${firstOf(lockout)}`),
    ).toEqual([]);
  });

  test('offers no way of which something is known to fail', () => {
    const failing = PLANS.flatMap(({ name: what, plan }) =>
      plan.ways
        .filter(({ preconditions }) => preconditions.some(({ answer }) => answer === 'no'))
        .map(({ id }) => `${what}: ${id}`),
    );

    expect(failing).toEqual([]);
  });

  test('offers exactly the ways that the axes leave open', () => {
    const wrong = PLANS.flatMap(({ name: what, lockout, plan }) => {
      const offered = new Set(plan.ways.map(({ id }) => id));
      const ids: readonly WayId[] = [
        'recreated-creator',
        'recreate-entry',
        'access-entry',
        'in-cluster-writer',
        'role-trust',
        'recreate-principal',
        'restore-aws-auth',
        'mode-switch',
        'aws-support',
      ];
      return ids.filter((id) => offered.has(id) !== CAN_WORK[id](lockout)).map((id) => `${what}: ${id}`);
    });

    expect(wrong).toEqual([]);
  });

  test('names every other way with the reason why it is not offered', () => {
    for (const { plan } of PLANS) {
      const named = new Set([...plan.ways, ...plan.notOffered].map(({ id }) => id));

      expect(named.size).toBe(11);
      for (const { reason } of plan.notOffered) expect(reason).not.toBe('');
    }
  });

  test('keeps what cannot be undone behind every way in that can, and AWS Support last', () => {
    for (const { name: what, plan } of PLANS) {
      const ids = plan.ways.map(({ id }) => id);
      const oneWay = plan.ways.findIndex(({ reversible }) => !reversible);
      const after = oneWay === -1 ? [] : plan.ways.slice(oneWay).filter(({ reversible }) => reversible);

      expect(ids.at(-1), what).toBe('aws-support');
      expect(
        after.map(({ id }) => id).filter((id) => !['aws-support', 'restore-aws-auth'].includes(id)),
        what,
      ).toEqual([]);
    }
  });

  test('puts every way but the needed ones under "if that fails"', () => {
    for (const { name: what, plan } of PLANS) {
      const [first, ...others] = plan.ways;

      expect(first?.fallback, what).toBe(false);
      expect(
        others.filter(({ fallback, id }) => !fallback && id !== 'restore-aws-auth'),
        what,
      ).toEqual([]);
    }
  });

  test('gives lost nodes their mapping first, wherever anything but AWS Support is left', () => {
    for (const { name: what, lockout, plan } of PLANS) {
      const isLost = lockout.mode !== 'API' && lockout.awsAuth !== 'good';

      expect(plan.nodes.roles.length > 0, what).toBe(isLost);
      if (isLost) expect(plan.ways[0]?.mendsNodes || plan.ways[0]?.id === 'aws-support', what).toBe(true);
      if (isLost) expect(plan.nodes.loginUntil, what).toBe('2026-11-20T16:58:00Z');
    }
  });

  test('says how to go on wherever something is not known', () => {
    for (const { name: what, plan } of PLANS)
      for (const { preconditions, title } of plan.ways)
        for (const check of preconditions.filter(({ answer }) => answer === 'unknown'))
          for (const part of [check.ifTried, check.ifDenied, check.next, check.message])
            expect(part, `${what}: ${title}: ${check.what}`).toMatch(/\S/);
  });

  test('says what changes, how to undo it, how to see it and what it risks', () => {
    for (const { plan } of PLANS)
      for (const way of plan.ways) {
        expect([way.changes, way.risk, way.opens, way.title].filter((text) => text.trim() === '')).toEqual([]);
        expect(way.verify.join('\n')).toMatch(/401.*403.*timeout/s);
        if (way.id !== 'aws-support') expect(way.undo.length + (way.cannotUndo?.length ?? 0)).toBeGreaterThan(0);
        expect(way.reversible || way.cannotUndo !== null).toBe(true);
      }
  });

  test('never puts anybody into system:masters who was not there before', () => {
    for (const { plan } of PLANS)
      for (const { commands, manifests } of plan.ways) {
        const text = [...commands, ...manifests.map((manifest) => manifest.text)].join('\n');
        const rows = text.split('rolearn: ').slice(1);
        const masters = rows.filter((row) => row.includes('system:masters')).map((row) => row.split(/['\n]/)[0]);

        expect(masters.filter((arn) => arn !== 'arn:aws:iam::111122223333:role/legacy-admin')).toEqual([]);
        expect(text).not.toMatch(/--kubernetes-groups[^\n]*system:/);
      }
  });
});
