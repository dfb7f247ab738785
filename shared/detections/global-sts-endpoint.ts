/** Logins whose token was signed for the global STS endpoint. */
import type { Ref } from '../model/coverage.ts';
import type { Detection, Match } from '../model/finding.ts';

const GLOBAL = 'sts.amazonaws.com';

export const globalStsEndpoint: Detection = {
  id: 'global-sts-endpoint',
  ref: 'AU-005',
  title: 'Login through the global STS endpoint',
  severity: 'info',
  needs: [['authenticator-log']],
  why: 'The global endpoint answers from one region: logins are slower, fail when that region does, and leave their CloudTrail records where nobody looks for them.',
  fix: 'Set AWS_STS_REGIONAL_ENDPOINTS=regional for old clients, or update them: current ones use the region of the cluster by themselves.',
  blindSpots: 'Older builds of the authenticator do not print the endpoint.',
  references: [
    'https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_enable-regions.html',
  ],
  attack: [],
  cis: [],
  *detect({ usage }) {
    for (const { source, principalArn, username, stsEndpoint, lastAt, evidence } of usage)
      if (source === 'authenticator-log' && stsEndpoint === GLOBAL)
        yield { ...tell(principalArn, username, evidence), at: lastAt };
  },
  *observe(record) {
    if (record.source !== 'authenticator-log' || record.kind !== 'granted' || record.stsEndpoint !== GLOBAL) return;
    yield { ...tell(record.arn, record.username, record.evidence), actor: record.arn ?? record.username };
  },
};

function tell(arn: string | null, username: string, evidence: Ref): Match {
  return {
    subject: arn === null ? `user:${username}` : `iam:${arn}`,
    summary: `${arn ?? username} logged in through the global STS endpoint, ${GLOBAL}.`,
    isPast: true,
    evidence: [evidence],
  };
}
