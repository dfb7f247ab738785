/** Lint against what the authenticator itself made of the same content: see the README of fixtures/aws-auth-dialect. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { AwsAuthProblem } from '../shared/model/aws-auth.ts';
import type { LintedFile } from '../shared/model/lint.ts';
import { configMapJson } from './support/aws-auth.ts';
import { listLosses, readDialect, writeYaml } from './support/aws-auth-dialect.ts';
import { lintOne, type MendedFile, mendOne } from './support/lint.ts';

const CASES = readDialect();

/** Losses that show in the text alone: what the authenticator keeps is sound, and not all that was written. */
const SHOWN_BY_THE_TEXT = new Map([
  ['groups twice, the last list wins', 'groups-lost'],
  ['a misspelt groups key', 'groups-lost'],
  ['user ARNs that differ in case alone', 'duplicate-arn'],
  ['a broken second document is ignored', 'section-lost'],
  ['accounts behind an empty document', 'section-lost'],
]);

/** Reading takes a while, and every test below reads the same files. */
const done = new Map<string, Promise<MendedFile>>();

function mendOnce(text: string): Promise<MendedFile> {
  const result = done.get(text) ?? mendOne(text);
  done.set(text, result);
  return result;
}

const FORMS = [
  ['YAML', writeYaml],
  ['JSON', configMapJson],
] as const;

function listLosing({ remarks }: LintedFile): readonly string[] {
  return remarks.filter(({ losesAccess }) => losesAccess).map(({ problem }) => problem ?? '');
}

describe.each(FORMS)('lint of the dialect of the authenticator, as %s', (_form, write) => {
  it.each(CASES)('says that access is lost exactly when it is: $name', async (one) => {
    const losing = listLosing(await mendOnce(write(one.data)));

    const shownByTheText = SHOWN_BY_THE_TEXT.get(one.name);
    if (shownByTheText !== undefined) expect([listLosses(one), losing]).toEqual([[], [shownByTheText]]);
    else
      expect({ loses: losing.length > 0, because: listLosses(one) }).toEqual({
        loses: listLosses(one).length > 0,
        because: listLosses(one),
      });
  });

  it.each(CASES)('mends so that the file lints clean of it: $name', async ({ data }) => {
    const before = write(data);
    const { text, fix, remarks } = await mendOnce(before);

    const left = (text === null ? remarks : (await lintOne(text)).remarks).filter(({ problem }) => problem !== null);
    expect(left.map(({ message }) => message)).toEqual(fix.left.map(({ problem }) => problem.message));
    expect(left.map(keyOf).filter((key) => fix.mended.map(keyOf).includes(key))).toEqual([]);
    expect(text === null).toBe(fix.mended.length === 0);
  });
});

function keyOf({ message, position }: Pick<AwsAuthProblem, 'message' | 'position'>): string {
  return `${position.line} ${message}`;
}

/** A YAML file into its head, its sections and its tail: together they are the file. */
function splitSections(text: string): readonly string[] {
  return text.split(/^(?= {2}\S+: )|^(?=kind: )/m);
}

describe('lint --fix of the dialect', () => {
  it.each(CASES)('changes no byte outside of the sections that it mends: $name', async ({ data }) => {
    const before = writeYaml(data);
    const { text, fix } = await mendOnce(before);

    const after = splitSections(text ?? before);
    const mended = new Set(fix.mended.map(({ section }) => section?.toLowerCase()));
    const changed = splitSections(before).flatMap((part, index) =>
      part === after[index] ? [] : [/^ {2}(\S+):/.exec(part)?.[1]?.toLowerCase()],
    );
    expect(after.length).toBe(splitSections(before).length);
    expect(changed.filter((section) => !mended.has(section))).toEqual([]);
  });

  it('mends some of the cases', async () => {
    const results = await Promise.all(CASES.map(({ data }) => mendOnce(writeYaml(data))));

    expect(results.filter(({ text }) => text !== null).length).toBeGreaterThanOrEqual(10);
  });
});

const RECORDED = new URL('../../shared/data/', import.meta.url);
const isThere = existsSync(RECORDED);
const FOLDER = new URL('aws-iam-authenticator/', RECORDED);
const FILES = isThere ? readdirSync(FOLDER).filter((name) => name.endsWith('.yaml')) : [];
const ARNS: readonly { readonly fn: string; readonly in: string; readonly out: string | null }[] = isThere
  ? readFileSync(new URL('oracles/arn-canonicalize.jsonl', RECORDED), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];
const LOST = new Map<string, readonly string[]>([
  ['aws-auth.yaml', []],
  ['aws-auth-crazy-case-keys.yaml', []],
  ['aws-auth-open-source-case-keys.yaml', []],
  ['aws-auth-lower-case-top-keys.yaml', ['key-case', 'key-case', 'key-case']],
  ['aws-auth-crazy-case-top-keys.yaml', ['key-case', 'key-case', 'key-case']],
  ['aws-auth-space-out-of-place.yaml', ['group-suspicious']],
  ['aws-auth-missing-bar.yaml', ['value-not-a-string']],
]);

describe('lint and the tests of the authenticator', () => {
  it.runIf(!isThere)('were not compared: there is no ../shared/data beside the repository', () => {
    expect(isThere).toBe(false);
  });

  it.runIf(isThere)('are compared in whole', () => {
    expect([...FILES].sort()).toEqual([...LOST.keys()].sort());
    expect(ARNS.length).toBe(14);
  });

  it.each(FILES)('agree on what is lost: %s', async (name) => {
    expect(listLosing(await lintOne(readFileSync(new URL(name, FOLDER))))).toEqual(LOST.get(name));
  });

  it.each(ARNS)('agree on whether an ARN is one that callers have: $fn of $in', async ({ in: arn, out }) => {
    const list = arn.includes(':user/') ? ['mapUsers', 'userarn'] : ['mapRoles', 'rolearn'];
    const row = `- ${list[1]}: ${JSON.stringify(arn)}\n  username: x\n`;

    const losing = listLosing(await lintOne(writeYaml({ [list[0]!]: row })));

    expect(losing.length > 0).toBe(out !== arn);
  });
});
