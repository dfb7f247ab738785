/** Every few minutes: who logged in to the clusters of every account and region since the last time, onto the home bus. */
import type { Context } from 'aws-lambda';
import { readDeployment } from '../shared/config.ts';
import { stopBefore } from '../shared/pipeline/deadline.ts';
import { describeLoginMetrics } from '../shared/pipeline/login-metrics.ts';
import { queryNewLogins } from '../shared/pipeline/query-new-logins.ts';
import { VERSION } from '../shared/pipeline/version.ts';

export async function handler(_event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) {
  const signal = stopBefore(context);
  const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const settings = readDeployment('region', 'table', 'roleName', 'busArn');
  const { openLoginQueriesOfAll } = await import('../shared/aws/deployed/query-new-logins.ts');
  const opened = openLoginQueriesOfAll({
    ...settings,
    region: settings.get('region'),
    table: settings.get('table'),
    roleName: settings.get('roleName'),
    busArn: settings.get('busArn'),
    version: VERSION,
  });
  const queried = await queryNewLogins({ ...opened, signal, now });
  console.log(JSON.stringify(describeLoginMetrics(queried, { stage: settings.stage, now })));
  return queried;
}
