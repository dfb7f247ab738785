/** Controllers and runners that may write aws-auth or bind cluster roles into a manifest to commit, which they then apply. */
import type { Manifest } from '../../model/recovery.ts';
import { arnKey, principalKey, stripRolePath } from '../../rules/arn.ts';
import { isAdminLevel, MASTERS } from '../../rules/keyholders.ts';
import { shellLine } from '../../rules/shell.ts';
import { addRow, buildGoodContent, isContentKnown, listMasters } from '../aws-auth-content.ts';
import type { Writer } from '../cluster-writers.ts';
import { NOTE_AWS_AUTH } from '../code-notes.ts';
import { forgetCluster, writeManifest } from '../commands.ts';
import { joinManifests, renderAwsAuth, renderBinding, type TemporaryBinding } from '../manifest.ts';
import { type Check, checkReach, makeCheck } from '../precondition.ts';
import type { Situation } from '../situation.ts';
import { checkAdmin } from '../verify.ts';
import { type Closed, type Draft, PLAIN, type Way } from '../way.ts';
import { listNames } from '../wording.ts';

const MOST = 2;
const FILE = 'keyholder-recovery.yaml';
/** Of the binding, and of the group that it makes admin. */
const NAME = 'keyholder-recovery';
const TITLE = 'Have a controller inside the cluster apply a manifest';

export const inClusterWriter: Way = {
  id: 'in-cluster-writer',
  harm: 30,
  reversible: true,
  draft(situation) {
    const { writers } = situation;
    if (writers.length > 0) return writers.slice(0, MOST).map((writer) => plan(writer, situation));
    const isRead = situation.facts.coverage.some(({ source, status }) => source === 'rbac' && status === 'complete');
    const seen = 'and the audit log, as far as it was read, shows none that did';
    const closed = isRead
      ? `no service account may write aws-auth or bind cluster roles, ${seen}`
      : `RBAC was not read, ${seen}`;
    return [{ title: TITLE, closed }];
  },
};

interface Change {
  readonly manifests: readonly Manifest[];
  /** What stays in the file when the temporary part of it goes; null where nothing does. */
  readonly lasting: Manifest | null;
  readonly changes: string;
  readonly opens: string;
  /** True when rows of nodes come back by it too. */
  readonly isWholeMap: boolean;
}

function plan(writer: Writer, situation: Situation): Draft | Closed {
  const { cluster, recipient } = situation;
  const name = `${writer.namespace}/${writer.name}`;
  const change = chooseChange(writer, situation);
  if (typeof change === 'string') return { title: `${TITLE}: ${name}`, closed: change };
  const manifest = joinManifests(FILE, change.manifests);
  const undo = [...undoChange(change, situation), forgetCluster()];
  return {
    ...PLAIN,
    title: `Commit a manifest that service account ${name} applies`,
    preconditions: [checkWriter(writer, situation), checkRepository(writer, situation), checkReach(cluster)],
    manifests: [manifest],
    commands: [
      ...recipient.lookup,
      ...commitFile(manifest, `Restore access to the cluster ${cluster.name}`),
      ...recipient.enter,
    ],
    changes: `${change.changes} It is made by a commit to the repository that ${name} applies, through the usual review; push it there.`,
    undo,
    removal: undo,
    cannotUndo:
      'A controller that does not prune leaves the ClusterRoleBinding: then delete it with kubectl as well. Never take aws-auth itself out of the repository again: a controller that prunes would delete it, and with it the mapping of the nodes.',
    verify: [checkAdmin()],
    risk: 'It shows that whoever may commit there is an admin of the cluster. If the controller holds another aws-auth in its repository, it writes that one back.',
    opens: change.opens,
    nodes: change.isWholeMap ? { by: 'itself' } : null,
    codeNotes: change.isWholeMap ? [NOTE_AWS_AUTH] : [],
  };
}

function commitFile(manifest: Manifest, message: string): readonly string[] {
  return [
    writeManifest(manifest),
    shellLine('git', 'add', '--', FILE),
    shellLine('git', 'commit', '-m', message, '--', FILE),
  ];
}

/** A revert would take aws-auth away from a controller that prunes. */
function undoChange({ lasting }: Change, { cluster }: Situation): readonly string[] {
  if (lasting === null) return [shellLine('git', 'revert', '--no-edit', 'HEAD')];
  return commitFile(lasting, `Remove temporary access to the cluster ${cluster.name}`);
}

/** Why no manifest of this writer lets anybody in, or the manifest that does with least. */
function chooseChange(writer: Writer, situation: Situation): Change | string {
  const { mode, recipient, awsAuth } = situation;
  if (recipient.principal === null) return 'a manifest needs the name of whom it lets in: give it with --as';
  const subject = findLogin(situation);
  if (subject !== null && writer.bindsClusterRoles) return bindLogin(subject, situation);
  if (mode === 'API') return 'it could bind a role, and nobody who has no access entry can log in to use it';
  if (!writer.writesAwsAuth) return 'it can bind roles but not map anybody, and nobody to bind them to can log in';
  if (!isContentKnown(awsAuth))
    return 'the rest of aws-auth is not known, and a commit writes the whole map: rows of others would be lost';
  return writeMap(writer, situation);
}

