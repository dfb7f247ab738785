/** Findings into Security Hub, a hundred at a time, and what of them it did not take. */
import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  type BatchImportFindingsResponse,
  type ImportFindingsError,
  InvalidInputException,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { FindingDocument, RefusedFinding, SecurityHub } from '../message-port.ts';
import { type AwsAccess, createAwsAccess, createClient } from './access.ts';
import { explainFailure, type FailureKind } from './failure.ts';

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html */
const ACTION = 'securityhub:BatchImportFindings';
const MOST_FINDINGS = 100;
const MOST_BYTES = 240 * 1024;
const MOST_BYTES_OF_BATCH = 5 * 1024 * 1024;

/** What the next call may not meet. */
const PASSING: ReadonlySet<FailureKind> = new Set(['throttled', 'broken', 'network', 'out-of-time', 'expired']);
const PASSING_CODE = /Internal|Throttl|Concurrent|LimitExceeded|Unavailable|Timeout/i;

/** Alerts of the next batch wait behind a Security Hub that does not answer. */
const HASTE = { maxAttempts: 2, requestTimeoutMs: 10_000 } as const;

interface Refused extends RefusedFinding {
  /** It may be taken at another moment. */
  readonly isPassing: boolean;
}
type Import = (findings: readonly FindingDocument[]) => Promise<readonly Refused[]>;

/** Its ARN says where findings go in. */
export function openProduct(access: AwsAccess, productArn: string) {
  const [, partition = '', , region = '', account = ''] = productArn.split(':');
  return { hub: openSecurityHub(access, productArn), home: { partition, region, account } };
}

export function openSecurityHub({ options, region }: AwsAccess, productArn: string): SecurityHub {
  const client = createClient(createAwsAccess({ ...options, ...HASTE }), SecurityHubClient, region);
  const asked = { action: ACTION, resource: productArn, on: productArn };

  const send: Import = async (findings) => {
    try {
      const answer = await client.send(
        // What the format asks for beside the id, reports/asff.ts fills in.
        new BatchImportFindingsCommand({ Findings: findings as unknown as AwsSecurityFinding[] }),
      );
      return listRefused(findings, answer);
    } catch (error) {
      // One that is not well-formed makes Security Hub refuse all that came with it.
      if (error instanceof InvalidInputException && findings.length > 1) return halve(findings, send);
      const { kind, reason } = explainFailure(error, asked);
      return findings.map(({ Id }) => ({ id: Id, reason, isPassing: PASSING.has(kind) }));
    }
  };

  return {
    async importFindings(findings) {
      const { batches, refused } = splitIntoBatches(findings);
      const left: RefusedFinding[] = [...refused];
      for (const batch of batches) left.push(...(await importBatch(batch, send)));
      return left.map(({ id, reason }) => ({ id, reason }));
    },
  };
}

/** What may be taken at another moment is tried once more. */
async function importBatch(batch: readonly FindingDocument[], send: Import): Promise<readonly Refused[]> {
  const first = await send(batch);
  const passing = new Set(first.flatMap(({ id, isPassing }) => (isPassing ? id : [])));
  if (passing.size === 0) return first;
  const again = await send(batch.filter(({ Id }) => passing.has(Id)));
  return [...first.filter(({ isPassing }) => !isPassing), ...again];
}

async function halve(findings: readonly FindingDocument[], send: Import): Promise<readonly Refused[]> {
  const middle = Math.ceil(findings.length / 2);
  return [...(await send(findings.slice(0, middle))), ...(await send(findings.slice(middle)))];
}

/** Where more were refused than are named, each of the others may be one of them. */
function listRefused(
  findings: readonly FindingDocument[],
  { FailedFindings = [], FailedCount = 0 }: Partial<BatchImportFindingsResponse>,
): readonly Refused[] {
  const refused = new Map(FailedFindings.map((failed) => [failed.Id ?? '', describeRefusal(failed)]));
  const named = findings.flatMap(({ Id }) => refused.get(Id) ?? []);
  if (FailedCount <= named.length) return named;
  const reason = `${ACTION} refused ${FailedCount} findings and named ${named.length}`;
  const others = findings.filter(({ Id }) => !refused.has(Id));
  return [...named, ...others.map(({ Id }) => ({ id: Id, reason, isPassing: true }))];
}

/** The service's message may repeat what we sent: only its code is kept. */
function describeRefusal({ Id, ErrorCode }: ImportFindingsError): Refused {
  const code = /^\w{1,64}$/.test(ErrorCode ?? '') ? String(ErrorCode) : 'an error without a code';
  const reason = `${ACTION} did not take a finding (${code})`;
  return { id: Id ?? '', reason, isPassing: PASSING_CODE.test(code) };
}

function splitIntoBatches(findings: readonly FindingDocument[]) {
  const batches: FindingDocument[][] = [];
  const refused: RefusedFinding[] = [];
  let bytes = 0;
  for (const finding of findings) {
    const size = Buffer.byteLength(JSON.stringify(finding));
    const last = batches.at(-1);
    if (size > MOST_BYTES) {
      refused.push({ id: finding.Id, reason: `a finding of ${size} bytes, above 240 KB` });
    } else if (last === undefined || last.length === MOST_FINDINGS || bytes + size > MOST_BYTES_OF_BATCH) {
      batches.push([finding]);
      bytes = size;
    } else {
      last.push(finding);
      bytes += size;
    }
  }
  return { batches, refused };
}
