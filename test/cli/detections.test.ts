import { describe, expect, test } from 'vitest';
import { runKeyholder } from '../../cli/run.ts';
import { recordWorld } from '../support/world.ts';

describe('keyholder detections', () => {
  test('prints one line for each detection', async () => {
    const world = recordWorld();

    expect(await runKeyholder(['detections'], world)).toBe(0);

    expect(world.out()).toMatch(
      /^admin-policy-at-cluster-scope +critical +Cluster-admin access policy at cluster scope$/m,
    );
  });

  test('cuts a title for a narrow screen alone', async () => {
    const [piped, shown] = [recordWorld(), recordWorld({ terminal: true })];

    await runKeyholder(['detections'], piped);
    await runKeyholder(['detections'], shown);

    expect(piped.out()).not.toContain('…');
    expect(shown.out()).toContain('…');
    expect(
      Math.max(
        ...shown
          .out()
          .split('\n')
          .map(({ length }) => length),
      ),
    ).toBeLessThanOrEqual(90);
  });

  test('prints the facts of each detection as JSON', async () => {
    const world = recordWorld();

    await runKeyholder(['detections', '--format', 'json'], world);

    const catalogue: unknown = JSON.parse(world.out());
    expect(catalogue).toContainEqual(
      expect.objectContaining({ id: 'access-logs-off', ref: 'EV-001', severity: 'high', needs: [['eks-api/cluster']] }),
    );
  });

  test('refuses a format that it does not have', async () => {
    const world = recordWorld();

    expect(await runKeyholder(['detections', '--format', 'csv'], world)).toBe(2);

    expect(world.err()).toBe('keyholder: expected one of text, json for --format, got "csv"\n');
  });
});
