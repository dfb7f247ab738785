/** An aws-auth ConfigMap that the authenticator cannot read in whole, so that people or nodes lose their access. */
import type { AwsAuth } from '../model/aws-auth.ts';
import type { Detection, Match } from '../model/finding.ts';
import { findAccessSubject, isChange } from '../rules/access-events.ts';
import { nameActor } from '../rules/actors.ts';
import { groupProblems, wordProblems } from '../rules/aws-auth-problems.ts';
import { BACK_UP_AWS_AUTH, EDIT_AWS_AUTH } from '../rules/remedies.ts';

export const awsAuthMalformed: Detection = {
  id: 'aws-auth-malformed',
  ref: 'AA-007',
  title: 'aws-auth is malformed',
  severity: 'high',
  needs: [['aws-auth'], ['authenticator-log']],
  why: 'One mistake in the YAML of mapRoles drops every role of it, those of the nodes included, and nothing in kubectl shows it: logins fail one by one as tokens run out.',
  fix: 'Mend the lines that are named, or put back the last copy that worked. Keep a session open while you do: a token that is in use lasts up to fifteen minutes.',
  blindSpots:
    'What the authenticator makes of the text is modelled on its published source, which EKS may have changed. The authenticator log says that a section was lost, never which rows were in it.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html'],
  attack: ['T1531'],
  cis: [],
  *detect({ awsAuth, cluster }) {
    if (awsAuth !== null && cluster.authenticationMode !== 'API') yield* judge(awsAuth);
  },
  *observe(record, facts) {
    if (facts?.cluster.authenticationMode === 'API') return;
    if (record.source === 'authenticator-log' && record.kind === 'configmap-error') {
      yield {
        subject: 'aws-auth',
        summary: `The authenticator could not read aws-auth: ${record.message}`,
        commands: [BACK_UP_AWS_AUTH, EDIT_AWS_AUTH],
        evidence: [record.evidence],
      };
    }
    if (!isChange(record) || findAccessSubject(record) !== 'aws-auth' || record.written?.kind !== 'aws-auth') return;
    const actor = nameActor(record.actor);
    for (const match of judge(record.written.awsAuth)) {
      yield { ...match, summary: `${match.summary} So it stood when ${actor} wrote it.`, actor };
    }
  },
};

function* judge({ problems, evidence }: AwsAuth): Iterable<Match> {
  for (const [subject, group] of groupProblems(problems, 'malformed')) {
    yield {
      subject,
      severity: group.some(({ losesAccess }) => losesAccess) ? 'high' : 'low',
      summary: `aws-auth is malformed. ${wordProblems(group)}`,
      commands: [BACK_UP_AWS_AUTH, EDIT_AWS_AUTH],
      evidence: [evidence],
    };
  }
}
