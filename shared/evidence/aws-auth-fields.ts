/** What is wrong with the fields of a row that the authenticator keeps: groups, username, and keys that it does not know. */
import type { ArnField, Mistake, RowDraft } from './aws-auth-decode.ts';
import {
  wordGroupNotAString,
  wordGroupSuspicious,
  wordGroupsMisspelt,
  wordGroupsNotAList,
  wordGroupsRepeated,
  wordInvalid,
  wordUnknownKey,
  wordUsername,
} from './aws-auth-row-wording.ts';
import { nameKind, quote, type Wording } from './aws-auth-wording.ts';
import type { JsonEntry, JsonValue } from './go-json.ts';
import { findNearestName } from './nearest-name.ts';

export interface Fault {
  readonly wording: Wording;
  /** Offset into the text of the section. */
  readonly at: number;
  /** Where it is about another ARN than the row's. */
  readonly arn?: string | null;
}

export function* listFieldFaults(draft: RowDraft, field: ArnField): Iterable<Fault> {
  for (const mistake of draft.mistakes) yield* wordMistake(mistake, draft, field);
  for (const { text, span } of draft.groups) {
    const isOdd = text === '' || / - |,|\n|^\s|\s$/.test(text);
    if (isOdd && span !== null) yield { wording: wordGroupSuspicious(text), at: span.start };
  }
  if (draft.username.text === '' && !isUsernameExplained(draft))
    yield { wording: wordUsername('missing', ''), at: (draft.username.span ?? draft.span).start };
}

function isUsernameExplained({ mistakes }: RowDraft): boolean {
  return mistakes.some(
    (mistake) =>
      (mistake.kind === 'wrong-type' && mistake.field === 'username') ||
      (mistake.kind === 'unknown-key' && findNearestName(mistake.entry.key, ['username']) !== null),
  );
}

function* wordMistake(mistake: Mistake, draft: RowDraft, field: ArnField): Iterable<Fault> {
  switch (mistake.kind) {
    case 'wrong-item':
      yield { wording: wordGroupNotAString(mistake.got), at: mistake.got.start };
      break;
    case 'wrong-type':
      yield* wordWrongType(mistake.field, mistake.got);
      break;
    case 'repeated':
      yield* wordRepeated(mistake.field, mistake.entry, field);
      break;
    case 'unknown-key':
      yield wordStranger(mistake.entry, draft, field);
  }
}

/** A userid of the wrong type is lost as well, but aws-auth does not use it. */
function* wordWrongType(field: string, got: JsonValue): Iterable<Fault> {
  if (field === 'groups') yield { wording: wordGroupsNotAList(got), at: got.start };
  if (field === 'username') yield { wording: wordUsername('not-a-string', nameKind(got.kind)), at: got.start };
}

function* wordRepeated(repeated: string, { keySpan, value }: JsonEntry, field: ArnField): Iterable<Fault> {
  const at = keySpan.start;
  const text = value.kind === 'string' ? value.text : '';
  if (repeated === 'groups') yield { wording: wordGroupsRepeated(), at };
  if (repeated === 'username') yield { wording: wordUsername('repeated', text), at };
  if (repeated !== field) return;
  const message = `This row has ${field} twice, and ${quote(text)} is not the last of them.`;
  const wording = wordInvalid(message, 'If these are two rows, put the missing dash before the second.');
  yield { wording, at, arn: text === '' ? null : text };
}

function wordStranger({ key, keySpan }: JsonEntry, { given }: RowDraft, field: ArnField): Fault {
  const at = keySpan.start;
  const nearest = findNearestName(key, [field, 'username', 'groups', 'userid']);
  if (nearest === 'groups' && !given.has('groups')) return { wording: wordGroupsMisspelt(key), at };
  if (nearest === 'username' && !given.has('username')) return { wording: wordUsername('missing', key), at };
  return { wording: wordUnknownKey(key, nearest), at };
}