/** The identity that the recipient logs in with today. */
function findLogin({ facts, recipient }: Situation): TemporaryBinding['subject'] | null {
  const key = recipient.principal === null ? '' : principalKey(recipient.principal);
  const login = facts.mappings.find(({ principal, inert }) => inert === null && principalKey(principal) === key);
  if (login === undefined) return null;
  const { username, groups } = login.identity;
  if (username !== '' && !username.includes('{{')) return { kind: 'User', name: username };
  const group = groups.find((name) => !name.startsWith('system:') && !name.includes('{{'));
  return group === undefined ? null : { kind: 'Group', name: group };
}

function bindLogin(subject: TemporaryBinding['subject'], { expiresAt }: Situation): Change {
  return {
    manifests: [renderBinding({ name: NAME, subject, expiresAt }, FILE)],
    lasting: null,
    changes: `One ClusterRoleBinding, ${NAME}, to cluster-admin.`,
    opens: `cluster-admin for ${subject.kind === 'User' ? 'user' : 'everybody in group'} ${subject.name}, to be removed by ${expiresAt}`,
    isWholeMap: false,
  };
}

/** Never a row in system:masters: nothing but the row itself could take that back. */
function writeMap(writer: Writer, situation: Situation): Change | string {
  const { facts, recipient, expiresAt, awsAuth } = situation;
  const content = buildGoodContent(situation);
  const group = writer.bindsClusterRoles ? NAME : findAdminGroup(situation);
  const arn = recipient.principal?.arn ?? '';
  const lost = new Set(awsAuth.lostRows.map((row) => arnKey(row.arn)));
  const restored = listMasters(content).filter((master) => lost.has(arnKey(master)));
  if (group === null && restored.length === 0)
    return 'all that it could make is a row in system:masters, which is never a way to propose';
  const row = {
    section: recipient.principal?.type === 'user' ? 'mapUsers' : 'mapRoles',
    arn: stripRolePath(arn) ?? arn,
    username: NAME,
    groups: [group ?? ''],
  } as const;
  const map = renderAwsAuth(group === null ? content : addRow(content, row), FILE);
  const subject = { kind: 'Group', name: NAME } as const;
  const binding = group === NAME ? [renderBinding({ name: NAME, subject, expiresAt }, FILE)] : [];
  const who = facts.cluster.name;
  return {
    manifests: [map, ...binding],
    lasting: renderAwsAuth(content, FILE),
    changes:
      group === null
        ? `The whole map aws-auth of ${who}, as it last was good.`
        : `The whole map aws-auth of ${who}, as it last was good, with one row more${binding.length > 0 ? `, and one ClusterRoleBinding, ${NAME}, to cluster-admin` : ''}.`,
    opens:
      group === null
        ? `the rows that were there before, ${listNames(restored)} in system:masters among them`
        : `group ${group} for ${arn}, to be removed by ${expiresAt}`,
    isWholeMap: true,
  };
}

/** A group that is bound to an admin role already, and that aws-auth may name. */
function findAdminGroup({ facts }: Situation): string | null {
  for (const [key, bindings] of facts.bindingsBySubject) {
    const name = key.slice('Group/'.length);
    if (!key.startsWith('Group/') || name.startsWith('system:') || name === MASTERS) continue;
    if (bindings.some(({ level, namespace }) => namespace === null && isAdminLevel(level))) return name;
  }
  return null;
}

function checkWriter({ namespace, name, seen, evidence }: Writer, { cluster }: Situation): Check {
  const isBound = seen.some((words) => !words.startsWith('it wrote'));
  return makeCheck({
    what: `Service account ${namespace}/${name} may make this change`,
    answer: isBound ? 'yes' : 'unknown',
    because: seen.join('; '),
    evidence,
    unsure: {
      ifTried:
        'The controller reports whether it could apply the commit; a 403 in its log means that it no longer may.',
      ifDenied: 'A 403 comes from RBAC: the service account has lost the right that it once used.',
      message: `Please tell me whether the controller of service account ${namespace}/${name} in the EKS cluster ${cluster.name} still runs and applies what is committed.`,
    },
  });
}

function checkRepository({ namespace, name }: Writer, { cluster }: Situation): Check {
  return makeCheck({
    what: `You, or somebody whom you can ask, can commit to what ${namespace}/${name} applies, and it runs`,
    answer: 'unknown',
    because: 'no evidence shows repositories, pipelines, or whether its pods run',
    unsure: {
      ifTried: 'The commit is applied within minutes, or the controller says why not.',
      ifDenied: 'The repository refuses the push: ask one of its owners to merge it.',
      message: `Access to the EKS cluster ${cluster.name} has to be restored. Please merge a commit to what ${namespace}/${name} applies; it is to be reverted as soon as access works again.`,
    },
  });
}
