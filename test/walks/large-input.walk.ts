import { execFile } from 'node:child_process';
import { createWriteStream, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CLUSTER, smallEstate } from '../support/small-estate.ts';
import { makeFolder } from '../support/temp-folder.ts';

const CLI = fileURLToPath(new URL('../../cli/keyholder.ts', import.meta.url));
const GIB = 1024 ** 3;

/** In a process of its own with little memory, so that keeping the input would end it. */
async function auditInLittleMemory(dir: string) {
  const args = ['--max-old-space-size=192', '--import', 'tsx', CLI, 'audit', '--evidence', dir, '--format', 'json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 64 * 1024 * 1024 });
  const [cluster] = JSON.parse(stdout).clusters;
  return (source: string) => cluster.coverage.find((row: { source: string }) => row.source === source);
}

async function writeBomb(path: string): Promise<void> {
  const zeros = new Uint8Array(4 * 1024 * 1024);
  async function* blocks() {
    for (let written = 0; written < GIB; written += zeros.length) yield zeros;
  }
  await pipeline(blocks, createGzip({ level: 1 }), createWriteStream(path));
}

describe('audit of files beyond all measure', () => {
  it('counts a log that is one line of 1 GiB, and refuses a document of that size', async () => {
    const { [`${CLUSTER}/rbac.json`]: _, ...files } = smallEstate();
    const dir = makeFolder({ ...files, [`${CLUSTER}/rbac.json`]: '' });
    truncateSync(join(dir, CLUSTER, 'audit.ndjson'), GIB);
    truncateSync(join(dir, CLUSTER, 'rbac.json'), GIB);

    const coverage = await auditInLittleMemory(dir);

    expect(coverage('audit-log')).toMatchObject({ status: 'partial', read: 0 });
    expect(coverage('audit-log').skipped).toBeGreaterThan(0);
    expect(coverage('rbac').reason).toContain('rbac.json: expected at most 256 MiB, got more');
  });

  it('stops reading gzip data that expands without end', async () => {
    const { [`${CLUSTER}/audit.ndjson`]: log, [`${CLUSTER}/rbac.json`]: rbac, ...files } = smallEstate();
    const dir = makeFolder(files);
    await writeBomb(join(dir, CLUSTER, 'audit.ndjson.gz'));
    await writeBomb(join(dir, CLUSTER, 'rbac.json.gz'));

    const coverage = await auditInLittleMemory(dir);

    expect(coverage('audit-log').reason).toContain('expected a log that beyond 256 MiB expands to at most 200 times');
    expect(coverage('rbac').reason).toContain('rbac.json.gz: expected at most 256 MiB, got more');
  });
});
