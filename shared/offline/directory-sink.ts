/** Reports into the files of a folder, each there in whole or not at all. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { KeyholderError } from '../errors.ts';
import type { ReportSink } from '../ports.ts';
import { nameSystemError } from './system-error.ts';

/** The folder is made with the first report. */
export function openDirectorySink(dir: string): ReportSink {
  return {
    async write(name, text) {
      if (name !== basename(name)) throw new KeyholderError('internal', `expected a file name, got ${name}`);
      const path = join(dir, name);
      // A reader of the report never sees half of it, and an earlier one survives a full disk.
      const draft = join(dir, `.${name}.${process.pid}`);
      try {
        await mkdir(dir, { recursive: true });
        await rm(draft, { force: true });
        await writeFile(draft, text, { flag: 'wx' });
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true }).catch(() => {});
        const message = `expected to write ${path}, got ${nameSystemError(error)}`;
        throw new KeyholderError('write-failed', message, { cause: error });
      }
      return path;
    },
  };
}
