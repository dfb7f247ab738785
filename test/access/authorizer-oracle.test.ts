import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { allows } from '../../shared/access/authorizer.ts';
import { parseRbac } from '../../shared/evidence/rbac.ts';

/** One world of scripts/oracles/rbac: objects, questions, and what the upstream authorizer answered. */
interface World {
  readonly objects: readonly unknown[];
  readonly questions: readonly Question[];
  readonly answers: string;
}
type Question = readonly [
  user: string,
  groups: readonly string[],
  verb: string,
  apiGroup: string,
  resource: string,
  subresource: string,
  name: string,
  namespace: string,
  path: string | null,
];

const worlds: readonly World[] = readFileSync(
  new URL('../fixtures/oracles/rbac-questions.jsonl', import.meta.url),
  'utf8',
)
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

describe('the authorizer', () => {
  test('answers every recorded question as Kubernetes does', () => {
    const asked = worlds.flatMap((world, index) => {
      const { rbac } = parseRbac(JSON.stringify({ kind: 'List', items: world.objects }), 'rbac.json');
      return world.questions.map((question, at) => {
        const [username, groups, verb, apiGroup, resource, subresource, name, namespace, path] = question;
        const request = { verb, apiGroup, resource, subresource, name, namespace, path };
        const { allowed } = allows(rbac, { username, groups }, request);
        return {
          allowed,
          expected: world.answers[at] === '1',
          question: `world ${index}: ${JSON.stringify(question)}`,
        };
      });
    });

    expect(asked.length).toBe(8000);
    expect(asked.filter(({ expected }) => expected).length).toBe(4010);
    expect(asked.filter(({ allowed, expected }) => allowed !== expected).map(({ question }) => question)).toEqual([]);
  });
});
