import { afterAll, beforeAll, describe, test } from 'vitest';
import { openFindingsTable } from '../../shared/aws/findings-table.ts';
import { walkCrashes, within } from '../support/alert-crashes.ts';
import { type LocalTable, openLocalTable, openTableAt } from '../support/local-dynamodb.ts';
import { createMemoryStore } from '../support/memory-store.ts';
import { isInstalled, startMoto } from '../support/packaged-stack.ts';
import { WAYS } from '../support/ways-to-admin.ts';

const HAS_MOTO = await isInstalled('moto_server');
if (!HAS_MOTO) console.error('NOT WALKED on moto: it is not installed (pip install "moto[server]")');

describe('a crash between an event and what is remembered of it', () => {
  test.each(WAYS)('loses nothing of $name, in memory', async (way) => {
    await walkCrashes(way, () => createMemoryStore());
  });

  describe.each([
    ['dynalite', openLocalTable],
    ['moto', openMotoTable],
  ] as const)('in a table of %s', (server, openTable) => {
    const isThere = server !== 'moto' || HAS_MOTO;
    let table: LocalTable;

    beforeAll(async () => {
      if (isThere) table = await openTable();
    });

    afterAll(async () => {
      if (isThere) await table.close();
    });

    test.runIf(isThere).each(WAYS)('loses nothing of $name', async (way) => {
      const store = openFindingsTable(table.access, table.table);

      await walkCrashes(way, (name) => within(store, name));
    });
  });
});

async function openMotoTable(): Promise<LocalTable> {
  const { url, close } = await startMoto();
  return openTableAt(url, close);
}
