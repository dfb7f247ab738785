/** Rows of use for tests: the admin role, seen in the authenticator log, unless told otherwise. */
import type { Usage } from '../../shared/model/evidence.ts';
import { ref } from './coverage.ts';
import { ADMIN_ROLE } from './facts.ts';

export function usage(more: Partial<Usage> = {}): Usage {
  return {
    source: 'authenticator-log',
    principalArn: ADMIN_ROLE,
    uniqueId: 'AROAEXAMPLEADMIN00001',
    username: 'platform-admin',
    groups: [],
    policyArn: null,
    sessionName: 'alice',
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    stsEndpoint: 'sts.eu-central-1.amazonaws.com',
    count: 3,
    firstAt: '2026-11-01T08:00:00Z',
    lastAt: '2026-11-20T08:00:00Z',
    evidence: ref(more.source ?? 'authenticator-log'),
    ...more,
  };
}
