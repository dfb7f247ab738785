/** A hidden creator whose principal was made anew into a login that costs nothing to try. */
import { enterAs } from '../enter.ts';
import { checkReach, makeCheck } from '../precondition.ts';
import { checkBecoming } from '../request.ts';
import { checkAdmin } from '../verify.ts';
import { PLAIN, type Way } from '../way.ts';
import { nameShort } from '../wording.ts';

/** AWS's guides and AWS's answers disagree, and nothing in a cluster shows which of them holds. */
export const CREATOR_CONFLICT =
  'AWS contradicts itself: its best practices guide and its Knowledge Center say that a creator who was deleted can be made again under the same name, so that the ARN counts; an accepted answer on AWS re:Post says that the unique id counts, so that it cannot';

export const recreatedCreator: Way = {
  id: 'recreated-creator',
  harm: 5,
  reversible: true,
  draft(situation) {
    const { doors, caller, cluster, creator } = situation;
    const title = 'Try the creator, whose principal was re-created';
    const door = doors.find(({ via, fault }) => via === 'cluster-creator' && fault === 'recreated');
    if (door?.principal == null) return [{ title, closed: 'no creator of this mode was re-created' }];
    const { principal } = door;
    return [
      {
        ...PLAIN,
        title: `Try ${nameShort(principal.arn)}, who created the cluster and was re-created since`,
        preconditions: [
          makeCheck({
            what: 'The hidden creator is matched by its ARN',
            answer: 'unknown',
            because: CREATOR_CONFLICT,
            evidence: creator.evidence,
            unsure: {
              ifTried: 'The login works, or ends in 401: either answer is certain, and nothing changes.',
              ifDenied: 'AccessDenied comes from IAM: you may not become the principal, and the cluster was not asked.',
              message: `Please log in to the EKS cluster ${cluster.name} as ${principal.arn}, which created it, and tell me whether kubectl get clusterrolebinding cluster-admin answers.`,
            },
          }),
          checkBecoming(situation, principal),
          checkReach(cluster),
        ],
        commands: enterAs(cluster, principal, { caller }),
        changes: 'Nothing: it writes a kubeconfig of its own into the current folder.',
        verify: [checkAdmin()],
        risk: 'None that is not there already. If it works, so it does for whoever makes the name anew next time.',
        opens: 'nothing new',
      },
    ];
  },
};
