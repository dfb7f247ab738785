/** The last good content of aws-auth into a manifest that puts it back, through a way in that works. */

import { backUpAwsAuth, kubectl } from '../../rules/kube-commands.ts';
import { buildGoodContent, listMasters } from '../aws-auth-content.ts';
import { NOTE_AWS_AUTH } from '../code-notes.ts';
import { AWS_AUTH_FILE, applyFile, BACKUP_FILE, writeManifest } from '../commands.ts';
import { renderAwsAuth } from '../manifest.ts';
import { type Check, checkReach, makeCheck } from '../precondition.ts';
import type { Situation } from '../situation.ts';
import { checkAwsAuth, checkNodes } from '../verify.ts';
import { PLAIN, type Way } from '../way.ts';
import { listNames } from '../wording.ts';

const TITLE = 'Put the last good aws-auth back';

export const restoreAwsAuth: Way = {
  id: 'restore-aws-auth',
  harm: 60,
  reversible: true,
  draft(situation) {
    const closed = findObstacle(situation);
    if (closed !== null) return [{ title: TITLE, closed }];
    const content = buildGoodContent(situation);
    const manifest = renderAwsAuth(content, AWS_AUTH_FILE);
    const masters = listMasters(content);
    const isDeleted = situation.awsAuth.status === 'deleted';
    return [
      {
        ...PLAIN,
        title: TITLE,
        preconditions: [checkContent(situation), checkWay(situation), checkReach(situation.cluster)],
        manifests: [manifest],
        commands: [backUpAwsAuth(BACKUP_FILE), writeManifest(manifest), applyFile(AWS_AUTH_FILE)],
        changes: `The ConfigMap aws-auth as a whole: ${content.rows.length} rows. Compare ${AWS_AUTH_FILE} with ${BACKUP_FILE} before you apply it; keyholder lint ${AWS_AUTH_FILE} reads it as the authenticator does.`,
        undo: isDeleted ? [kubectl('-n', 'kube-system', 'delete', 'configmap', 'aws-auth')] : [applyFile(BACKUP_FILE)],
        removal: [],
        verify: [checkAwsAuth(), checkNodes()],
        risk:
          masters.length === 0
            ? 'Whoever was in the map then is in it again: take out who should not be.'
            : `Whoever was in the map then is in it again: ${listNames(masters)} in system:masters. Take out who should not be.`,
        opens: 'what was open before, and nothing new',
        nodes: { by: 'itself' },
        codeNotes: [NOTE_AWS_AUTH],
      },
    ];
  },
};

function findObstacle({ mode, awsAuth, nodes }: Situation): string | null {
  if (mode === 'API') return 'mode API does not read aws-auth';
  if (awsAuth.status === 'unknown') return 'aws-auth was not read, and no record shows that it is broken';
  if (awsAuth.status === 'absent') return 'there is no aws-auth, and nothing shows that there ever was';
  if (awsAuth.status === 'good' && nodes.roles.length === 0) return 'aws-auth is whole';
  return awsAuth.lastGood === null ? 'no good content is on record, in the stored state or in the audit log' : null;
}

function checkContent({ awsAuth: { lastGood } }: Situation): Check {
  return makeCheck({
    what: 'A good content is on record',
    answer: 'yes',
    because: `of ${lastGood?.at ?? 'a time that is not known'}, from ${lastGood?.from ?? 'no source'}`,
    evidence: lastGood === null ? [] : [lastGood.evidence],
  });
}

/** It mends, and lets nobody in by itself. */
function checkWay({ doors, cluster }: Situation): Check {
  const open = doors.some(({ status, level }) => status === 'open' && level === 'cluster-admin');
  return makeCheck({
    what: 'An admin can write to kube-system, by one of the other ways',
    answer: open ? 'yes' : 'unknown',
    because: open ? 'an admin door is open' : 'no admin door is known to open: another way must work first',
    unsure: {
      ifTried: 'kubectl apply ends in 403 where the identity may not write, and changes nothing.',
      ifDenied: 'AccessDenied comes from IAM: the way that was to let you in did not.',
      message: `Please apply the attached aws-auth to the EKS cluster ${cluster.name}: it is the last content that was good.`,
    },
  });
}
