import { describe, expect, it } from 'vitest';
import { openTopic } from '../../shared/aws/sns.ts';
import { openLiveAws } from '../support/live-aws.ts';

const TOPIC = 'arn:aws:sns:eu-central-1:111122223333:people';

describe('openTopic', () => {
  it('publishes subject, text and attributes', async () => {
    const { access, aws } = await openLiveAws();

    await openTopic(access, TOPIC).publish({
      subject: 'Report',
      text: 'Two clusters.',
      attributes: { kind: 'digest' },
    });

    expect(aws.published).toEqual([
      {
        topicArn: TOPIC,
        subject: 'Report',
        message: 'Two clusters.',
        attributes: { kind: { DataType: 'String', StringValue: 'digest' } },
      },
    ]);
  });

  it('says which topic would not take a message', async () => {
    const { access } = await openLiveAws({ caller: { deny: ['sns:*'] } });

    await expect(openTopic(access, TOPIC).publish({ subject: 'a', text: 'b', attributes: {} })).rejects.toMatchObject({
      code: 'write-failed',
      message: `sns:Publish on ${TOPIC}: denied (with an explicit deny in an identity-based policy)`,
    });
  });
});
