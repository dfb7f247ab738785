import { Sha256 as PlainSha256 } from '@aws-crypto/sha256-js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Sha256 } from '../scripts/node-sha256.mjs';

const data = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.uint8Array({ maxLength: 300 }));
/** Never empty: AWS4 stands before the secret of a user. */
const secret = fc.oneof(fc.string({ minLength: 1 }), fc.uint8Array({ minLength: 1, maxLength: 100 }));

async function digest(hash: Pick<Sha256, 'update' | 'digest'>, parts: readonly (string | Uint8Array)[]) {
  for (const part of parts) hash.update(part);
  return Buffer.from(await hash.digest()).toString('hex');
}

describe('the hash in a bundle', () => {
  test('is SHA-256', async () => {
    expect(await digest(new Sha256(), ['abc'])).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  test('hashes and signs what the one that it stands in for does', async () => {
    await fc.assert(
      fc.asyncProperty(fc.option(secret, { nil: undefined }), fc.array(data, { maxLength: 4 }), async (key, parts) => {
        expect(await digest(new Sha256(key), parts)).toBe(await digest(new PlainSha256(key), parts));
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
