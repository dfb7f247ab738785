import { describe, expect, it } from 'vitest';
import { looseField, looseItems, looseText } from '../../shared/evidence/loose-fields.ts';

describe('loose fields', () => {
  it('finds a field written with or without a capital', () => {
    expect(looseText({ AccountId: '1' }, 'accountId')).toBe('1');
    expect(looseText({ accountId: '1' }, 'accountId')).toBe('1');
    expect(looseItems({ Users: [] }, 'users')).toEqual([]);
  });

  it('gives nothing for other types, empty text, and inherited names', () => {
    expect(looseText({ name: '' }, 'name')).toBeNull();
    expect(looseItems({ users: 'x' }, 'users')).toBeNull();
    expect(looseField({}, 'constructor')).toBeUndefined();
    expect(looseField('text', 'length')).toBeUndefined();
  });
});
