import { describe, expect, it } from 'vitest';
import { openClusterFiles } from '../../shared/aws/cluster-files.ts';
import { KeyholderError } from '../../shared/errors.ts';
import type { EvidenceSink } from '../../shared/ports.ts';

const payments = { account: '111122223333', region: 'eu-central-1', name: 'payments' };
const legacy = { ...payments, name: 'legacy' };

function row(name: string, message: string): ReadonlyMap<string, string> {
  return new Map([
    ['@log', `111122223333:/aws/eks/${name}/cluster`],
    ['@message', message],
    ['@ptr', 'p'],
    ['byPolicy', '0'],
  ]);
}

async function join(text: string | AsyncIterable<string>): Promise<string> {
  if (typeof text === 'string') return text;
  let whole = '';
  for await (const piece of text) whole += piece;
  return whole;
}

describe('openClusterFiles', () => {
  it('writes each row to the file of its cluster, a line each, without what the query made for itself', async () => {
    const written = new Map<string, string>();
    const sink: EvidenceSink = { write: async (file, text) => void written.set(file, await join(text)) };
    const files = openClusterFiles([payments, legacy], { sink, name: 'audit.ndjson' });

    await files.take([row('payments', 'a\nb'), row('legacy', '{"k":1}'), row('payments', 'c')]);
    await files.close();

    expect(Object.fromEntries(written)).toEqual({
      '111122223333/eu-central-1/payments/audit.ndjson':
        '{"@ptr":"p","@message":"a\\nb"}\n{"@ptr":"p","@message":"c"}\n',
      '111122223333/eu-central-1/legacy/audit.ndjson': '{"@ptr":"p","@message":"{\\"k\\":1}"}\n',
    });
  });

  it('opens no file for a cluster that nothing was read of', async () => {
    const written: string[] = [];
    const sink: EvidenceSink = { write: async (file) => void written.push(file) };

    await openClusterFiles([payments], { sink, name: 'audit.ndjson' }).close();

    expect(written).toEqual([]);
  });

  it('refuses a row of a log group that nobody asked for', async () => {
    const files = openClusterFiles([payments], { sink: { write: async () => {} }, name: 'audit.ndjson' });

    await expect(files.take([row('other', 'x')])).rejects.toThrow('expected rows of the log groups asked for');
  });

  it('tells whoever writes that the sink failed, and again at the end', async () => {
    const full = new KeyholderError('write-failed', 'expected room on the disk, got ENOSPC');
    const sink: EvidenceSink = { write: async () => Promise.reject(full) };
    const files = openClusterFiles([payments], { sink, name: 'audit.ndjson' });

    await expect(files.take([row('payments', 'x')])).rejects.toBe(full);
    await expect(files.close()).rejects.toBe(full);
  });

  it('waits for the sink to take what was given before', async () => {
    let taken = 0;
    let goOn = (): void => {};
    const mayGoOn = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const sink: EvidenceSink = {
      write: async (_file, text) => {
        await mayGoOn;
        if (typeof text !== 'string') for await (const piece of text) taken += piece.length;
      },
    };
    const files = openClusterFiles([payments], { sink, name: 'audit.ndjson' });
    let written = 0;
    const writing = (async () => {
      for (let page = 0; page < 10; page += 1) {
        await files.take([row('payments', 'x')]);
        written += 1;
      }
    })();

    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBeLessThan(3);

    goOn();
    await writing;
    await files.close();
    expect([written, taken > 0]).toEqual([10, true]);
  });
});
