/** A row of aws-auth whose username or groups are what the caller types. */
import type { AwsAuthRow } from '../model/aws-auth.ts';
import type { Detection, Match } from '../model/finding.ts';
import { watchAwsAuth } from '../rules/aws-auth-watch.ts';
import { BACK_UP_AWS_AUTH, EDIT_AWS_AUTH } from '../rules/remedies.ts';
import { hasFreeBeginning, isCallerControlled } from '../rules/usernames.ts';

export const callerControlledIdentity: Detection = {
  id: 'caller-controlled-identity',
  ref: 'AA-006',
  title: 'aws-auth row that leaves its identity to the caller',
  severity: 'high',
  needs: [['aws-auth'], ['audit-log']],
  why: 'Whoever assumes a role chooses the session name: where that makes the group, the caller puts itself into any group, and where it makes the whole username, the caller is any user.',
  fix: 'Put a fixed beginning before the session name, such as dev:{{SessionName}}, and take templates out of groups.',
  blindSpots:
    'A trust policy with a condition on the session name may bind the caller: it is not weighed. The template {{AccessKeyID}} was filled in from the request, unchecked, by authenticator 0.5.2 to 0.5.8.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://github.com/kubernetes-sigs/aws-iam-authenticator#readme',
  ],
  attack: ['T1078.004'],
  cis: [],
  *detect({ mappings }) {
    for (const { row, inert } of mappings) if (row !== null && inert === null) yield* judge(row);
  },
  correlate: (facts) =>
    watchAwsAuth(facts, function* ({ rows }) {
      for (const row of rows) yield* judge(row);
    }),
};

function* judge({ arn, username, groups, evidence }: AwsAuthRow): Iterable<Match> {
  const group = groups.find(isCallerControlled);
  const isFree = hasFreeBeginning(username) || username.includes('{{AccessKeyID}}');
  if (group === undefined && !isFree) return;
  const words = [
    ...(group === undefined ? [] : [`its group ${group}`]),
    ...(isFree ? [`its username ${username}`] : []),
  ];
  yield {
    subject: `aws-auth:${arn}`,
    severity: group === undefined ? 'medium' : 'high',
    summary: `Whoever logs in as ${arn} chooses ${words.join(' and ')}.`,
    commands: [BACK_UP_AWS_AUTH, EDIT_AWS_AUTH],
    evidence: [evidence],
  };
}
