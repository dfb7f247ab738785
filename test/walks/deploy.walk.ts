import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fieldsAt, isFields, listed, readFunctions } from '../../scripts/templates.ts';
import { emergencyPattern } from '../../shared/rules/event-patterns.ts';
import { copyStack, type Moto, type Ran, runCommand, startMoto } from '../support/packaged-stack.ts';

/** What moto's CloudFormation passes over: test/resources.test.ts reads these in the template instead. */
const PASSED_OVER = [
  'AWS::CloudWatch::Alarm',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::S3::BucketPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
];

let folder = '';
let moto: Moto | undefined;
let packaged: Ran | undefined;

beforeAll(async () => {
  folder = copyStack();
  moto = await startMoto();
  // Without a way to AWS: nothing may be asked for.
  const environment = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' };
  packaged = await runCommand('node', ['scripts/package.mjs'], { cwd: folder, environment });
}, 120_000);

afterAll(async () => {
  await moto?.close();
  rmSync(folder, { recursive: true, force: true });
});

function inMoto(command: string, ...args: readonly string[]): Promise<Ran> {
  return runCommand(command, args, { cwd: folder, environment: moto?.environment ?? {} });
}

async function ask(service: string, ...args: readonly string[]): Promise<unknown> {
  const { output } = await inMoto('aws', '--endpoint-url', moto?.url ?? '', '--output', 'json', service, ...args);
  // Some operations print nothing where there is nothing.
  const answer: unknown = JSON.parse(output === '' ? '{}' : output);
  return answer;
}

/** With what it wrote as the message, for whoever has to find out why. */
function expectDone(ran: Ran | undefined): void {
  expect(ran?.exitCode, ran?.output).toBe(0);
}

function readTemplate(): Readonly<Record<string, unknown>> {
  const file = join(folder, '.serverless', 'cloudformation-template-update-stack.json');
  const read: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return fieldsAt({ read }, 'read');
}

function hashZips(): readonly string[] {
  const zips = readdirSync(join(folder, '.serverless')).filter((file) => file.endsWith('.zip'));
  return zips.map(
    (file) =>
      `${file} ${createHash('sha256')
        .update(readFileSync(join(folder, '.serverless', file)))
        .digest('hex')}`,
  );
}

describe('a deployment', () => {
  test('is packaged without a network, and the same again', async () => {
    expectDone(packaged);
    const zips = hashZips();

    await runCommand('npx', ['--no-install', 'osls', 'package'], { cwd: folder });

    expect(zips.length).toBe(Object.keys(readFunctions(folder)).length);
    expect(hashZips()).toEqual(zips);
  });

  test('gives cfn-lint nothing to say', async () => {
    const files = [
      '.serverless/cloudformation-template-update-stack.json',
      'dist/cloudformation/template.yml',
      'dist/cloudformation/member-account.yml',
      'dist/cloudformation/member-events.yml',
    ];

    expect(await runCommand('cfn-lint', files, { cwd: folder })).toEqual({ exitCode: 0, output: '' });
  });

  test('goes into an account with osls, and out of it without a trace', async () => {
    expectDone(await inMoto('npx', '--no-install', 'osls', 'deploy'));

    const stack = await ask('cloudformation', 'describe-stack-resources', '--stack-name', 'keyholder-prod');
    const made = listed(fieldsAt({ stack }, 'stack').StackResources).filter(isFields);
    const madeIds = new Set(made.map(({ LogicalResourceId }) => LogicalResourceId));
    const wanted = Object.entries(fieldsAt(readTemplate(), 'Resources')).filter(
      ([, resource]) => !Object.hasOwn(fieldsAt(resource), 'Condition'),
    );
    const left = wanted.filter(([name]) => !madeIds.has(name));
    expect([...new Set(left.map(([, resource]) => fieldsAt(resource).Type))].sort()).toEqual(PASSED_OVER);

    expectDone(await inMoto('npx', '--no-install', 'osls', 'remove'));
    expect(await listLeft()).toEqual([]);
  });

  test('goes into an account as a plain template', async () => {
    await inMoto('aws', '--endpoint-url', moto?.url ?? '', 's3', 'mb', 's3://example-code');
    const code = await inMoto(
      ...(['aws', '--endpoint-url', moto?.url ?? '', 's3', 'cp', '--recursive', 'dist/cloudformation'] as const),
      's3://example-code/keyholder/',
    );
    expectDone(code);

    // As `deploy --s3-bucket` does it: the template is larger than what a call may hold. Its own address moto cannot read.
    const create = [
      'cloudformation',
      'create-stack',
      '--stack-name',
      'keyholder',
      '--capabilities',
      'CAPABILITY_NAMED_IAM',
    ];
    const template = ['--template-url', 'https://s3.amazonaws.com/example-code/keyholder/template.yml'];
    const choices = ['--parameters', 'ParameterKey=CodeBucket,ParameterValue=example-code'];
    const endpoint = ['--endpoint-url', moto?.url ?? ''];
    expectDone(await inMoto('aws', ...endpoint, ...create, ...template, ...choices));
    const answer = await ask('cloudformation', 'describe-stacks', '--stack-name', 'keyholder');
    expect(fieldsAt({ answer }, 'answer').Stacks).toMatchObject([{ StackStatus: 'CREATE_COMPLETE' }]);

    await inMoto('aws', ...endpoint, 'cloudformation', 'delete-stack', '--stack-name', 'keyholder');
    expect(await listLeft()).toEqual(['bucket example-code']);
  });

  test.each([
    ['eu-central-1', ['DeadLetterAlarms', 'EksCalls', 'LogCalls', 'LogTests', 'TrailCalls']],
    ['us-east-1', ['DeadLetterAlarms', 'EksCalls', 'IamCalls', 'LogCalls', 'LogTests', 'TrailCalls']],
    ['us-gov-west-1', ['DeadLetterAlarms', 'EksCalls', 'IamCalls', 'LogCalls', 'LogTests', 'TrailCalls']],
    ['us-gov-east-1', ['DeadLetterAlarms', 'EksCalls', 'LogCalls', 'LogTests', 'TrailCalls']],
  ])('brings the rules of %s into it', async (region, rules) => {
    expect((await deployMember(region)).map(({ name }) => name)).toEqual(rules);
  });

  test('brings a rule into it for the roles that are kept for emergencies, and for its tests', async () => {
    const roles = ['arn:aws:iam::123456789012:role/emergency', 'arn:aws:iam::123456789012:role/team/emergency'];
    const made = await deployMember('eu-west-1', [
      `ParameterKey=BreakGlassRoleArns,ParameterValue='${roles.join(',')}'`,
    ]);
    const { pattern } = made.find(({ name }) => name === 'EmergencyCalls') ?? { pattern: '{}' };

    expect(JSON.parse(pattern)).toEqual(emergencyPattern(roles));
  });
});

