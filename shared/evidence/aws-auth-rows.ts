/** One decoded row of mapRoles or mapUsers into the row that the authenticator keeps, and what is wrong with it. */
import type { AwsAuthRow } from '../model/aws-auth.ts';
import { judgeArn } from './aws-auth-arn.ts';
import type { ArnField, RowDraft, SsoDraft } from './aws-auth-decode.ts';
import { type Fault, listFieldFaults } from './aws-auth-fields.ts';
import { wordArn, wordInvalid, wordNotAMapping, wordSso, wordWrongList } from './aws-auth-row-wording.ts';
import { nameKind, quote } from './aws-auth-wording.ts';
import { findNearestName } from './nearest-name.ts';

export interface JudgedRow {
  /** null when the authenticator drops it. */
  readonly row: Pick<AwsAuthRow, 'arn' | 'username' | 'groups' | 'inertBecause'> | null;
  readonly arn: string | null;
  readonly faults: readonly Fault[];
}

const PARTITIONS = /^(?:aws|aws-cn|aws-us-gov|aws-iso|aws-iso-b|aws-iso-e|aws-iso-f|aws-eusc)?$/;

export function judgeRow(draft: RowDraft, section: AwsAuthRow['section']): JudgedRow {
  const field: ArnField = section === 'mapRoles' ? 'rolearn' : 'userarn';
  const { span, kind, arn, sso } = draft;
  if (kind !== 'map') return drop({ wording: wordNotAMapping(kind, field), at: span.start, arn: null });
  const invalid = findInvalid(draft, field);
  if (invalid !== null) return drop({ wording: invalid, at: (arn.span ?? span).start, arn: arn.text || null });
  const shown = sso === null ? arn.text : ssoPattern(sso);
  const faults: readonly Fault[] = [
    ...(sso === null ? judgeMatching(draft, section) : [{ wording: wordSso(shown), at: sso.span.start }]),
    ...listFieldFaults(draft, field),
  ];
  const inertBecause = sso !== null ? 'sso' : judgeArn(arn.text).kind === 'matches' ? null : 'arn';
  const groups = draft.groups.map(({ text }) => text);
  return { row: { arn: shown, username: draft.username.text, groups, inertBecause }, arn: shown, faults };
}

function drop(fault: Fault & { readonly arn: string | null }): JudgedRow {
  return { row: null, arn: fault.arn, faults: [fault] };
}

function judgeMatching({ arn, span }: RowDraft, section: AwsAuthRow['section']): readonly Fault[] {
  const at = (arn.span ?? span).start;
  const verdict = judgeArn(arn.text);
  if (verdict.kind !== 'matches') return [{ wording: wordArn(arn.text, verdict), at }];
  const isRole = verdict.type === 'role';
  const isAtHome = section === 'mapRoles' ? isRole : !isRole;
  return isAtHome ? [] : [{ wording: wordWrongList(arn.text, verdict.type, section), at }];
}

function findInvalid(draft: RowDraft, field: ArnField) {
  const { arn, sso } = draft;
  if (sso !== null && arn.text !== '')
    return wordInvalid(
      'This row has both rolearn and sso.',
      'Leave one of them: rolearn, since sso needs a feature gate.',
    );
  if (sso !== null) return findInvalidSso(sso);
  return arn.text === '' ? wordMissingArn(draft, field) : null;
}

function wordMissingArn({ mistakes }: RowDraft, field: ArnField) {
  const other = field === 'rolearn' ? 'userarn' : 'rolearn';
  const section = field === 'rolearn' ? 'mapUsers' : 'mapRoles';
  for (const mistake of mistakes) {
    if (mistake.kind === 'wrong-type' && mistake.field === field)
      return wordInvalid(`${field} is ${nameKind(mistake.got.kind)}, not a text.`, 'Write the ARN, in quotes.');
    if (mistake.kind !== 'unknown-key') continue;
    const { key } = mistake.entry;
    if (key.toLowerCase() === other)
      return wordInvalid(`This row has ${other} instead of ${field}.`, `Move the row to ${section}.`);
    if (findNearestName(key, [field]) !== null || /arn/i.test(key))
      return wordInvalid(`The key ${quote(key)} is unknown; ${field} was most likely meant.`, `Rename it to ${field}.`);
  }
  return wordInvalid(`This row has no ${field}.`, `Write ${field}, or take the row out.`);
}

function findInvalidSso({ accountId, permissionSetName, partition }: SsoDraft) {
  const mend = 'Write the role itself as rolearn: an sso field needs a feature gate that is off by default.';
  if (!/^[0-9]{12}$/.test(accountId.text))
    return wordInvalid('sso.accountID is no text of 12 digits; without quotes it is a number.', mend);
  if (!/^[\w+=,.@-]{1,32}$/.test(permissionSetName.text))
    return wordInvalid('sso.permissionSetName is not spelt like a permission set.', mend);
  if (!PARTITIONS.test(partition.text)) return wordInvalid(`sso.partition ${quote(partition.text)} is unknown.`, mend);
  return null;
}

function ssoPattern({ accountId, permissionSetName, partition }: SsoDraft): string {
  return `arn:${partition.text || 'aws'}:iam::${accountId.text}:role/AWSReservedSSO_${permissionSetName.text}_*`;
}
