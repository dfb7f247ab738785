/** When nothing else is left: what AWS Support needs to know, collected by commands that read. */
import { shellLine } from '../../rules/shell.ts';
import { showCluster } from '../commands.ts';
import { makeCheck } from '../precondition.ts';
import type { Situation } from '../situation.ts';
import { checkAdmin } from '../verify.ts';
import { PLAIN, type Way } from '../way.ts';

const CONSOLE = 'https://console.aws.amazon.com/support/home#/case/create';

export const awsSupport: Way = {
  id: 'aws-support',
  harm: 100,
  reversible: true,
  draft(situation) {
    const { cluster, mode } = situation;
    const entries = shellLine(
      'aws',
      'eks',
      'list-access-entries',
      '--region',
      cluster.region,
      '--cluster-name',
      cluster.name,
    );
    return [
      {
        ...PLAIN,
        title: 'Open a case with AWS Support',
        preconditions: [
          makeCheck({
            what: 'You can prove that the account is yours, and its support plan takes technical cases',
            answer: 'unknown',
            because: 'no evidence shows the support plan, and a case takes somebody who may speak for the account',
            evidence: cluster.evidence,
            unsure: {
              ifTried: `A case is opened at ${CONSOLE}; it takes hours to days.`,
              ifDenied: 'support:CreateCase is not allowed: the root user, or an administrator, opens the case.',
              message: writeCase(situation),
            },
          }),
        ],
        commands: [
          shellLine('aws', 'sts', 'get-caller-identity'),
          showCluster(cluster),
          ...(mode === 'CONFIG_MAP' ? [] : [entries]),
        ],
        changes: 'Nothing by itself: the commands read what the case should hold.',
        undo: [],
        removal: [],
        verify: [checkAdmin()],
        risk: 'Time: the cluster goes on as it is until AWS answers.',
        opens: 'nothing by itself',
        nodes: null,
      },
    ];
  },
};

function writeCase({ cluster, creator, mode, changes }: Situation): string {
  const [cause] = changes;
  const by = creator.principalArn === null ? 'not known' : `${creator.principalArn} (${creator.confidence})`;
  return [
    `We have lost every administrator of the EKS cluster ${cluster.arn}.`,
    '',
    `Created: ${cluster.createdAt ?? 'not known'}, by ${by}; the creator ${creator.exists === false ? 'no longer exists' : creator.exists === true ? 'exists' : 'may or may not exist'}.`,
    `Authentication mode: ${mode ?? 'not known'}; Kubernetes ${cluster.version ?? 'not known'}, platform ${cluster.platformVersion ?? 'not known'}.`,
    `What happened: ${cause === undefined ? 'not known' : `${cause.summary}, ${cause.at ?? 'at a time that is not known'}`}.`,
    '',
    'What we tried, with the errors: …',
    '',
    'Please help us to regain administrative access.',
  ].join('\n');
}
