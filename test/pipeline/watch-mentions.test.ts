import { describe, expect, it } from 'vitest';
import { watchMentions } from '../../shared/pipeline/watch-mentions.ts';

const KNOWN = new Set(['111122223333', '444455556666']);

async function* inParts(...parts: readonly string[]): AsyncGenerator<string> {
  yield* parts;
}

function recordSink() {
  const written: string[] = [];
  const write = async (file: string, text: string | AsyncIterable<string>): Promise<void> => {
    let whole = '';
    for await (const part of typeof text === 'string' ? [text] : text) whole += part;
    written.push(`${file}: ${whole}`);
  };
  return { written, write };
}

describe('watchMentions', () => {
  it('finds the known accounts in what passes, and hands it on as it is', async () => {
    const { written, write } = recordSink();
    const { sink, listMentioned } = watchMentions({ write }, KNOWN);

    await sink.write('iam.json', '{"AWS": "arn:aws:iam::444455556666:root", "Id": "999988887777"}');

    expect(listMentioned()).toEqual(['444455556666']);
    expect(written).toEqual(['iam.json: {"AWS": "arn:aws:iam::444455556666:root", "Id": "999988887777"}']);
  });

  it('finds an id that two parts of a stream share, and none within a longer number', async () => {
    const { written, write } = recordSink();
    const { sink, listMentioned } = watchMentions({ write }, KNOWN);

    await sink.write('a.log', inParts('::1111222', '23333:role', ' 4444555566660'));

    expect(listMentioned()).toEqual(['111122223333']);
    expect(written).toEqual(['a.log: ::111122223333:role 4444555566660']);
  });
});
