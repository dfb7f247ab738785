import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  type Fields,
  fieldsAt,
  isFields,
  listed,
  readFunctions,
  readResources,
  readYaml,
} from '../scripts/templates.ts';

/** Of other accounts, where there is no topic: a rule sends its changes of state home. */
const DEAD_LETTERS_ALARM = 'keyholder-member-dead-letters';
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const RESOURCES = readResources(ROOT);
const FUNCTIONS = readFunctions(ROOT);
const SERVERLESS = readYaml(fileURLToPath(new URL('../serverless.yml', import.meta.url)));

/** What each kind of store says of its encryption. */
const ENCRYPTION: ReadonlyMap<string, string> = new Map([
  ['AWS::DynamoDB::Table', 'SSESpecification'],
  ['AWS::S3::Bucket', 'BucketEncryption'],
  ['AWS::SNS::Topic', 'KmsMasterKeyId'],
  ['AWS::SQS::Queue', 'SqsManagedSseEnabled'],
]);

/** Kinds that take no tags, or take them from the stack alone. */
const UNTAGGED = new Set([
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Events::EventBusPolicy',
  'AWS::Events::Rule',
  'AWS::KMS::Key',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Permission',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'AWS::Scheduler::Schedule',
]);

function propertiesOf(name: string): Fields {
  return fieldsAt(RESOURCES.get(name), 'Properties');
}

function listOf(type: string): readonly Fields[] {
  return [...RESOURCES.values()]
    .filter(({ Type }) => Type === type)
    .map((resource) => fieldsAt(resource, 'Properties'));
}

