import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFindingsTable } from '../shared/aws/findings-table.ts';
import { walkCrashes, within } from './support/alert-crashes.ts';
import { type LocalTable, openLocalTable } from './support/local-dynamodb.ts';
import { createMemoryStore } from './support/memory-store.ts';
import { WAYS } from './support/ways-to-admin.ts';

/** By EKS and by RBAC; test/walks/alert-crash.walk.ts walks them all, and on moto too. */
const NAMES = ['a policy at cluster scope', 'a binding patched'];
const CHOSEN = WAYS.filter(({ name }) => NAMES.includes(name));

describe('a crash between an event and what is remembered of it', () => {
  let table: LocalTable;

  beforeAll(async () => {
    table = await openLocalTable();
  });

  afterAll(() => table.close());

  test('is walked by calls of EKS and of Kubernetes', () => {
    expect(CHOSEN.map(({ name }) => name)).toEqual(NAMES);
  });

  test.each(CHOSEN)('loses nothing of $name, in memory', async (way) => {
    await walkCrashes(way, () => createMemoryStore());
  });

  test.each(CHOSEN)('loses nothing of $name, in a table of dynalite', async (way) => {
    const store = openFindingsTable(table.access, table.table);
    await walkCrashes(way, (name) => within(store, name));
  });
});
