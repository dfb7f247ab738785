import { describe, expect, test } from 'vitest';
import { isPermissive, listAddresses, listRuntimeFolders } from '../../scripts/licence-rules.ts';

const LOCKFILE = {
  packages: {
    '': { dependencies: { yaml: '^2' }, devDependencies: { vitest: '^4' } },
    'node_modules/yaml': { license: 'ISC', dependencies: { inner: '1', outer: '1' } },
    'node_modules/yaml/node_modules/inner': { license: 'MIT', dependencies: { outer: '1' } },
    'node_modules/outer': { license: 'MIT', dependencies: { yaml: '^2' } },
    'node_modules/inner': { license: 'MIT', dev: true },
    'node_modules/vitest': { license: 'MIT', dev: true, resolved: 'https://registry.example/vitest.tgz' },
  },
};

describe('isPermissive', () => {
  test.each(['MIT', 'ISC', 'Apache-2.0', '(MIT OR GPL-3.0-only)', 'MIT AND ISC'])('lets %s ship', (licence) => {
    expect(isPermissive(licence)).toBe(true);
  });

  test.each([
    'AGPL-3.0-or-later',
    'GPL-3.0-only',
    'MIT AND GPL-2.0-only',
    'SEE LICENSE',
    '',
    undefined,
    { type: 'MIT' },
  ])('keeps %j back', (licence) => {
    expect(isPermissive(licence)).toBe(false);
  });
});

describe('lockfile', () => {
  test('names what ships, each package in the folder where Node would find it', () => {
    expect(listRuntimeFolders(LOCKFILE)).toEqual([
      'node_modules/outer',
      'node_modules/yaml',
      'node_modules/yaml/node_modules/inner',
    ]);
  });

  test('names the packages with a download address', () => {
    expect(listAddresses(LOCKFILE)).toEqual(['node_modules/vitest']);
  });

  test('refuses a lockfile of another form', () => {
    expect(() => listRuntimeFolders({ dependencies: {} })).toThrow('expected packages in the lockfile, got none');
  });
});
