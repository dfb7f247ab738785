/** The library: evidence in, report out; and, for one cluster, every way back in. */
export { KeyholderError } from './errors.ts';
export type { Evidence } from './model/evidence.ts';
export type { Finding } from './model/finding.ts';
export type { Report } from './model/report.ts';
export { auditEvidence as audit } from './pipeline/audit.ts';
export { collectEvidence } from './pipeline/collect.ts';
export { recoverCluster as planRecovery } from './pipeline/recover.ts';
export type { Progress, RawFile, Readers } from './ports.ts';
