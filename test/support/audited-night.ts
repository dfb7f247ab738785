/** An evidence folder, audited as the nightly run does it, into what alerts start from: findings, admins and a snapshot. */
import { auditEvidence } from '../../shared/pipeline/audit.ts';
import { collectEvidence } from '../../shared/pipeline/collect.ts';
import { type Memory, rememberRun } from '../../shared/pipeline/remember-run.ts';
import { READ_AT } from './alert-estate.ts';
import { type MemoryFiles, memoryReaders } from './memory-readers.ts';

export async function rememberNight(files: MemoryFiles, memory: Memory): Promise<void> {
  const readers = memoryReaders(files);
  const evidence = await collectEvidence(readers);
  const [remembered] = await rememberRun(memory, { evidence, report: auditEvidence(evidence, READ_AT), readers });
  if (remembered?.snapshot?.at !== READ_AT) throw new Error(`expected a snapshot of ${READ_AT}, got another`);
}
