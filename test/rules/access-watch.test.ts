import { describe, expect, test } from 'vitest';
import type { Facts } from '../../shared/model/facts.ts';
import type { Match, Severity } from '../../shared/model/finding.ts';
import type { EvidenceRecord } from '../../shared/model/records.ts';
import { joinCorrelators, watchBindings, watchRoles } from '../../shared/rules/access-watch.ts';
import { ref } from '../support/coverage.ts';
import { facts, policyRule, resolvedBinding, resolvedRole, subject } from '../support/facts.ts';
import { binding, deletionOf, role, writeOf } from '../support/rbac-writes.ts';

const alice = subject('User', 'alice');
const bob = subject('User', 'bob');
const all = policyRule({ apiGroups: ['*'], resources: ['*'], verbs: ['*'] });
const toPods = { kind: 'ClusterRole', name: 'pod-reader' } as const;

/** Says the fresh subjects and the level of every binding that is not harmless. */
function watch(facts: Facts | null, ...records: readonly EvidenceRecord[]): readonly Match[] {
  const watcher = watchBindings(facts, (resolved, fresh, isNew) =>
    resolved.level === 'limited' || fresh.length === 0
      ? []
      : [
          {
            subject: `binding:${resolved.name}`,
            summary: `${fresh.map(({ name }) => name).join()} ${resolved.level} ${isNew}.`,
            evidence: [ref('rbac')],
          },
        ],
  );
  for (const record of records) watcher.add(record);
  return [...watcher.matches()];
}

function summaries(matches: readonly Match[]): readonly string[] {
  return matches.map(({ summary }) => summary);
}

describe('watchBindings', () => {
  test('takes every subject of a new binding for new, and names the writer', () => {
    const [match] = watch(null, writeOf(binding()));

    expect(match?.summary).toBe('alice cluster-admin true. arn:aws:iam::111122223333:role/platform-admin wrote it so.');
    expect(match).toMatchObject({
      actor: 'arn:aws:iam::111122223333:role/platform-admin',
      at: '2026-11-20T08:00:00Z',
      evidence: [
        ref('audit-log', {
          file: 'audit.ndjson',
          at: '2026-11-20T08:00:00Z',
          id: '00000000-0000-4000-8000-000000000002',
        }),
      ],
    });
  });

  test('takes for new whom a binding did not hold when it was read, before its first write since', () => {
    const read = { role: binding().role, subjects: [alice], until: '2026-11-20T08:00:00Z' };
    const changed = { ...resolvedBinding(binding()), before: read };
    const given = facts({ bindings: [changed] });
    const both = { ...binding(), subjects: [alice, bob] };
    const writtenAt = (at: string) => ({ ...writeOf(both, { verb: 'patch' }), at });

    expect(summaries(watch(given, writtenAt('2026-11-20T08:00:00Z')))).toEqual([
      expect.stringMatching(/^bob cluster-admin true\. .+ wrote it so\.$/),
    ]);
    expect(summaries(watch(given, writtenAt('2026-11-20T07:00:00Z')))).toEqual([
      expect.stringContaining('what it was before is not known here'),
    ]);
  });

  test('names no writer where facts are known and what stood before is not', () => {
    const [match] = watch(facts(), writeOf(binding(), { verb: 'patch' }));

    expect(match?.actor).toBeNull();
    expect(match?.summary).toContain('what it was before is not known here');
  });

  test('tells only the subjects that a later write adds', () => {
    const added = writeOf(binding({ subjects: [alice, bob] }), { verb: 'patch' });

    expect(summaries(watch(null, writeOf(binding()), added))[1]).toContain('bob cluster-admin true.');
    expect(watch(null, writeOf(binding()), writeOf(binding(), { verb: 'update' }))).toHaveLength(1);
  });

  test('takes all for new again after a deletion, or under another role', () => {
    expect(watch(null, writeOf(binding()), deletionOf(binding()), writeOf(binding()))).toHaveLength(2);
    expect(watch(null, writeOf(binding({ role: toPods })), writeOf(binding()))).toHaveLength(2);
  });

  test('grades a role that the records show, and not one of which nothing is known', () => {
    const toAll = writeOf(binding({ role: toPods }));

    expect(summaries(watch(null, toAll))[0]).toContain('unknown');
    expect(summaries(watch(null, writeOf(role({ rules: [all] })), toAll))[0]).toContain('cluster-admin');
    expect(watch(null, writeOf(role()), toAll)).toEqual([]);
  });

  test('judges a standing binding again when its role changes, and only what that adds', () => {
    const standing = facts({ bindings: [resolvedBinding({ resolvedRole: resolvedRole({ name: 'pod-reader' }) })] });
    const wide = writeOf(role({ rules: [all] }), { verb: 'update' });

    expect(summaries(watch(standing, writeOf(role()), wide))).toEqual([
      'alice cluster-admin true. arn:aws:iam::111122223333:role/platform-admin wrote the ClusterRole pod-reader under it so.',
    ]);
    expect(watch(standing, wide, wide)).toHaveLength(1);
    expect(
      watch(standing, wide, writeOf(role({ rules: [all], labels: { team: 'ops' } }), { verb: 'update' })),
    ).toHaveLength(1);
  });

  test('does not join a Role of one namespace with a binding of another', () => {
    const local = { kind: 'RoleBinding', namespace: 'dev', role: { kind: 'Role', name: 'pod-reader' } } as const;
    const roleOf = (namespace: string) => writeOf(role({ kind: 'Role', namespace, rules: [all] }));

    expect(summaries(watch(null, roleOf('prod'), writeOf(binding(local))))[0]).toContain('unknown');
    expect(summaries(watch(null, roleOf('dev'), writeOf(binding(local))))[0]).toContain('namespace-admin');
  });
});

describe('watchRoles', () => {
  const judge = (severity: Severity) => (resolved: { name: string; rules: readonly unknown[] }) =>
    resolved.rules.length > 1
      ? [{ subject: `role:${resolved.name}` as const, severity, summary: 'Wide.', evidence: [ref('rbac')] }]
      : [];

  test('passes over a write that adds nothing to what was told', () => {
    const watcher = watchRoles(null, judge('high'));
    const two = role({ rules: [all, all] });
    watcher.add(writeOf(role()));
    watcher.add(writeOf(two, { verb: 'update' }));
    watcher.add(writeOf({ ...two, labels: { team: 'ops' } }, { verb: 'patch' }));
    watcher.add(deletionOf(two));
    watcher.add(writeOf(two));

    expect([...watcher.matches()]).toHaveLength(2);
  });

  test('gives the worst first, whichever watcher saw it', () => {
    const low = watchRoles(null, judge('low'));
    const high = watchRoles(null, judge('high'));
    const both = joinCorrelators(high, low);
    both.add(writeOf(role({ rules: [all, all] })));

    expect([...both.matches()].map(({ severity }) => severity)).toEqual(['high', 'low']);
  });
});
