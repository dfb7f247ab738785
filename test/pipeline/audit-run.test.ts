import { describe, expect, it } from 'vitest';
import {
  clusterKey,
  evidencePrefix,
  findRunDocument,
  isRunName,
  parseClusterKey,
  parseUnitKey,
  partKey,
  readRunDocument,
  unitKey,
  writeRunDocument,
} from '../../shared/pipeline/audit-run.ts';
import { openMemoryObjects } from '../support/memory-objects.ts';

const PLACE = { account: '111122223333', region: 'eu-central-1', name: 'payments' };
const UNIT = { account: '111122223333', region: 'eu-central-1', clusters: ['payments'], readsIamTrail: true };

describe('keys of a run', () => {
  it('are read back as they were made', () => {
    expect(parseUnitKey(unitKey('night-1', UNIT))).toEqual({
      run: 'night-1',
      account: '111122223333',
      region: 'eu-central-1',
    });
    expect(parseClusterKey(clusterKey('night-1', PLACE))).toEqual({ run: 'night-1', place: PLACE });
    expect(partKey('night-1', '111122223333', 'eu-central-1')).toBe(
      'runs/night-1/parts/111122223333/eu-central-1.json',
    );
    expect(evidencePrefix('night-1')).toBe('runs/night-1/evidence/');
  });

  it('are never those of another place', () => {
    expect(() => parseClusterKey('runs/night-1/clusters/111122223333/eu-central-1/../x.json')).toThrow(
      'expected the key of a cluster of a run',
    );
    expect(['night-1', 'a'.repeat(80)].every(isRunName)).toBe(true);
    expect(['', 'a/b', '..', 'a'.repeat(81)].some(isRunName)).toBe(false);
  });
});

describe('documents of a run', () => {
  it('are read back by their kind', async () => {
    const store = openMemoryObjects();

    await writeRunDocument(store, 'runs/a.json', { kind: 'unit', value: UNIT });

    expect(await readRunDocument(store, 'runs/a.json', 'unit')).toEqual(UNIT);
    expect(await findRunDocument(store, 'runs/b.json', 'unit')).toBeNull();
    await expect(readRunDocument(store, 'runs/b.json', 'unit')).rejects.toThrow(
      'expected a unit of a run at runs/b.json, got nothing',
    );
  });

  it.each([
    ['another kind', '{"schema":"keyholder.run/v1","kind":"part","value":{}}'],
    ['another schema', '{"schema":"keyholder.report/v1","kind":"unit","value":{}}'],
    ['no JSON', 'runs'],
  ])('refuse %s', async (_, text) => {
    const store = openMemoryObjects();
    await store.write('runs/a.json', text);

    await expect(findRunDocument(store, 'runs/a.json', 'unit')).rejects.toThrow(
      'expected a unit of a run at runs/a.json, got something else',
    );
  });
});
