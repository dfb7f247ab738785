/** Long work into one line on a terminal that rewrites itself; nothing where nobody watches. */

import { renderLine } from '../shared/pipeline/tell.ts';
import type { Progress } from '../shared/ports.ts';
import type { World } from './world.ts';

const REDRAW_MS = 80;
const CLEAR = '\r\u001b[2K';

export function createProgress({ stderr, settings }: World): Progress {
  const draw = (text: string) => stderr.write(text, () => {});
  const note = (line: string) => draw(`${renderLine(line)}\n`);
  if (stderr.isTTY !== true || settings.plain || settings.ci) return { step: () => {}, note, end: () => {} };
  let drawnAt: number | null = null;
  return {
    note: (line) => {
      draw(CLEAR);
      note(line);
    },
    step(what) {
      const now = performance.now();
      if (drawnAt !== null && now - drawnAt < REDRAW_MS) return;
      drawnAt = now;
      // Shorter than the terminal, or the line would wrap and could not be cleared.
      draw(CLEAR + `Reading ${renderLine(what)}`.slice(0, (stderr.columns || 80) - 1));
    },
    end() {
      if (drawnAt !== null) draw(CLEAR);
      drawnAt = null;
    },
  };
}
