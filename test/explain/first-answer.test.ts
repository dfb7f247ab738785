import { describe, expect, it } from 'vitest';
import { answerFirst } from '../../shared/explain/first-answer.ts';
import type {
  ApiAnswer,
  DescribedCluster,
  FirstLook,
  KubeconfigEntry,
  Looked,
  LookFailureKind,
} from '../../shared/model/first-answer.ts';

const ACCOUNT = '111122223333';
const ENDPOINT = 'https://ABC.gr7.eu-central-1.eks.amazonaws.com';

const caller = (role: string, account = ACCOUNT) => ({
  value: { arn: `arn:aws:sts::${account}:assumed-role/${role}/alice`, account },
  failure: null,
});

const failed = (kind: LookFailureKind, reason: string = kind): Looked<never> => ({
  value: null,
  failure: { kind, reason, mend: null },
});

const described = (more: Partial<DescribedCluster> = {}): Looked<DescribedCluster> => ({
  value: {
    arn: `arn:aws:eks:eu-central-1:${ACCOUNT}:cluster/payments`,
    endpoint: ENDPOINT,
    ca: 'CA',
    status: 'ACTIVE',
    authenticationMode: 'API',
    isPublic: true,
    publicCidrs: ['0.0.0.0/0'],
    ...more,
  },
  failure: null,
});

const kubeconfig = (more: Partial<KubeconfigEntry> = {}): KubeconfigEntry => ({
  file: 'config',
  context: 'payments',
  isCurrent: true,
  server: ENDPOINT,
  ca: 'CA',
  command: 'aws',
  cluster: 'payments',
  region: 'eu-central-1',
  profile: null,
  roleArn: null,
  account: ACCOUNT,
  ...more,
});

const look = (more: Partial<FirstLook> = {}): FirstLook => ({
  cluster: 'payments',
  region: 'eu-central-1',
  account: null,
  shell: caller('ops'),
  kubeconfig: kubeconfig(),
  kubectl: null,
  described: described(),
  api: { kind: 'allowed' },
  ...more,
});

const answer = (more: Partial<FirstLook>) => answerFirst(look(more), '2026-11-21T03:00:00Z');
const api = (kind: ApiAnswer['kind']): ApiAnswer =>
  kind === 'silent' ? { kind, reason: 'no answer' } : kind === 'failing' ? { kind, status: 503 } : { kind };

describe('answerFirst', () => {
  it.each<[string, Partial<FirstLook>, string, string]>([
    ['a login that has expired', { shell: failed('expired'), api: null }, 'expired-login', 'you'],
    ['no credentials at all', { shell: failed('no-credentials'), api: null }, 'no-login', 'you'],
    ['AWS that does not answer', { shell: failed('network'), api: null }, 'unreachable', 'unknown'],
    [
      'another account than the one that is asked for',
      { account: '444455556666', described: failed('missing'), api: null },
      'wrong-account',
      'you',
    ],
    [
      'another region than the one that kubectl goes to',
      { region: 'us-east-1', described: failed('missing'), api: null },
      'wrong-region',
      'you',
    ],
    [
      'a cluster that is nowhere',
      { kubeconfig: null, described: failed('missing'), api: null },
      'not-found',
      'unknown',
    ],
    [
      'a kubeconfig of an earlier cluster',
      { kubeconfig: kubeconfig({ server: 'https://OLD.gr7.eu-central-1.eks.amazonaws.com' }) },
      'stale-kubeconfig',
      'you',
    ],
    ['a cluster that failed', { described: described({ status: 'FAILED' }) }, 'not-active', 'everybody'],
    ['an API server that is ill', { api: api('failing') }, 'unreachable', 'everybody'],
    [
      'a private endpoint that does not answer',
      { api: api('silent'), described: described({ isPublic: false }) },
      'unreachable',
      'everybody',
    ],
    [
      'an endpoint that is open to other networks',
      { api: api('silent'), described: described({ publicCidrs: ['192.0.2.0/24'] }) },
      'unreachable',
      'you',
    ],
    ['an endpoint that does not answer', { api: api('silent') }, 'unreachable', 'unknown'],
    ['a caller that is not mapped', { api: api('unauthorized') }, 'not-mapped', 'you'],
    ['a caller that is mapped and no admin', { api: api('not-allowed') }, 'mapped-without-rights', 'you'],
    [
      'kubectl coming as somebody else, who is not mapped',
      { api: api('unauthorized'), kubectl: caller('ci'), kubeconfig: kubeconfig({ profile: 'ci' }) },
      'other-identity',
      'you',
    ],
    ['a caller who may do everything', {}, 'works', 'nobody'],
    [
      'a description that is denied',
      { described: failed('denied'), kubeconfig: null, api: null },
      'not-known',
      'unknown',
    ],
  ])('tells %s', (_, more, id, concerns) => {
    const { id: told, concerns: whom, title } = answer(more);

    expect([told, whom]).toEqual([id, concerns]);
    expect(title).toMatch(/[.?]$/);
  });

  it('looks at the login of kubectl, not of the shell, where they differ', () => {
    const { id, title, mend } = answer({
      kubectl: failed('expired'),
      kubeconfig: kubeconfig({ profile: 'ops' }),
      api: null,
    });

    expect(id).toBe('expired-login');
    expect(title).toBe('It is you: the login of kubectl (context payments) has expired.');
    expect(mend).toEqual(['aws sso login --profile ops']);
  });

  it('names how shell and kubectl differ', () => {
    const { differences } = answer({
      kubectl: caller('ci'),
      kubeconfig: kubeconfig({ profile: 'ci', isCurrent: false, region: 'us-east-1' }),
    });

    expect(differences).toEqual([
      'kubectl: the current context is another one than payments.',
      `The shell is arn:aws:sts::${ACCOUNT}:assumed-role/ops/alice; kubectl comes as arn:aws:sts::${ACCOUNT}:assumed-role/ci/alice (profile ci).`,
      'The question is about eu-central-1; kubectl goes to us-east-1.',
    ]);
  });

  it('takes two sessions of one role for one identity', () => {
    const other = {
      value: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/ops/botocore-1`, account: ACCOUNT },
      failure: null,
    };

    expect(answer({ kubectl: other, kubeconfig: kubeconfig({ profile: 'ops' }) }).differences).toEqual([]);
  });

  it('says which door there is, and names the cost of knowing more before it is begun', () => {
    const { because, refine } = answer({ api: api('unauthorized') });

    expect(because.at(-1)).toBe('Only an access entry lets you in (mode API).');
    expect(refine.map(({ cost }) => cost)).toEqual([
      'reads EKS, IAM, CloudTrail and 24 hours of logs: about a minute; logs are billed by the gigabyte scanned',
      'about 40 small calls, one of them a log query over one second',
    ]);
  });
});