describe('resources', () => {
  test('every store states how it is encrypted', () => {
    const silent = [...RESOURCES].filter(([name, { Type }]) => {
      const stated = ENCRYPTION.get(String(Type));
      return stated !== undefined && !Object.hasOwn(propertiesOf(name), stated);
    });

    expect(silent.map(([name]) => name)).toEqual([]);
  });

  test('the bucket is closed to the public, versioned, and answers encrypted connections only', () => {
    expect(fieldsAt(propertiesOf('Bucket'), 'PublicAccessBlockConfiguration')).toEqual({
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    });
    expect(propertiesOf('Bucket').VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(listed(fieldsAt(propertiesOf('BucketPolicy'), 'PolicyDocument').Statement)).toMatchObject([
      { Effect: 'Deny', Principal: '*', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  test('the table can be taken back to any second, and tells of its changes', () => {
    expect(propertiesOf('Table')).toMatchObject({
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
      TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true },
    });
  });

  test('no log group keeps its events for ever', () => {
    expect(listOf('AWS::Logs::LogGroup').filter((group) => typeof group.RetentionInDays !== 'number')).toEqual([]);
    expect(fieldsAt(SERVERLESS, 'provider').logRetentionInDays).toBe(30);
  });

  test('the schedule keeps what it could not start', () => {
    expect(propertiesOf('NightlySchedule')).toMatchObject({
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: 'NightlyAudit', DeadLetterConfig: { Arn: 'DeadLetters.Arn' } },
    });
  });

  test('the query between audits starts as often as is chosen, and with it its alarm, or never', () => {
    const conditions = fieldsAt(
      readYaml(fileURLToPath(new URL('../resources/login-query.yml', import.meta.url))),
      'Conditions',
    );
    const conditioned = ['LoginSchedule', 'LoginScheduleRole', 'LoginQueryLateAlarm'].map(
      (name) => fieldsAt(RESOURCES.get(name)).Condition,
    );

    expect(Object.keys(conditions)).toEqual(['QueriesLogins']);
    expect(conditioned).toEqual(['QueriesLogins', 'QueriesLogins', 'QueriesLogins']);
    expect(propertiesOf('LoginSchedule')).toMatchObject({
      ScheduleExpression: expect.stringMatching(/^rate\(..LoginQueryMinutes. minutes\)$/),
      Target: { DeadLetterConfig: { Arn: 'DeadLetters.Arn' } },
    });
    expect(propertiesOf('LoginQueryLateAlarm')).toMatchObject({
      MetricName: 'LoginQueryAge',
      Threshold: 3600,
      TreatMissingData: 'breaching',
    });
    expect(fieldsAt(FUNCTIONS, 'query-new-logins').timeout).toBe(280);
  });

  test('every queue that rules deliver to takes from the rules of its account alone', () => {
    const statements = listOf('AWS::SQS::QueuePolicy').flatMap((policy) =>
      listed(fieldsAt(policy, 'PolicyDocument').Statement),
    );

    expect(statements).toHaveLength(2);
    for (const statement of statements) {
      expect(statement).toMatchObject({
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Condition: { StringEquals: { 'aws:SourceAccount': 'AWS::AccountId' } },
      });
    }
  });

  test('a function that is invoked by events keeps what failed to the end', () => {
    const kept = listOf('AWS::Lambda::EventInvokeConfig').map((config) => fieldsAt(config, 'DestinationConfig'));

    // The next window of the query for logins holds what this one did not read.
    expect(kept).toEqual([
      { OnFailure: { Destination: 'EventDeadLetters.Arn' } },
      {},
      { OnFailure: { Destination: 'DeadLetters.Arn' } },
    ]);
  });

  test('every alarm tells the topic', () => {
    const alarms = listOf('AWS::CloudWatch::Alarm').filter(({ AlarmName }) => AlarmName !== DEAD_LETTERS_ALARM);

    expect(alarms.length).toBeGreaterThan(0);
    expect(alarms.filter(({ AlarmActions }) => !listed(AlarmActions).includes('Topic'))).toEqual([]);
  });

  test('a night that runs out of time has failed, and one that comes to no report is missing', () => {
    const failed = listed(propertiesOf('NightFailedAlarm').Metrics).map((metric) =>
      fieldsAt(metric, 'MetricStat', 'Metric'),
    );

    expect(failed.flatMap(({ MetricName = [] }) => MetricName)).toEqual(['ExecutionsFailed', 'ExecutionsTimedOut']);
    expect(propertiesOf('NightMissingAlarm')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [{ Name: 'FunctionName', Value: 'PublishDashreportLambdaFunction' }],
      TreatMissingData: 'breaching',
    });
  });

  test('the home bus takes nothing of other accounts but what their rules and log functions send', () => {
    const { Condition } = fieldsAt(propertiesOf('BusPolicy'), 'Statement');
    const senders = [...RESOURCES].filter(([name, { Type }]) => {
      const policies = JSON.stringify(listed(propertiesOf(name).Policies));
      return Type === 'AWS::IAM::Role' && policies.includes('"Resource":"HomeBusArn"');
    });

    expect(Condition).toEqual({
      StringEquals: { 'aws:PrincipalOrgID': 'OrganizationId' },
      ArnLike: { 'aws:PrincipalArn': expect.stringMatching(/:iam::\*:role\/keyholder\/events\/\*$/) },
    });
    expect(senders.map(([name]) => [name, propertiesOf(name).Path])).toEqual([
      ['ForwardRole', '/keyholder/events/'],
      ['LogBatchRole', '/keyholder/events/'],
    ]);
  });

  test('the night is given the table in which canaries are counted', () => {
    const extensions = readYaml(fileURLToPath(new URL('../resources/environment.yml', import.meta.url))).extensions;
    const publishing = fieldsAt(
      extensions,
      'PublishDashreportLambdaFunction',
      'Properties',
      'Environment',
      'Variables',
    );

    expect(publishing).toMatchObject({ KEYHOLDER_TABLE: 'Table', KEYHOLDER_CANARIES: 'Canaries' });
  });

  test('a night that nobody counted the canaries of alarms as one in which some were missing', () => {
    expect(RESOURCES.get('CanariesMissingAlarm')).toMatchObject({
      Condition: 'ExpectsCanaries',
      Properties: {
        Namespace: 'Keyholder',
        MetricName: 'CanariesMissing',
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
        TreatMissingData: 'breaching',
      },
    });
  });

  test('every function of the stack has an alarm for its errors', () => {
    const watched = listOf('AWS::CloudWatch::Alarm').flatMap((alarm) =>
      [alarm, ...listed(alarm.Metrics).map((metric) => fieldsAt(metric, 'MetricStat', 'Metric'))]
        .filter((metric) => fieldsAt(metric).MetricName === 'Errors')
        .flatMap((metric) => listed(fieldsAt(metric).Dimensions).map((dimension) => fieldsAt(dimension).Value)),
    );
    const functions = Object.keys(FUNCTIONS).map(
      (name) => `${name.replace(/-/g, 'Dash').replace(/^./, (first) => first.toUpperCase())}LambdaFunction`,
    );

    expect(functions.filter((name) => !watched.includes(name))).toEqual([]);
  });

  test('the stack names what people and programs are told to use', () => {
    const outputs = fieldsAt(readYaml(fileURLToPath(new URL('../resources/nightly.yml', import.meta.url))), 'Outputs');

    expect(Object.keys(outputs)).toEqual(['Bucket', 'Topic', 'MachineTopic', 'Table', 'StateMachine']);
  });

  test('mail is sent to nobody who was not named', () => {
    expect(RESOURCES.get('EmailSubscription')).toMatchObject({
      Condition: 'HasEmail',
      Properties: { Endpoint: 'Email', Protocol: 'email', TopicArn: 'Topic' },
    });
  });

  test('everything is tagged that can be', () => {
    const untagged = [...RESOURCES].filter(
      ([name, { Type }]) => !UNTAGGED.has(String(Type)) && !Object.hasOwn(propertiesOf(name), 'Tags'),
    );

    expect(untagged.map(([name]) => name)).toEqual([]);
  });

  test('the audit role is entered by the functions of the home account alone, with the external id', () => {
    const trust = listed(fieldsAt(propertiesOf('AuditRole'), 'AssumeRolePolicyDocument').Statement).filter(isFields);

    expect(trust).toHaveLength(1);
    expect(trust[0]).toMatchObject({
      Action: 'sts:AssumeRole',
      Condition: {
        StringEquals: { 'sts:ExternalId': 'ExternalId' },
        ArnEquals: { 'aws:PrincipalArn': expect.anything() },
      },
    });
  });

  test('no variable of a function looks like a secret', () => {
    const extensions = fieldsAt(
      readYaml(fileURLToPath(new URL('../resources/environment.yml', import.meta.url))),
      'extensions',
    );
    const names = Object.values(extensions).flatMap((extension) =>
      Object.keys(fieldsAt(extension, 'Properties', 'Environment', 'Variables')),
    );

    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => /SECRET|TOKEN|PASSWORD|CREDENTIAL|_KEY$/.test(name))).toEqual([]);
  });

  test('what tells of resources stands beside the functions, so that they can be invoked locally', () => {
    expect(Object.values(FUNCTIONS).filter((settings) => 'environment' in fieldsAt(settings))).toEqual([]);
    expect(fieldsAt(SERVERLESS, 'provider')).not.toHaveProperty('environment');
  });
});
