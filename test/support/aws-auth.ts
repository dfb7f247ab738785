/** An aws-auth ConfigMap around the text of its sections, and where a text stands in it. */
import { parseAwsAuth } from '../../shared/evidence/aws-auth.ts';
import type { AwsAuth, AwsAuthProblem } from '../../shared/model/aws-auth.ts';

export type Sections = Readonly<Record<string, string>>;

/** As `kubectl get -o yaml` prints it: every section a literal block. */
export function configMapYaml(data: Sections): string {
  const sections = Object.entries(data).map(
    ([key, text]) => `  ${key}: |\n${text.replace(/^(?=.)/gm, '    ').replace(/\n?$/, '\n')}`,
  );
  return [
    'apiVersion: v1\n',
    'data:\n',
    ...sections,
    'kind: ConfigMap\nmetadata:\n  name: aws-auth\n  namespace: kube-system\n',
  ].join('');
}

/** As `kubectl get -o json` prints it. */
export function configMapJson(data: Sections): string {
  const metadata = { name: 'aws-auth', namespace: 'kube-system' };
  return `${JSON.stringify({ apiVersion: 'v1', data, kind: 'ConfigMap', metadata }, null, 4)}\n`;
}

export function readAwsAuth(text: string): AwsAuth {
  const { awsAuth, skips } = parseAwsAuth(text, 'aws-auth.yaml');
  if (awsAuth === null) throw new Error(`not read: ${JSON.stringify(skips)}`);
  return awsAuth;
}

export function parseRoles(text: string): AwsAuth {
  return readAwsAuth(configMapYaml({ mapRoles: text }));
}

export function listCodes({ problems }: Pick<AwsAuth, 'problems'>): readonly AwsAuthProblem['code'][] {
  return problems.map(({ code }) => code);
}
