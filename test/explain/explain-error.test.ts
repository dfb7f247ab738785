import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { explainError, KNOWN_ERRORS, OTHER_ERRORS } from '../../shared/explain/explain-error.ts';
import { HOSTILE_NAMES } from '../support/hostile.ts';
import { splitWords } from '../support/mended-folder.ts';

const TEXTS = fileURLToPath(new URL('../fixtures/explain-errors/', import.meta.url));
const IDS = readdirSync(TEXTS).map((name) => name.replace(/\.txt$/, ''));
const OF_REQUESTS = ['forbidden-request', 'forbidden-role-missing', 'forbidden-anonymous'];

function forbid(
  user: string,
  rest = 'cannot list resource "pods" in API group "" in the namespace "payments"',
): string {
  return `Error from server (Forbidden): pods is forbidden: User ${JSON.stringify(user)} ${rest}`;
}

describe('explainError', () => {
  test('has a text of its own for every error', () => {
    const known = [...KNOWN_ERRORS, ...OTHER_ERRORS].map(({ id }) => id);

    expect([...known, ...OF_REQUESTS].sort()).toEqual([...IDS].sort());
  });

  test.each(IDS)('knows the text of %s', (id) => {
    const [first] = explainError(readFileSync(`${TEXTS}${id}.txt`, 'utf8'));

    expect(first?.id).toBe(id);
    expect(first?.checks[0]).toBe('aws sts get-caller-identity');
    for (const text of [first?.cause, first?.mend]) expect(text).toMatch(/^[A-Za-z].*[.?]$/s);
    expect(first?.title).toMatch(/^\S.*[^.\s]$/);
    expect(JSON.stringify([first?.checks, first?.commands])).not.toContain('system:masters');
  });

  test('says what stands behind the colon as well', () => {
    const text = `couldn't get current server API group list: Get "https://192.0.2.1/api": dial tcp 192.0.2.1:443: i/o timeout`;

    expect(explainError(text).map(({ id }) => id)).toEqual(['connection-timeout', 'api-group-list']);
  });

  test('leaves out the general where something says more', () => {
    const text = 'getting credentials: exec: executable aws failed with exit code 255\nUnable to locate credentials';

    expect(explainError(text).map(({ id }) => id)).toEqual(['no-credentials']);
  });

  test('takes user, verb, resource and namespace from a Forbidden text, and asks for these', () => {
    const [answer] = explainError(forbid('alice'));

    expect(answer?.request).toEqual({
      user: 'alice',
      verb: 'list',
      resource: 'pods',
      apiGroup: '',
      namespace: 'payments',
      name: null,
    });
    expect(answer?.checks).toContain('kubectl auth can-i list pods --namespace payments');
    expect(answer?.commands).toEqual([
      'keyholder explain --cluster CLUSTER --principal alice --verb list --resource pods --namespace payments --evidence FOLDER',
    ]);
  });

  test('names the role that a binding points at and that is missing', () => {
    const text = `${forbid('alice')}: RBAC: [clusterrole.rbac.authorization.k8s.io "viewer" not found, role.rbac.authorization.k8s.io "x" not found]`;

    expect(explainError(text)[0]?.cause).toContain('A binding of it names clusterrole viewer, which does not exist');
  });

  test.each(HOSTILE_NAMES)('prints one word of the shell for a user that holds %s', (_what, name) => {
    const [answer] = explainError(forbid(name));

    const words = splitWords(answer?.commands[0]?.replaceAll('\u0000', '') ?? '');

    expect(words.slice(0, 4)).toEqual(['keyholder', 'explain', '--cluster', 'CLUSTER']);
    expect(words).toHaveLength(14);
  });

  test('answers any text, at once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(explainError(text)[0]?.checks[0]).toBe('aws sts get-caller-identity');
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test.each(['AccessDenied', 'creator ', 'User "', 'context "', 'exec: executable ', 'current user or role ', '"\\'])(
    'is not slowed down by a long run of %s',
    (piece) => {
      // What does not grow with the square of the text takes milliseconds, and what does takes hours.
      const begin = performance.now();

      explainError(piece.repeat(100_000));

      expect(performance.now() - begin).toBeLessThan(20_000);
    },
  );
});
