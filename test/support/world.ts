/** A world without a terminal: what a command writes is kept, and its clock stands still. */
import type { OutputStream, World } from '../../cli/world.ts';
import type { AwsSettings } from '../../shared/config.ts';
import type { OpenAccessLook } from '../../shared/live-ports.ts';
import type { OpenLiveSources } from '../../shared/ports.ts';

export interface RecordedWorld extends World {
  readonly out: () => string;
  readonly err: () => string;
}

interface Stage {
  readonly terminal?: boolean;
  readonly plain?: boolean;
  readonly ci?: boolean;
  readonly debug?: boolean;
  /** What each write to standard output ends with. */
  readonly failure?: Error;
  readonly aws?: Partial<AwsSettings>;
  readonly openLiveSources?: OpenLiveSources;
  readonly openAccessLook?: OpenAccessLook;
  readonly onInterrupt?: World['onInterrupt'];
}

export function recordWorld(stage: Stage = {}) {
  const {
    terminal = false,
    plain = false,
    ci = false,
    debug = false,
    failure,
    openLiveSources,
    openAccessLook,
    onInterrupt,
  } = stage;
  const written = { out: '', err: '' };
  const record = (stream: 'out' | 'err'): OutputStream => ({
    isTTY: terminal,
    columns: terminal ? 90 : undefined,
    write(text, done) {
      written[stream] += text;
      done(stream === 'out' ? failure : null);
    },
  });
  const world: RecordedWorld = {
    stdin: emptyInput(),
    stdout: record('out'),
    stderr: record('err'),
    clock: { now: () => '2026-11-21T12:00:00.000Z' },
    settings: { plain, ci, debug },
    aws: { region: null, profile: null, endpoint: null, kubeconfig: [], ...stage.aws },
    ...(openLiveSources === undefined ? {} : { openLiveSources }),
    ...(openAccessLook === undefined ? {} : { openAccessLook }),
    ...(onInterrupt === undefined ? {} : { onInterrupt }),
    out: () => written.out,
    err: () => written.err,
  };
  return world;
}

async function* emptyInput(): AsyncGenerator<Uint8Array> {}
