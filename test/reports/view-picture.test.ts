import { describe, expect, test } from 'vitest';
import { openGraphviz } from '../../shared/reports/graphviz.ts';
import { viewPicture } from '../../shared/reports/view-picture.ts';
import { ADMIN_ROLE, access, grant, people, person } from '../support/facts.ts';
import { clusterReport } from '../support/report.ts';

const GROUP_STEPS = [
  { kind: 'group', name: 'ops' },
  { kind: 'binding', name: 'ClusterRoleBinding ops-admins' },
  { kind: 'role', name: 'ClusterRole cluster-admin' },
] as const;
const BY_GROUP = grant({ via: 'aws-auth', detail: 'group ops', steps: GROUP_STEPS });

const roleArn = (name: string): string => `arn:aws:iam::111122223333:role/${name}`;

function holder(name: string, more: Parameters<typeof access>[0] = {}) {
  const principalArn = roleArn(name);
  return access({ principalArn, people: people(), grants: [BY_GROUP], ...more });
}

describe('viewPicture', () => {
  test('draws each stop from a person to the role, once', () => {
    const via = person({ path: ['arn:aws:iam::111122223333:user/alice', roleArn('jump'), ADMIN_ROLE] });
    const rows = [holder('platform-admin', { people: people(via) }), holder('second')];

    const { nodes, edges, ways } = viewPicture(clusterReport({ access: rows }));

    expect(nodes.map(({ kind, lead, label }) => [kind, lead, label])).toEqual([
      ['person', 'IAM user', 'alice'],
      ['principal', 'on the way', 'role/jump'],
      ['principal', 'IAM role', 'platform-admin'],
      ['door', 'aws-auth, group', 'ops'],
      ['binding', 'ClusterRoleBinding', 'ops-admins'],
      ['role', 'ClusterRole', 'cluster-admin'],
      ['principal', 'IAM role', 'second'],
    ]);
    expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
      'n0 n1',
      'n1 n2',
      'n2 n3',
      'n3 n4',
      'n4 n5',
      'n6 n3',
    ]);
    expect(ways[0]).toBe(
      '1 person or principal → IAM role platform-admin → aws-auth, group ops → ClusterRoleBinding ops-admins → ClusterRole cluster-admin',
    );
  });

  test('leaves out what does not reach admin, and what Kubernetes itself holds', () => {
    const lesser = grant({
      level: 'limited',
      detail: 'AmazonEKSViewPolicy',
      steps: [{ kind: 'policy', name: 'AmazonEKSViewPolicy' }],
    });
    const rows = [
      holder('both', { grants: [BY_GROUP, lesser] }),
      holder('low', { level: 'limited', grants: [lesser] }),
      access({ holder: { kind: 'kubernetes-group', name: 'system:masters' }, kind: 'aws', people: people() }),
    ];

    const labels = viewPicture(clusterReport({ access: rows })).nodes.map(({ label }) => label);

    expect(labels).toEqual(['both', 'ops', 'ops-admins', 'cluster-admin']);
  });

  test('does not say a group twice that is the holder itself', () => {
    const row = access({
      holder: { kind: 'kubernetes-group', name: 'ops' },
      principalArn: null,
      people: people(),
      grants: [{ ...BY_GROUP, via: 'rbac' }],
    });

    expect(
      viewPicture(clusterReport({ access: [{ ...row, holder: { kind: 'kubernetes-group', name: 'ops' } }] })).nodes.map(
        ({ label }) => label,
      ),
    ).toEqual(['ops', 'ops-admins', 'cluster-admin']);
  });

  test('folds above thirty stops: people to a number, holders of one way to one', () => {
    const crowd = Array.from({ length: 20 }, (_, index) =>
      person({
        name: `p${index}`,
        principalArn: `arn:aws:iam::111122223333:user/p${index}`,
        path: [`arn:aws:iam::111122223333:user/p${index}`, 'x'],
      }),
    );
    const rows = Array.from({ length: 12 }, (_, index) => holder(`role-${index}`, { people: people(...crowd) }));

    const picture = viewPicture(clusterReport({ access: rows }));

    expect(picture.nodes.map(({ lead, label }) => `${lead}: ${label}`)).toEqual([
      'can become it: 20 people and principals',
      '12 IAM roles: role-0, role-1 and 10 more',
      'aws-auth, group: ops',
      'ClusterRoleBinding: ops-admins',
      'ClusterRole: cluster-admin',
    ]);
    expect(picture.ways.length).toBe(12);
    expect(picture.description).toContain('People are folded to a number');
  });

  test('folds the picture away when even that is large, and counts what finds no room', () => {
    const rows = Array.from({ length: 200 }, (_, index) =>
      holder(`role-${index}`, { grants: [grant({ steps: [{ kind: 'policy', name: `policy-${index}` }] })] }),
    );

    const { nodes, isFolded, left, ways } = viewPicture(clusterReport({ access: rows }));

    expect([nodes.length, isFolded, left, ways.length]).toEqual([120, true, 140, 200]);
  });

  test('is drawn from left to right, with no name in the layout', async () => {
    const draw = await openGraphviz();
    const drawing = draw(viewPicture(clusterReport({ access: [holder('a"]; x [label="b')] })));

    expect(drawing.nodes.map(({ shown }) => shown)).toEqual(['a"]; x [label="b', 'ops', 'ops-admins', 'cluster-admin']);
    expect([...drawing.nodes].sort((a, b) => a.x - b.x)).toEqual(drawing.nodes);
    expect(drawing.curves.length).toBe(3);
    expect(drawing.curves[0]).toMatch(/^M[\d.]+,[\d.]+C[\d. ]+$/);
  });
});
