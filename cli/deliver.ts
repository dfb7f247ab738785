/** What a command has to tell to where the flags want it: standard output, files, or both. */
import { openDirectorySink } from '../shared/offline/directory-sink.ts';
import type { ReportSink } from '../shared/ports.ts';
import type { ReportOptions } from './report-options.ts';
import { hasColour, print, type World } from './world.ts';

export interface Screen {
  readonly colour: boolean;
  readonly width: number;
  /** Where it lies as well, when it was written to files. */
  readonly files?: readonly string[];
}

export interface Deliverable<Format extends string> {
  /** The first is for people, and for the screen. */
  readonly formats: readonly [Format, ...Format[]];
  readonly render: (format: Format, screen: Screen) => string;
  /** Gives the paths. */
  readonly write: (formats: readonly Format[], sink: ReportSink) => Promise<readonly string[]>;
}

/** Text to the screen unless told otherwise; --out writes all formats, or the one of --format, into a folder. */
export async function deliver<Format extends string>(
  { formats, render, write }: Deliverable<Format>,
  { format, out }: Pick<ReportOptions<Format>, 'format' | 'out'>,
  world: World,
): Promise<void> {
  const screen = { colour: hasColour(world), width: world.stdout.columns ?? 80 };
  if (out === undefined) {
    await print(world.stdout, render(format ?? formats[0], screen));
    return;
  }
  const files = await write(format === undefined ? formats : [format], openDirectorySink(out));
  if (format !== undefined) await print(world.stdout, `${files.join('\n')}\n`);
  else await print(world.stdout, render(formats[0], { ...screen, files }));
}
