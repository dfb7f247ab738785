/** aws-auth was deleted: everybody and every node that it mapped is out. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import type { EvidenceRecord } from '../model/records.ts';
import { findAccessSubject, isChange } from '../rules/access-events.ts';
import { nameActor } from '../rules/actors.ts';
import { restoreAwsAuth, SHOW_AWS_AUTH } from '../rules/remedies.ts';

export const awsAuthDeleted: Detection = {
  id: 'aws-auth-deleted',
  ref: 'AA-003',
  title: 'aws-auth deleted',
  severity: 'critical',
  needs: [['audit-log'], ['authenticator-log']],
  why: 'The authenticator forgets every row at once: people are out when their tokens run out, and nodes that have no access entry stop reporting, so that their pods are moved and then nothing starts any more.',
  fix: 'Put the last good copy back. Where nobody gets in, an access entry made through the EKS API does it without kubectl: recover lists the steps.',
  blindSpots:
    'A deletion of all ConfigMaps of kube-system names no object: it is reported without proof that aws-auth was among them. A planned move to access entries deletes the object as well, and is quiet once the mode is API.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/migrating-access-entries.html',
  ],
  attack: ['T1531'],
  cis: [],
  recurs: true,
  *observe(record, facts) {
    const deletion = facts?.cluster.authenticationMode === 'API' ? null : findDeletion(record);
    if (deletion === null) return;
    yield {
      subject: 'aws-auth',
      summary: deletion.words,
      commands: listSteps(facts),
      actor: deletion.actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};

function findDeletion(record: EvidenceRecord): { readonly words: string; readonly actor: string | null } | null {
  if (record.source === 'authenticator-log' && record.kind === 'configmap-deleted')
    return { words: 'The authenticator saw aws-auth being deleted and forgot every row of it.', actor: null };
  if (!isChange(record)) return null;
  const actor = nameActor(record.actor);
  if (record.verb === 'delete' && findAccessSubject(record) === 'aws-auth')
    return { words: `${actor} deleted aws-auth.`, actor };
  const { object, verb } = record;
  const isAll = verb === 'deletecollection' && object?.resource === 'configmaps' && object.namespace === 'kube-system';
  return isAll
    ? { words: `${actor} deleted ConfigMaps of kube-system all at once, which may have taken aws-auth along.`, actor }
    : null;
}

function listSteps(facts: Facts | null): readonly string[] {
  const kept = facts?.state.lastGoodAwsAuth.findLast(({ clusterArn }) => clusterArn === facts.cluster.arn);
  return kept === undefined ? [SHOW_AWS_AUTH] : [SHOW_AWS_AUTH, restoreAwsAuth(kept.data)];
}
