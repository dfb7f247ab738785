import { describe, expect, it } from 'vitest';
import { createProgress } from '../../cli/progress.ts';
import { recordWorld } from '../support/world.ts';

function watch(stage: Parameters<typeof recordWorld>[0]): string {
  const world = recordWorld(stage);
  const progress = createProgress(world);
  progress.step('111122223333/eu-west-1/pay\u001b[2Jments\n/rbac.json');
  progress.end();
  return world.err();
}

describe('createProgress', () => {
  it('shows one step on a terminal and clears it, whatever a name holds', () => {
    expect(watch({ terminal: true })).toBe(
      '\r\u001b[2KReading 111122223333/eu-west-1/pay\\u{1b}[2Jments /rbac.json\r\u001b[2K',
    );
  });

  it('keeps a long step within the line', () => {
    const world = recordWorld({ terminal: true });

    createProgress(world).step('x'.repeat(500));

    expect(world.err()).toHaveLength(5 + 89);
  });

  it.each([{ terminal: false }, { terminal: true }])('leaves a note on a line of its own with %j', (stage) => {
    const world = recordWorld(stage);

    createProgress(world).note?.('up to 2 GB\u001b[2J to scan');

    expect(world.err().replace('\r\u001b[2K', '')).toBe('up to 2 GB\\u{1b}[2J to scan\n');
  });

  it.each([
    ['where nobody watches', { terminal: false }],
    ['in a build', { terminal: true, ci: true }],
    ['on a plain terminal', { terminal: true, plain: true }],
  ])('is silent %s', (_name, stage) => {
    expect(watch(stage)).toBe('');
  });
});
