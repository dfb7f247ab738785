/** SNS: takes messages, and keeps them to be looked at. */
import { AwsError } from './errors.ts';
import { type Fields, fieldsOf, optionalText, textOf } from './fields.ts';
import type { Handlers } from './operations.ts';

export interface PublishedMessage {
  readonly topicArn: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: Fields;
}

const MAXIMUM_BYTES = 262_144;

export function answerSns(published: PublishedMessage[]): Handlers {
  return {
    Publish: ({ input }) => {
      const message = textOf(input, 'Message');
      const subject = optionalText(input, 'Subject');
      const attributes = fieldsOf(input.MessageAttributes);
      if (Buffer.byteLength(message) + Buffer.byteLength(JSON.stringify(attributes)) > MAXIMUM_BYTES)
        throw new AwsError('InvalidParameterException', 'Invalid parameter: Message too long');
      if (subject !== undefined && !/^[^\p{Cc}]{1,99}$/u.test(subject))
        throw new AwsError('InvalidParameterException', 'Invalid parameter: Subject');
      published.push({ topicArn: optionalText(input, 'TopicArn') ?? '', subject, message, attributes });
      return { MessageId: `00000000-0000-4000-8000-${String(published.length).padStart(12, '0')}` };
    },
  };
}
