import { describe, expect, test } from 'vitest';
import { BROKEN_LINKS } from '../../shared/model/explanation.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';
import { askCase, caseFolder, EXPLAIN_CASES, readCaseFiles } from '../support/explain-cases.ts';
import { mendFiles } from '../support/mended-folder.ts';
import { makeFolder } from '../support/temp-folder.ts';

const DENIED = EXPLAIN_CASES.filter(({ allowed }) => allowed === false);

describe('explain', () => {
  test('has an evidence folder of its own for every broken link', () => {
    const shown = EXPLAIN_CASES.flatMap(({ brokenLink }) => brokenLink ?? []);

    expect(BROKEN_LINKS.filter((link) => !shown.includes(link))).toEqual([]);
    for (const link of BROKEN_LINKS) expect(EXPLAIN_CASES.map(({ name }) => name)).toContain(link.replace(':', '-'));
  });
});

describe.each(EXPLAIN_CASES)('explain, in folder $name', (asked) => {
  test('gives the answer that was reviewed, and shows the way to it', async () => {
    const { allowed, brokenLink, answer, because, canI, path, mend } = await askCase(asked, caseFolder(asked));

    expect({ allowed, brokenLink, answer, because, mend }).toEqual({
      allowed: asked.allowed,
      brokenLink: asked.brokenLink,
      answer: asked.answer,
      because: asked.because,
      mend: asked.mend,
    });
    expect(canI.answer).toBe(asked.canI);
    expect(path.map(({ step, outcome }) => `${step} ${outcome}`)).toEqual(asked.path);
  });

  test('conforms to the schema', async () => {
    expect(listAnswerErrors('explain', await askCase(asked, caseFolder(asked)))).toEqual([]);
  });

  test('never prints system:masters, and begins with what only reads', () => {
    expect(asked.mend.filter((command) => command.includes('system:masters'))).toEqual([]);
    if (asked.mend.length > 0) expect(asked.mend[0]).toMatch(/^(?:aws sts get-caller-identity|kubectl get )/);
  });

  test('turns to unknown, and never into the opposite, when any file is taken away', async () => {
    const files = readCaseFiles(asked);
    const whole = await askCase(asked, caseFolder(asked));

    for (const path of Object.keys(files)) {
      const { [path]: _taken, ...left } = files;
      if (!Object.keys(left).some((each) => each.includes('/payments/'))) continue;
      const { allowed } = await askCase(asked, makeFolder(left));
      // Of a cluster of unknown version it is the contract that it counts as older than 1.32.
      const isOlder = asked.name === 'anonymous-refused' && path.endsWith('describe-cluster.json');
      if (!isOlder) expect([whole.allowed, 'unknown'], `without ${path}`).toContain(allowed);
    }
  });
});

/** Commands that change something, and need no editor. */
function listChanges({ mend }: Pick<(typeof DENIED)[number], 'mend'>): readonly string[] {
  if (mend.some((command) => command.includes(' edit '))) return [];
  return mend.filter(
    (command) => /access-entry|access-policy| create /.test(command) && !command.includes('describe-'),
  );
}

const MENDED = DENIED.filter((asked) => listChanges(asked).length > 0);

describe('the mends', () => {
  test('leave to people what takes an editor, another identity or nothing', () => {
    expect(DENIED.filter((asked) => !MENDED.includes(asked)).map(({ name }) => name)).toEqual([
      'anonymous-refused',
      'identity-no-groups',
      'identity-node-type',
      'mapping-assumed-role-arn',
      'mapping-key-case',
      'mapping-path',
      'mapping-row-invalid',
      'mapping-section-lost',
      'mapping-sso-suffix-row',
      'principal-gone',
    ]);
  });

  test.each(MENDED)('open the way in folder $name when they are carried out', async (asked) => {
    const mended = makeFolder(mendFiles(readCaseFiles(asked), listChanges(asked)));

    expect((await askCase(asked, mended)).allowed).toBe(true);
  });
});
