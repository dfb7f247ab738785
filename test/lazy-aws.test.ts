import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const CLI = join(import.meta.dirname, '..', 'cli');

describe('the command line', () => {
  it('loads the AWS SDK only when a command needs it: every other command would start as slowly', () => {
    const files = readdirSync(CLI).map((name) => readFileSync(join(CLI, name), 'utf8'));

    expect(files.filter((text) => /await import\('\.\.\/shared\/aws\//.test(text)).length).toBeGreaterThan(1);
    expect(files.flatMap((text) => text.match(/from '\.\.\/shared\/aws\/.*'/g) ?? [])).toEqual([]);
  });
});
