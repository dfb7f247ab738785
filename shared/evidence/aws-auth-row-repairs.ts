/** A problem of one row of aws-auth into the change that mends it, where there is no doubt what was meant. */
import { judgeArn } from './aws-auth-arn.ts';
import type { RowDraft, TextField } from './aws-auth-decode.ts';
import type { Inspection, PlacedProblem } from './aws-auth-inspection.ts';
import type { SectionText } from './aws-auth-reading.ts';
import type { Span } from './go-yaml.ts';
import { placeEdit, placeIndent, type TextEdit } from './text-edits.ts';

/** Edits of the file; empty where the problem is left to people. */
export function repairRow(file: string, { drafts }: Inspection, { problem, place, at }: PlacedProblem): TextEdit[] {
  if (place === null) return [];
  const rows = drafts.get(place) ?? [];
  const found = (edits: readonly (TextEdit | null)[]): TextEdit[] =>
    edits.includes(null) ? [] : edits.filter((edit) => edit !== null);
  switch (problem.code) {
    case 'arn-path':
    case 'arn-assumed-role': {
      const arn = rows.find((row) => row.arn.span?.start === at)?.arn;
      return found(listArnEdits(place, arn).map((edit) => placeEdit(file, place, edit)));
    }
    case 'groups-lost':
      return found(listGroupsEdits(place, findWrongGroups(rows, at)).map((edit) => placeEdit(file, place, edit)));
    case 'group-suspicious': {
      const group = rows.flatMap((row) => row.groups).find(({ span }) => span?.start === at);
      return found(listFoldEdits(place, group).map((edit) => placeIndent(file, place, edit)));
    }
    default:
      return [];
  }
}

function listArnEdits({ text }: SectionText, arn: TextField | undefined): readonly TextEdit[] {
  if (arn?.span === undefined || arn.span === null) return [];
  const verdict = judgeArn(arn.text);
  const start = text.slice(arn.span.start, arn.span.end).indexOf(arn.text);
  if (start === -1) return [];
  const from = arn.span.start + start;
  const end = from + arn.text.length;
  if (verdict.kind === 'assumed-role') return [{ start: from, end, insert: verdict.role }];
  if (verdict.kind !== 'path') return [];
  const name = arn.text.lastIndexOf('/') + 1;
  // The slash behind "role" stays.
  return [{ start: from + name - verdict.path.length + 1, end: from + name, insert: '' }];
}

/** Where groups is a text: the span of it. */
function findWrongGroups(rows: readonly RowDraft[], at: number): Span | null {
  for (const { mistakes } of rows) {
    for (const mistake of mistakes) {
      const isText = mistake.kind === 'wrong-type' && mistake.field === 'groups' && mistake.got.kind === 'string';
      if (isText && mistake.got.start === at) return mistake.got;
    }
  }
  return null;
}

/** One name becomes a list of one; what may have been meant as several is left. */
function listGroupsEdits({ text }: SectionText, span: Span | null): readonly TextEdit[] {
  if (span === null) return [];
  const { start, end } = span;
  const written = text.slice(start, end);
  const name = /^(?:"([^"\\]+)"|'([^']+)'|([^"'|>&*!].*))$/.exec(written);
  if (name === null || !/^[\w:{}.@/+=-]+$/.test(name[1] ?? name[2] ?? name[3] ?? '')) return [];
  const quote = name[3] === undefined ? '' : '"';
  return [
    { start, end: start, insert: `[${quote}` },
    { start: end, end, insert: `${quote}]` },
  ];
}

/** Lines that each begin with a dash, but too far right: they are moved below the dash of the first. */
function listFoldEdits({ text }: SectionText, group: TextField | undefined): readonly TextEdit[] {
  if (group?.span === undefined || group.span === null) return [];
  const { start, end } = group.span;
  const [first = '', ...others] = text.slice(start, end).split('\n');
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const lead = /^( *)- +$/.exec(text.slice(lineStart, start))?.[1];
  if (lead === undefined || others.length === 0 || group.text.split(' - ').length !== others.length + 1) return [];
  const edits: TextEdit[] = [];
  let at = start + first.length + 1;
  for (const line of others) {
    const indent = /^( *)- \S+[ \r]*$/.exec(line)?.[1];
    if (indent === undefined) return [];
    edits.push({ start: at, end: at + indent.length, insert: lead });
    at += line.length + 1;
  }
  return edits;
}
