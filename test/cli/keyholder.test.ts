import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';

const ESTATE = fileURLToPath(new URL('../../events/estate', import.meta.url));
const CLI = fileURLToPath(new URL('../../cli/keyholder.ts', import.meta.url));

function start(args: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', CLI, ...args]);
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const ended = new Promise<{ exitCode: number | null; signal: string | null; err: string }>((resolve) => {
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, err }));
  });
  return { child, ended };
}

describe('cli/keyholder.ts', () => {
  it('ends with the exit code of the run, its error on standard error', async () => {
    const { child, ended } = start(['audit', '--format', 'xml']);
    child.stdout.resume();

    expect(await ended).toEqual({
      exitCode: 2,
      signal: null,
      err: 'keyholder: expected one of text, json, csv, compliance, scope, markdown, ocsf, asff, html for --format, got "xml"\n',
    });
  });

  it('is quiet when the reader of its output goes away', async () => {
    const { child, ended } = start(['audit', '--evidence', makeFolder(smallEstate()), '--format', 'json']);
    child.stdout.destroy();

    expect(await ended).toEqual({ exitCode: 0, signal: null, err: '' });
  });

  it('ends at once when it is interrupted, even while it waits for its reader', async () => {
    const { child, ended } = start(['audit', '--evidence', ESTATE, '--format', 'json']);
    // Nobody reads on, and the report is larger than a pipe.
    child.stdout.once('readable', () => {
      child.kill('SIGINT');
      child.once('exit', () => child.stdout.resume());
    });

    expect((await ended).signal).toBe('SIGINT');
  });
});
