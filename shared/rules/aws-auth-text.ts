/** Rows of aws-auth into the YAML that the authenticator reads, with no character that does not show. */
import type { AwsAuthRow } from '../model/aws-auth.ts';
import { quoteScalar } from './code-text.ts';

export type Row = Pick<AwsAuthRow, 'section' | 'arn' | 'username' | 'groups'>;

/** The text of a section: what stands under `mapRoles: |`. */
export function renderRows(rows: readonly Row[]): string {
  return rows.length === 0 ? '[]\n' : `${rows.flatMap(renderRow).join('\n')}\n`;
}

export function renderRow({ section, arn, username, groups }: Row): readonly string[] {
  const key = section === 'mapRoles' ? 'rolearn' : 'userarn';
  return [
    `- ${key}: ${quoteScalar(arn)}`,
    `  username: ${quoteScalar(username)}`,
    ...(groups.length === 0
      ? ['  groups: []']
      : ['  groups:', ...groups.map((group) => `    - ${quoteScalar(group)}`)]),
  ];
}
