import { describe, expect, test } from 'vitest';
import {
  type PathNews,
  renderPathAlert,
  renderPathChat,
  renderPathMachine,
} from '../../shared/reports/path-message.ts';
import { listAnswerErrors } from '../support/answer-schema.ts';

const TEST: PathNews = {
  kind: 'test',
  account: '444455556666',
  region: 'eu-west-1',
  at: '2026-11-21T08:05:00Z',
  deduplicationId: 'test-8a4c1b5e-0f6e-4d53-9a3c-2f1f6f0c7b10',
};
const LETTERS: PathNews = { ...TEST, kind: 'dead-letters', deduplicationId: 'dead-letters-a' };

describe('renderPathAlert', () => {
  test('says TEST first, and that nothing happened', () => {
    expect(renderPathAlert(TEST)).toEqual({
      subject: '[test] Keyholder: TEST, nothing happened in 444455556666 eu-west-1',
      text: [
        'TEST. Nothing happened: at 21 Nov 2026 08:05 UTC somebody asked whether alerts from account 444455556666, region eu-west-1, arrive here. They do.',
        'No alert looks like this: its first line names a cluster or an account and what is new about it.',
        '',
        'Message test-8a4c1b5e-0f6e-4d53-9a3c-2f1f6f0c7b10',
        '',
      ].join('\n'),
      attributes: {
        severity: 'info',
        cluster: 'none',
        account: '444455556666',
        detection: 'none',
        kind: 'test',
        deduplicationId: 'test-8a4c1b5e-0f6e-4d53-9a3c-2f1f6f0c7b10',
      },
    });
  });

  test('says which events were lost on their way, and what to do', () => {
    const { subject, text, attributes } = renderPathAlert(LETTERS);

    expect(subject).toBe('[high] Keyholder: events of 444455556666 eu-west-1 could not be sent home');
    expect(text).toContain(
      'Since 21 Nov 2026 08:05 UTC events lie in the queue of dead letters of account 444455556666',
    );
    expect(text).toContain('Runbook, member-dead-letters.');
    expect(attributes).toMatchObject({ severity: 'high', kind: 'dead-letters' });
  });
});

describe('renderPathChat', () => {
  test.each([TEST, LETTERS])('keeps within what the receiver takes: $kind', (news) => {
    const { content, metadata, ...head } = JSON.parse(renderPathChat(news).text);

    expect(head).toEqual({ version: '1.0', source: 'custom', id: news.deduplicationId });
    expect(content.title.length).toBeLessThanOrEqual(250);
    expect(content.description.length).toBeLessThanOrEqual(8000);
    expect(content.nextSteps.filter((step: string) => step.length > 350)).toEqual([]);
    expect(content.keywords.filter((word: string) => word.length > 75)).toEqual([]);
    expect(metadata).toMatchObject({ threadId: news.deduplicationId, eventType: news.kind });
  });
});

describe('renderPathMachine', () => {
  test.each([TEST, LETTERS])('is no change of access, by a schema of its own: $kind', (news) => {
    const message = JSON.parse(renderPathMachine(news).text);

    expect(listAnswerErrors('path', message)).toEqual([]);
    expect(message.schema).toBe('keyholder.path/v1');
  });
});
