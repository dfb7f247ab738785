/** The text of aws-auth into every ARN that it names: those of rows that were lost as well. */
import type { Mention } from './question.ts';

/** Up to a blank or quote; in JSON a line of the section ends in `\n`, in two characters. */
const ARN = /\barn:[a-z0-9-]*:(?:iam|sts):[^\s"'\\,]*/gi;

export function listMentions(text: string): readonly Mention[] {
  const mentions: Mention[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    for (const [arn] of line.matchAll(ARN)) mentions.push({ arn, line: index + 1 });
  }
  return mentions;
}
