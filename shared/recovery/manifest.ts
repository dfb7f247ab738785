/** Rows of aws-auth and a temporary binding into manifests that kubectl takes and that hold no character that does not show. */
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Manifest } from '../model/recovery.ts';
import { type Row, renderRow } from '../rules/aws-auth-text.ts';
import { quoteScalar } from '../rules/code-text.ts';

export interface AwsAuthContent {
  readonly rows: readonly Row[];
  readonly accounts: readonly string[];
  /** Sections that are written though they are empty, because what stands there is damaged. */
  readonly emptied: readonly AwsAuth['lostSections'][number][];
}

export function renderAwsAuth({ rows, accounts, emptied }: AwsAuthContent, file: string): Manifest {
  const roles = rows.filter(({ section }) => section === 'mapRoles').flatMap(renderRow);
  const users = rows.filter(({ section }) => section === 'mapUsers').flatMap(renderRow);
  const ids = accounts.map((account) => `- ${JSON.stringify(account)}`);
  const text = [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    '  name: aws-auth',
    '  namespace: kube-system',
    'data:',
    ...renderSection('mapRoles', roles),
    ...(users.length > 0 || emptied.includes('mapUsers') ? renderSection('mapUsers', users) : []),
    ...(ids.length > 0 || emptied.includes('mapAccounts') ? renderSection('mapAccounts', ids) : []),
  ];
  return { file, text: `${text.join('\n')}\n` };
}

function renderSection(name: string, lines: readonly string[]): readonly string[] {
  return [`  ${name}: |`, ...(lines.length === 0 ? ['[]'] : lines).map((line) => `    ${line}`)];
}

export interface TemporaryBinding {
  readonly name: string;
  readonly subject: { readonly kind: 'User' | 'Group'; readonly name: string };
  readonly expiresAt: string;
}

/** To ClusterRole cluster-admin: unlike system:masters, whoever deletes the binding takes it back. */
export function renderBinding({ name, subject, expiresAt }: TemporaryBinding, file: string): Manifest {
  const text = [
    'apiVersion: rbac.authorization.k8s.io/v1',
    'kind: ClusterRoleBinding',
    'metadata:',
    `  name: ${quoteScalar(name)}`,
    '  annotations:',
    `    keyholder/expires-at: ${JSON.stringify(expiresAt)}`,
    'roleRef:',
    '  apiGroup: rbac.authorization.k8s.io',
    '  kind: ClusterRole',
    '  name: cluster-admin',
    'subjects:',
    '  - apiGroup: rbac.authorization.k8s.io',
    `    kind: ${subject.kind}`,
    `    name: ${quoteScalar(subject.name)}`,
  ];
  return { file, text: `${text.join('\n')}\n` };
}

/** Several documents of one file. */
export function joinManifests(file: string, manifests: readonly Manifest[]): Manifest {
  return { file, text: manifests.map(({ text }) => text).join('---\n') };
}