/** The rules that resources/member-events.yml made in the region, in the order of their names. */
async function deployMember(region: string, more: readonly string[] = []) {
  const there = ['--endpoint-url', moto?.url ?? '', '--region', region];
  const bucket = `s3://example-events-${region}`;
  await inMoto('aws', ...there, 's3', 'mb', bucket);
  expectDone(await inMoto('aws', ...there, 's3', 'cp', 'dist/cloudformation/alert-on-log-batch.zip', `${bucket}/`));
  const partition = region.startsWith('us-gov') ? 'aws-us-gov' : 'aws';
  const bus = `arn:${partition}:events:${region}:123456789012:event-bus/keyholder-prod`;
  const template = ['--template-body', 'file://resources/member-events.yml', '--capabilities', 'CAPABILITY_IAM'];
  const choices = [
    `ParameterKey=HomeBusArn,ParameterValue=${bus}`,
    'ParameterKey=CodeBucket,ParameterValue=example-events',
    ...more,
  ];
  const create = ['cloudformation', 'create-stack', '--stack-name', 'keyholder-events', ...template];
  expectDone(await inMoto('aws', ...there, ...create, '--parameters', ...choices));

  const answer = await ask('events', 'list-rules', '--region', region);
  const made = listed(fieldsAt({ answer }, 'answer').Rules).map((rule) => {
    const { Name, EventPattern } = fieldsAt(rule);
    return { name: String(Name).split('-')[2] ?? '', pattern: String(EventPattern) };
  });
  return made.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** What an account holds that only we could have put there. */
async function listLeft(): Promise<readonly string[]> {
  const names = async (kind: string, field: string, item: string, ...command: readonly string[]) => {
    const answer = await ask(command[0] ?? '', ...command.slice(1));
    return listed(fieldsAt({ answer }, 'answer')[field]).map(
      (found) => `${kind} ${isFields(found) ? found[item] : found}`,
    );
  };
  const found = await Promise.all([
    names('bucket', 'Buckets', 'Name', 's3api', 'list-buckets'),
    names('role', 'Roles', 'RoleName', 'iam', 'list-roles'),
    names('function', 'Functions', 'FunctionName', 'lambda', 'list-functions'),
    names('table', 'TableNames', '', 'dynamodb', 'list-tables'),
    names('topic', 'Topics', 'TopicArn', 'sns', 'list-topics'),
    names('queue', 'QueueUrls', '', 'sqs', 'list-queues'),
    names('state machine', 'stateMachines', 'name', 'stepfunctions', 'list-state-machines'),
    names('log group', 'logGroups', 'logGroupName', 'logs', 'describe-log-groups'),
  ]);
  return found.flat();
}
