import { describe, expect, test } from 'vitest';
import { readAdminIndex, rememberAdmins, rememberNewAdmins } from '../../shared/pipeline/admin-index.ts';
import { createMemoryStore } from '../support/memory-store.ts';

const OWN = '111122223333';
const OTHER = '444455556666';
const clusterArn = `arn:aws:eks:eu-west-1:${OWN}:cluster/payments`;
const at = '2026-11-21T00:00:00Z';
const ALICE = `${OWN}:user/alice`;
const BOB = `${OWN}:user/bob`;
const CAROL = `${OTHER}:user/carol`;
const whole = { clusterArn, at, isWhole: true };

describe('rememberAdmins', () => {
  test('puts a cluster on the list of its account, though nobody of that account is its admin', async () => {
    const store = createMemoryStore();

    expect(await rememberAdmins(store, { ...whole, admins: [CAROL] })).toBe(2);

    expect((await readAdminIndex(store, OWN)).clusters).toEqual([clusterArn]);
    expect((await readAdminIndex(store, OTHER)).ofPrincipal(CAROL)).toEqual([clusterArn]);
  });

  test('drops who was one before, once everything was read', async () => {
    const store = createMemoryStore();
    await rememberAdmins(store, { ...whole, admins: [ALICE] });

    await rememberAdmins(store, { ...whole, admins: [] });

    const index = await readAdminIndex(store, OWN);
    expect([index.ofPrincipal(ALICE), index.clusters]).toEqual([[], [clusterArn]]);
  });

  test('keeps who was one before where not everything was read', async () => {
    const store = createMemoryStore();
    await rememberAdmins(store, { ...whole, admins: [ALICE] });

    await rememberAdmins(store, { ...whole, admins: [BOB], isWhole: false });

    const index = await readAdminIndex(store, OWN);
    expect([index.ofPrincipal(ALICE), index.ofPrincipal(BOB)]).toEqual([[clusterArn], [clusterArn]]);
  });

  test('writes nothing the second time', async () => {
    const store = createMemoryStore();
    await rememberAdmins(store, { ...whole, admins: [ALICE, CAROL] });

    expect(await rememberAdmins(store, { ...whole, admins: [CAROL, ALICE] })).toBe(0);
  });
});

describe('rememberNewAdmins', () => {
  test('keeps those of two events of one second apart, however long their names are', async () => {
    const store = createMemoryStore();
    const first = `${OWN}:role/${'a'.repeat(2_000)}`;
    for (const admins of [
      [first, ALICE],
      [first, BOB],
    ])
      await rememberNewAdmins(store, { clusterArn, at, admins });

    const index = await readAdminIndex(store, OWN);
    expect([first, ALICE, BOB].map((key) => index.ofPrincipal(key))).toEqual([
      [clusterArn],
      [clusterArn],
      [clusterArn],
    ]);
    const keys = (await store.list(`account:${OWN}`, '')).map(({ key }) => key.length);
    // DynamoDB takes sort keys of 1,024 bytes.
    expect(Math.max(...keys)).toBeLessThan(1_024);
  });
});
