import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fieldsAt, readResources, readYaml } from '../scripts/templates.ts';

const path = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url));
const CHAT = readYaml(path('resources/chat.yml'));
const PARAMETERS = fieldsAt(readYaml(path('resources/parameters.yml')), 'Parameters');
const RESOURCES = readResources(path('.'));

/** What both kinds of channel share. */
const CHANNEL = {
  ConfigurationName: expect.stringMatching(/^keyholder-\$\{sls:stage\}$/),
  IamRoleArn: 'ChatRole.Arn',
  GuardrailPolicies: [expect.stringMatching(/:iam::aws:policy\/AWSDenyAll$/)],
  LoggingLevel: 'ERROR',
  SnsTopicArns: ['ChatTopic'],
};

describe('the channel in chat', () => {
  test.each([
    [
      'SlackChannel',
      'AWS::Chatbot::SlackChannelConfiguration',
      'HasSlack',
      { SlackWorkspaceId: 'SlackWorkspace', SlackChannelId: 'SlackChannelId' },
    ],
    [
      'TeamsChannel',
      'AWS::Chatbot::MicrosoftTeamsChannelConfiguration',
      'HasTeams',
      { TeamId: 'TeamsTeam', TeamsTenantId: 'TeamsTenant', TeamsChannelId: 'TeamsChannelId' },
    ],
  ])('%s hears the topic for chat alone, and is made where it was asked for', (name, type, condition, ids) => {
    expect(fieldsAt(CHAT, 'Resources', name)).toEqual({
      Type: type,
      Condition: condition,
      Properties: { ...CHANNEL, ...ids, Tags: [{ Key: 'application', Value: 'keyholder' }] },
    });
    for (const parameter of Object.values(ids)) expect(Object.keys(PARAMETERS)).toContain(parameter);
    expect(RESOURCES.get('ChatTopic')).toMatchObject({ Type: 'AWS::SNS::Topic' });
  });

  test('may ask AWS for nothing', () => {
    expect(fieldsAt(CHAT, 'Resources', 'ChatRole', 'Properties')).toEqual({
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'chatbot.amazonaws.com' } }],
      },
      Tags: [{ Key: 'application', Value: 'keyholder' }],
    });
  });
});
