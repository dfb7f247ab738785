/** A topic of SNS as a publisher. */
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { KeyholderError } from '../errors.ts';
import type { Publisher } from '../message-port.ts';
import { type AwsAccess, createClient } from './access.ts';
import { explainFailure } from './failure.ts';

export function openTopic(access: AwsAccess, topicArn: string): Publisher {
  const client = createClient(access, SNSClient, access.region);
  return {
    async publish({ subject, text, attributes }) {
      const MessageAttributes = Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
      );
      try {
        const command = new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: text, MessageAttributes });
        await client.send(command);
      } catch (error) {
        const { reason } = explainFailure(error, { action: 'sns:Publish', resource: topicArn, on: topicArn });
        throw new KeyholderError('write-failed', reason, { cause: error });
      }
    },
  };
}
