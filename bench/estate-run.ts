/** The nightly audit of 60 clusters in 12 accounts: the real functions and machine against the local AWS, which keeps its quotas. */
import { join } from 'node:path';
import { SOURCES, type Source } from '../shared/model/coverage.ts';
import type { Report } from '../shared/model/report.ts';
import { type LocalAws, startLocalAws } from '../test/support/local-aws/local-aws.ts';
import { serveKubernetes } from '../test/support/local-kubernetes/serve.ts';
import { runMachine } from '../test/support/nightly-machine.ts';
import { makeEstate } from './estate-folder.ts';
import { type Benchmark, timeSeconds } from './figure.ts';

const NOW = '2026-11-21T03:00:00Z';
const BUCKET = 'keyholder-reports';
const RUN = 'night-1';
const ACCOUNTS = Array.from({ length: 12 }, (_, number) => String(111_122_223_333 + number));
const CLUSTERS = { 'eu-central-1': 3, 'us-east-1': 2 };
const SAMPLE = join(import.meta.dirname, '..', 'events', 'estate', '111122223333', 'eu-central-1', 'payments');

export const benchEstateRun: Benchmark = async () => {
  const kubernetes = await serveKubernetes({ folder: SAMPLE });
  const estate = makeEstate({ accounts: ACCOUNTS, clusters: CLUSTERS, kubernetes });
  // Pages as AWS makes them; rates stay those that it publishes.
  const pageSizes = { default: 100 };
  const aws = await startLocalAws({ folder: estate.dir, buckets: [BUCKET], pageSizes });
  try {
    deploy(aws);
    const seconds = await timeSeconds(() => runMachine({ run: RUN, startedAt: NOW }));
    const report = readReport(aws);
    printCalls(aws);
    return [
      {
        what: `night of ${estate.clusters} clusters in ${ACCOUNTS.length} accounts`,
        measured: seconds,
        unit: 's',
        limit: null,
      },
      {
        what: '- clusters that are not in the report',
        measured: estate.clusters - report.clusters.length,
        unit: '',
        limit: 0,
      },
      { what: '- places not audited in whole', measured: report.summary.notAudited, unit: '', limit: 0 },
      { what: '- sources not read in whole', measured: countUnread(report), unit: '', limit: 0 },
      { what: '- calls', measured: aws.calls.length, unit: '', limit: null },
      { what: '- calls that were throttled', measured: aws.calls.filter(isThrottled).length, unit: '', limit: null },
      { what: '- requests or answers that break the model of AWS', measured: aws.problems.length, unit: '', limit: 0 },
    ];
  } finally {
    await aws.close();
    kubernetes.close();
    estate.remove();
  }
};

/** As the stack would: in the first account, with a role in each. */
function deploy(aws: LocalAws): void {
  const [home = ''] = ACCOUNTS;
  for (const account of ACCOUNTS) aws.addRole(`arn:aws:iam::${account}:role/keyholder-audit`);
  const { accessKeyId, secretAccessKey, sessionToken } = aws.credentials({ account: home });
  Object.assign(process.env, {
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: aws.url,
    KEYHOLDER_BUCKET: BUCKET,
    KEYHOLDER_TOPIC_ARN: `arn:aws:sns:eu-central-1:${home}:people`,
    KEYHOLDER_ROLE_NAME: 'keyholder-audit',
    KEYHOLDER_REGIONS: Object.keys(CLUSTERS).join(','),
    KEYHOLDER_ACCOUNTS: ACCOUNTS.join(','),
  });
}

function readReport(aws: LocalAws): Report {
  const stored = aws.buckets.get(BUCKET)?.get(`reports/${RUN}/report.json`);
  return JSON.parse(stored?.body.toString() ?? '');
}

/** Rows of coverage; those that the estate has nothing of are not counted. */
function countUnread({ clusters }: Report): number {
  const known = new Set<Source>(SOURCES.filter((source) => source !== 'trails' && source !== 'guardduty'));
  const rows = clusters.flatMap(({ coverage }) => coverage).filter(({ source }) => known.has(source));
  return rows.filter(({ status }) => status !== 'complete').length;
}

function isThrottled({ error }: LocalAws['calls'][number]): boolean {
  return error !== undefined && /Throttl|TooManyRequests|SlowDown/.test(error);
}

function printCalls({ calls }: LocalAws): void {
  const counts = new Map<string, number>();
  for (const { name } of calls) counts.set(name, (counts.get(name) ?? 0) + 1);
  const lines = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `${name} ${count}`);
  console.log(`calls of the night:\n  ${lines.join('\n  ')}`);
}
