/** What passes into a recording into the accounts that it names. */
import type { EvidenceSink } from '../ports.ts';

export interface Watched {
  readonly sink: EvidenceSink;
  /** Only those of `known`. */
  readonly listMentioned: () => readonly string[];
}

const ACCOUNT = /(?<!\d)\d{12}(?!\d)/g;
/** Of a text that comes in parts, an id may be cut in two. */
const OVERLAP = 13;

export function watchMentions(sink: EvidenceSink, known: ReadonlySet<string>): Watched {
  const found = new Set<string>();
  const note = (text: string): void => {
    for (const [id] of text.matchAll(ACCOUNT)) if (known.has(id)) found.add(id);
  };
  async function* pass(parts: AsyncIterable<string>): AsyncGenerator<string> {
    let before = '';
    for await (const part of parts) {
      note(before + part);
      before = (before + part).slice(-OVERLAP);
      yield part;
    }
  }
  return {
    sink: {
      write: (file, text) => {
        if (typeof text !== 'string') return sink.write(file, pass(text));
        note(text);
        return sink.write(file, text);
      },
    },
    listMentioned: () => [...found].sort(),
  };
}
