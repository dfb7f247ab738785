import { describe, expect, test } from 'vitest';
import { listMentions } from '../../shared/explain/mentions.ts';

describe('listMentions', () => {
  test('finds every ARN with its line, quoted or not', () => {
    const text = [
      'data:',
      '  mapRoles: |',
      '    - rolearn: arn:aws:iam::111122223333:role/dev',
      '    - rolearn: "arn:aws:sts::111122223333:assumed-role/dev/alice", # arn:aws-cn:iam::111122223333:user/bob',
    ].join('\n');

    expect(listMentions(text)).toEqual([
      { arn: 'arn:aws:iam::111122223333:role/dev', line: 3 },
      { arn: 'arn:aws:sts::111122223333:assumed-role/dev/alice', line: 4 },
      { arn: 'arn:aws-cn:iam::111122223333:user/bob', line: 4 },
    ]);
  });

  test('ends an ARN of a JSON text where its line ends', () => {
    expect(listMentions('{"mapRoles":"- rolearn: arn:aws:iam::111122223333:role/dev\\n  username: dev\\n"}')).toEqual([
      { arn: 'arn:aws:iam::111122223333:role/dev', line: 1 },
    ]);
  });

  test('finds nothing in a text without any', () => {
    expect(listMentions('arn:aws:s3:::bucket\n')).toEqual([]);
  });
});
