import { describe, expect, test } from 'vitest';
import { toPlainTemplate } from '../../scripts/plain-template.ts';

const ZIP = { S3Bucket: { Ref: 'ServerlessDeploymentBucket' }, S3Key: 'serverless/keyholder/prod/1-x/plan-audit.zip' };
const KEYS = new Map([['plan-audit.zip', 'plan-audit-0123.zip']]);

function packaged(code: object): Readonly<Record<string, unknown>> {
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: {
      ServerlessDeploymentBucket: { Type: 'AWS::S3::Bucket' },
      ServerlessDeploymentBucketPolicy: { Type: 'AWS::S3::BucketPolicy' },
      PlanDashauditLambdaFunction: {
        Type: 'AWS::Lambda::Function',
        Properties: { Code: code, Handler: 'index.handler' },
      },
      Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
    },
    Outputs: {
      ServerlessDeploymentBucketName: { Value: { Ref: 'ServerlessDeploymentBucket' } },
      Bucket: { Value: { Ref: 'Bucket' }, Export: { Name: 'sls-keyholder-prod-Bucket' } },
    },
    Parameters: { Stage: { Type: 'String' } },
  };
}

describe('the plain template', () => {
  test('takes its code from the bucket of the user, and leaves out the bucket of osls', () => {
    expect(toPlainTemplate(packaged(ZIP), KEYS)).toEqual({
      AWSTemplateFormatVersion: '2010-09-09',
      Parameters: {
        CodeBucket: { Type: 'String', Description: expect.any(String) },
        CodePrefix: { Type: 'String', Default: 'keyholder/', Description: expect.any(String) },
        Stage: { Type: 'String' },
      },
      Resources: {
        PlanDashauditLambdaFunction: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Code: { S3Bucket: { Ref: 'CodeBucket' }, S3Key: { 'Fn::Sub': '$' + '{CodePrefix}plan-audit-0123.zip' } },
            Handler: 'index.handler',
          },
        },
        Table: { Type: 'AWS::DynamoDB::Table', Properties: {} },
      },
      Outputs: { Bucket: { Value: { Ref: 'Bucket' } } },
    });
  });

  test('leaves code alone that stands in the template', () => {
    const { Resources } = toPlainTemplate(packaged({ ZipFile: 'exports.handler = 0' }), KEYS);

    expect(Resources).toMatchObject({
      PlanDashauditLambdaFunction: { Properties: { Code: { ZipFile: 'exports.handler = 0' } } },
    });
  });

  test('refuses a function whose zip is not there', () => {
    expect(() => toPlainTemplate(packaged(ZIP), new Map())).toThrow('expected plan-audit.zip');
  });
});
