import { describe, expect, test } from 'vitest';
import type { Facts } from '../../shared/model/facts.ts';
import type { EvidenceRecord } from '../../shared/model/records.ts';
import { watchAwsAuth } from '../../shared/rules/aws-auth-watch.ts';
import { ADMIN_ROLE, awsAuth, awsAuthRow, cluster, facts, mapping } from '../support/facts.ts';
import { awsAuthWrite, PIPELINE } from '../support/grants.ts';

const ops = awsAuthRow({ groups: ['ops'] });
const other = awsAuthRow({ arn: 'arn:aws:iam::111122223333:role/other' });

/** For each change: the rows that it brought, whether that was compared, and who is named for it. */
function watch(records: readonly EvidenceRecord[], state: Facts | null = null): readonly unknown[] {
  const watcher = watchAwsAuth(state, function* ({ rows, isCompared }) {
    yield {
      subject: 'aws-auth',
      summary: `${rows.map(({ arn }) => arn.split('/')[1]).join()} ${isCompared}.`,
      evidence: [],
    };
  });
  for (const record of records) watcher.add(record);
  return [...watcher.matches()].map(({ summary, actor }) => [summary.split('.')[0], actor]);
}

describe('watchAwsAuth', () => {
  test('gives the rows that a write added or changed', () => {
    const changed = { ...ops, groups: ['ops', 'system:masters'] };

    expect(
      watch([
        awsAuthWrite(awsAuth({ rows: [ops] })),
        awsAuthWrite(awsAuth({ rows: [ops, other] })),
        awsAuthWrite(awsAuth({ rows: [changed, other] })),
      ]),
    ).toEqual([
      ['platform-admin false', PIPELINE],
      ['other true', PIPELINE],
      ['platform-admin true', PIPELINE],
    ]);
  });

  test('knows that nothing stood there after a deletion, and nothing of what a creation wrote', () => {
    const write = awsAuthWrite(awsAuth({ rows: [ops] }));

    expect(watch([awsAuthWrite(null, { verb: 'delete' }), write])).toEqual([['platform-admin true', PIPELINE]]);
    expect(watch([awsAuthWrite(null, { verb: 'delete' }), awsAuthWrite(null, { verb: 'create' }), write])).toEqual([
      ['platform-admin false', PIPELINE],
    ]);
  });

  test('names nobody for a row that an audit cannot compare', () => {
    expect(watch([awsAuthWrite(awsAuth({ rows: [ops] }))], facts())).toEqual([['platform-admin false', null]]);
  });

  test('leaves out rows that never match, and those that an access entry overrides', () => {
    const dead = { ...other, matches: false };

    expect(watch([awsAuthWrite(awsAuth({ rows: [dead, ops] }))], facts({ mappings: [mapping()] }))).toEqual([
      [' false', null],
    ]);
  });

  test('passes over attempts, other objects, and clusters that do not read it', () => {
    const write = awsAuthWrite(awsAuth({ rows: [ops] }));
    const elsewhere = {
      ...write,
      object: { apiGroup: '', resource: 'configmaps', subresource: '', namespace: 'dev', name: 'aws-auth' },
    };

    expect(watch([{ ...write, dryRun: true }, { ...write, code: 409 }, elsewhere])).toEqual([]);
    expect(watch([write], facts({ cluster: cluster({ authenticationMode: 'API' }) }))).toEqual([]);
  });

  test('takes letter case of an ARN for the same row', () => {
    const upper = { ...ops, arn: ADMIN_ROLE.toUpperCase() };

    expect(watch([awsAuthWrite(awsAuth({ rows: [ops] })), awsAuthWrite(awsAuth({ rows: [upper] }))])).toEqual([
      ['platform-admin false', PIPELINE],
      [' true', PIPELINE],
    ]);
  });
});
