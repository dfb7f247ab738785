/** A request to the API server into the line that its audit log gets, as EKS writes it. */
import type { Random } from '../scripts/fuzz-inputs.ts';

export const ACCOUNT = '111122223333';
const START = Date.parse('2026-11-20T00:00:00Z');
const MS_BETWEEN = 7;

export interface Request {
  readonly verb: string;
  readonly uri: string;
  readonly user: Readonly<Record<string, unknown>>;
  readonly agent: string;
  readonly object: Readonly<Record<string, string>>;
  readonly level?: 'Metadata' | 'Request' | 'RequestResponse';
  readonly code?: number;
  /** What was sent; answered alike where the level asks for the answer. */
  readonly body?: unknown;
  readonly reason?: string;
}

/** `index` counts lines and is their clock. */
export function makeLine(request: Request, random: Random, index: number): string {
  const { verb, uri, user, agent, object, level = 'Metadata', code = 200, body, reason = '' } = request;
  const at = new Date(START + index * MS_BETWEEN).toISOString();
  const event = {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level,
    auditID: makeUuid(random),
    stage: 'ResponseComplete',
    requestURI: uri,
    verb,
    user,
    sourceIPs: [`192.0.2.${below(random, 250)}`],
    userAgent: agent,
    objectRef: object,
    responseStatus: { metadata: {}, code },
    requestObject: level === 'Metadata' ? undefined : body,
    responseObject: level === 'RequestResponse' ? body : undefined,
    requestReceivedTimestamp: at.replace('Z', '123Z'),
    stageTimestamp: at.replace('Z', '987Z'),
    annotations: { 'authorization.k8s.io/decision': 'allow', 'authorization.k8s.io/reason': reason },
  };
  // Go escapes these three, and they are in every query.
  return JSON.stringify(event).replace(/[&<>]/g, (mark) => `\\u00${mark.charCodeAt(0).toString(16)}`);
}

/** A caller who logged in through IAM. */
export function makePerson(name: string): Request['user'] {
  return makeIamUser(`arn:aws:sts::${ACCOUNT}:assumed-role/developer/${name}`, {
    role: 'developer',
    session: name,
    groups: ['developers', 'system:authenticated'],
  });
}

export function makeIamUser(
  username: string,
  login: { readonly role: string; readonly session: string; readonly groups: readonly string[] },
): Request['user'] {
  const { role, session, groups } = login;
  return {
    username,
    uid: `aws-iam-authenticator:${ACCOUNT}:AROAEXAMPLE0000000001`,
    groups,
    extra: {
      accessKeyId: ['ASIAIOSFODNN7EXAMPLE'],
      arn: [`arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${session}`],
      canonicalArn: [`arn:aws:iam::${ACCOUNT}:role/${role}`],
      principalId: ['AROAEXAMPLE0000000001'],
      sessionName: [session],
      'sigs.k8s.io/aws-iam-authenticator/principalId': ['AROAEXAMPLE0000000001'],
    },
  };
}

export function makeUuid(random: Random): string {
  const hex = Array.from({ length: 4 }, () =>
    below(random, 2 ** 32)
      .toString(16)
      .padStart(8, '0'),
  ).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}
