/** Our reading of aws-auth against what the authenticator itself made of the same content: see the fixtures' README. */
import { describe, expect, it } from 'vitest';
import { parseAwsAuth } from '../shared/evidence/aws-auth.ts';
import { mendAwsAuth } from '../shared/evidence/aws-auth-fix.ts';
import type { AwsAuth } from '../shared/model/aws-auth.ts';
import { configMapJson, configMapYaml, readAwsAuth } from './support/aws-auth.ts';
import { type RecordedRow, readDialect } from './support/aws-auth-dialect.ts';

const CASES = readDialect();

/** The recorded program gives the rows of sso fields no ARN. */
function listKept({ rows }: AwsAuth, section: string) {
  return rows
    .filter((row) => row.section === section)
    .map(({ arn, username, groups, inertBecause }) => ({ arn: inertBecause === 'sso' ? '' : arn, username, groups }));
}

function listRecorded(rows: readonly RecordedRow[]) {
  return rows.map(({ arn, username, groups }) => ({ arn, username, groups }));
}

describe('the dialect of the authenticator', () => {
  it('has an answer for each case', () => {
    expect(CASES.length).toBeGreaterThanOrEqual(120);
    expect(CASES.map(({ answer }) => answer.name)).toEqual(CASES.map(({ name }) => name));
  });

  it.each(CASES)('is kept in: $name', ({ data, answer }) => {
    const awsAuth = readAwsAuth(configMapJson(data));

    expect(listKept(awsAuth, 'mapRoles')).toEqual(listRecorded(answer.roles));
    expect(listKept(awsAuth, 'mapUsers')).toEqual(listRecorded(answer.users));
    expect(awsAuth.accounts.map(({ account }) => account)).toEqual(answer.accounts.filter((account) => account !== ''));
    expect([...awsAuth.lostSections].sort()).toEqual([...answer.lost].sort());
  });

  it.each(CASES)('never lets a row in that is replaced: $name', ({ data, answer }) => {
    const { rows } = readAwsAuth(configMapJson(data));
    const stored = [...answer.roles, ...answer.users].map((row) => row.stored);
    const matching = [...rows.filter(isRole), ...rows.filter((row) => !isRole(row))].map((row) => row.matches);

    expect(matching.filter((matches, index) => matches && stored[index] === false)).toEqual([]);
  });

  it.each(CASES)('names a problem whenever something is lost: $name', ({ data, answer }) => {
    const { problems } = readAwsAuth(configMapJson(data));

    if (answer.lost.length > 0) expect(problems.map(({ code }) => code)).toContain('section-lost');
  });

  it.each(CASES)('is mended without taking a door away: $name', ({ data }) => {
    for (const wrap of [configMapJson, configMapYaml]) {
      const before = wrap(data);
      const read = parseAwsAuth(before, 'f').awsAuth;
      const { text, mended, left } = mendAwsAuth(before, 'f');

      if (mended.length === 0) expect(text).toBe(before);
      expect(mendAwsAuth(text, 'f')).toEqual({ text, mended: [], left });
      if (read !== null) expect(listDoors(readAwsAuth(text))).toEqual(expect.arrayContaining([...listDoors(read)]));
    }
  });
});

/** Callers that are let in, and the accounts that are. */
function listDoors({ rows, accounts }: AwsAuth): readonly string[] {
  const matching = rows.filter(({ matches }) => matches).map(({ arn }) => arn.toLowerCase());
  return [...matching, ...accounts.map(({ account }) => account)];
}

function isRole({ section }: AwsAuth['rows'][number]): boolean {
  return section === 'mapRoles';
}
