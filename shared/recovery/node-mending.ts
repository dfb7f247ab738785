/** A way in and lost node roles into the same way with the nodes' mapping first: pods die while people wait. */
import { stripRolePath } from '../rules/arn.ts';
import { backUpAwsAuth } from '../rules/kube-commands.ts';
import { buildNodeContent, isContentKnown } from './aws-auth-content.ts';
import { callForEntry } from './calls.ts';
import { AWS_AUTH_FILE, applyFile, BACKUP_FILE, createEntry, deleteEntry, writeManifest } from './commands.ts';
import { renderAwsAuth } from './manifest.ts';
import { type Check, makeCheck } from './precondition.ts';
import { checkCalls } from './request.ts';
import type { Situation } from './situation.ts';
import { checkNodes } from './verify.ts';
import type { Draft } from './way.ts';

/** null where nodes need no mending, or this way cannot carry it. */
export function addNodeMending(draft: Draft, situation: Situation): Draft | null {
  const { nodes, mode, awsAuth } = situation;
  if (nodes.roles.length === 0 || draft.nodes === null) return null;
  const titled = { ...draft, title: `${nameNodes(situation)} first; then: ${draft.title}` };
  const preconditions = [checkLoss(situation), ...draft.preconditions];
  if (draft.nodes.by === 'itself') return { ...titled, preconditions, verify: [checkNodes(), ...draft.verify] };
  if (draft.nodes.by === 'entries') return addEntries({ ...titled, preconditions }, draft.nodes.at, situation);
  if (mode === 'API') return addEntries({ ...titled, preconditions }, draft.commands.length, situation);
  return isContentKnown(awsAuth) ? addManifest({ ...titled, preconditions }, situation) : null;
}

function nameNodes({ nodes }: Situation): string {
  const count = nodes.roles.length;
  return `Give ${count === 1 ? 'the node role its' : `${count} node roles their`} mapping back`;
}

/** Entries need no kubectl, so they come before everything else that the way does. */
function addEntries(draft: Draft, at: number, situation: Situation): Draft {
  const { cluster, nodes } = situation;
  const make = nodes.roles.map(({ roleArn, entryType }) => createEntry(cluster, roleArn, { type: entryType }));
  const undo = nodes.roles.map(({ roleArn }) => deleteEntry(cluster, roleArn));
  const calls = nodes.roles.map(({ entryType }) => callForEntry(cluster, null, entryType));
  const opens = 'the cluster to its own nodes';
  return {
    ...draft,
    preconditions: [...draft.preconditions, checkCalls(situation, { calls, commands: make, undo, opens })],
    commands: [...draft.commands.slice(0, at), ...make, ...draft.commands.slice(at)],
    changes: `One access entry of a node type for each of ${nodes.roles.map(({ roleArn }) => roleArn).join(', ')}; where aws-auth has a row of the same role, the entry counts from now on. ${draft.changes}`,
    undo: [...undo, ...draft.undo],
    verify: [...draft.verify, checkNodes()],
  };
}

/** The rows of nodes alone: who else should be in the map is a question for a calmer hour. */
function addManifest(draft: Draft, situation: Situation): Draft {
  const content = buildNodeContent(situation);
  const plain = content.rows.map((row) => ({
    ...row,
    arn: row.section === 'mapRoles' ? (stripRolePath(row.arn) ?? row.arn) : row.arn,
  }));
  const manifest = renderAwsAuth({ ...content, rows: plain }, AWS_AUTH_FILE);
  return {
    ...draft,
    manifests: [...draft.manifests, manifest],
    commands: [...draft.commands, backUpAwsAuth(BACKUP_FILE), writeManifest(manifest), applyFile(AWS_AUTH_FILE)],
    changes: `${draft.changes} Then the ConfigMap aws-auth: the rows of nodes, beside what stands.`,
    verify: [...draft.verify, checkNodes()],
  };
}

function checkLoss({ nodes }: Situation): Check {
  const until =
    nodes.loginUntil === null
      ? nodes.reason
      : `nodes can log in until ${nodes.loginUntil} at the latest: ${nodes.reason}`;
  const names = nodes.roles.map(({ roleArn, usedBy }) => `${roleArn} (${usedBy})`).join(', ');
  return makeCheck({
    what: 'Nodes have lost their mapping',
    answer: 'yes',
    because: `${names}; ${until}`,
    evidence: nodes.roles.flatMap(({ evidence }) => evidence).slice(0, 5),
  });
}
