import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { zipFiles } from '../../scripts/zip.ts';
import { makeFolder } from '../support/temp-folder.ts';

const INDEX = { name: 'index.js', bytes: Buffer.from('export const handler = async () => 0;\n'.repeat(50)) };
const PACKAGE = { name: 'package.json', bytes: Buffer.from('{"type":"module"}\n') };

describe('a zip', () => {
  test('has the same bytes in whatever order its files come', () => {
    expect(zipFiles([PACKAGE, INDEX])).toEqual(zipFiles([INDEX, PACKAGE]));
  });

  test('is read by another program, with every byte', () => {
    const zip = join(makeFolder(), 'function.zip');
    writeFileSync(zip, zipFiles([INDEX, PACKAGE]));
    const read =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(z.namelist()); print(z.read("package.json"))';

    const told = execFileSync('python3', ['-c', read, zip], { encoding: 'utf8' });

    expect(told).toBe(`['index.js', 'package.json']\nb'{"type":"module"}\\n'\n`);
  });
});
