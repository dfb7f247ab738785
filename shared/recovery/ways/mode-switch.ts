/** The step from aws-auth to access entries, which no step leads back from, into a way in that needs no kubectl. */

import { waitForCluster, waitForMode } from '../../rules/cluster-remedies.ts';
import { enableAccessEntries } from '../../rules/remedies.ts';
import { callForSwitch } from '../calls.ts';
import { NOTE_MODE } from '../code-notes.ts';
import { showCluster } from '../commands.ts';
import { type Check, makeCheck } from '../precondition.ts';
import { checkCalls, writeRequest } from '../request.ts';
import type { Situation } from '../situation.ts';
import { type Closed, type Draft, PLAIN, type Way } from '../way.ts';
import { draftGrant } from './access-entry.ts';

const TITLE = 'Switch the authentication mode to API_AND_CONFIG_MAP, for good, and make an access entry';
const CANNOT_UNDO =
  'The mode itself: no mode leads back to CONFIG_MAP. aws-auth goes on being read beside the entries.';
const WARNING =
  'The switch of the authentication mode cannot be undone by anybody, AWS included. aws-auth stays in force; what becomes possible is that whoever holds eks:CreateAccessEntry and eks:AssociateAccessPolicy makes admins.';

export const modeSwitch: Way = {
  id: 'mode-switch',
  harm: 80,
  reversible: false,
  draft(situation) {
    const { mode } = situation;
    if (mode !== null && mode !== 'CONFIG_MAP')
      return [{ title: TITLE, closed: `mode ${mode} reads access entries already` }];
    return [plan(situation)];
  },
};

function plan(situation: Situation): Draft | Closed {
  const { cluster, recipient } = situation;
  const grant = draftGrant(situation);
  const before = recipient.lookup.length;
  const steps = [enableAccessEntries(cluster), waitForMode(cluster, 'API_AND_CONFIG_MAP'), waitForCluster(cluster)];
  const commands = [...grant.commands.slice(0, before), ...steps, ...grant.commands.slice(before)];
  const { undo, opens } = grant;
  const request = { calls: [callForSwitch(cluster)], commands, undo, opens, warning: WARNING };
  return {
    ...PLAIN,
    ...grant,
    title: TITLE,
    preconditions: [
      checkMode(situation),
      checkPlatform(situation),
      checkActive(situation),
      checkCalls(situation, request),
      checkApproval(situation, writeRequest(situation, request)),
      ...grant.preconditions,
    ],
    commands,
    changes: `The authentication mode, once and for all. EKS makes an entry with cluster-admin for the creator, if it still exists; aws-auth stays in force as it is. ${grant.changes}`,
    cannotUndo: CANNOT_UNDO,
    verify: [showCluster(cluster, 'cluster.accessConfig'), ...grant.verify],
    risk: 'Do not try this to see whether it helps: it is the one step here that stays. From then on IAM decides who can become admin: eks:CreateAccessEntry and eks:AssociateAccessPolicy are as good as cluster-admin, so hold them with a service control policy.',
    nodes: { by: 'entries', at: before + steps.length },
    codeNotes: [NOTE_MODE, ...grant.codeNotes],
  };
}

function checkMode({ mode, cluster }: Situation): Check {
  return makeCheck({
    what: 'The authentication mode is CONFIG_MAP',
    answer: mode === null ? 'unknown' : 'yes',
    because: mode === null ? 'the authentication mode was not read' : 'describe-cluster says so',
    evidence: cluster.evidence,
    unsure: {
      ifTried: 'Do not try: read the mode first, with aws eks describe-cluster.',
      ifDenied: 'AccessDenied says nothing about the mode.',
      message: `Please tell me the authentication mode of the EKS cluster ${cluster.name}: aws eks describe-cluster shows it in accessConfig.`,
    },
  });
}

/** The first platform version of each Kubernetes version that knows access entries; from 1.31 on all do. */
const FIRST_PLATFORMS: ReadonlyMap<string, number> = new Map([
  ['1.23', 17],
  ['1.24', 15],
  ['1.25', 12],
  ['1.26', 11],
  ['1.27', 10],
  ['1.28', 6],
  ['1.29', 1],
  ['1.30', 2],
]);

function checkPlatform({ cluster }: Situation): Check {
  const { version, platformVersion, evidence } = cluster;
  const [, minor] = /^1\.(\d+)$/.exec(version ?? '') ?? [];
  const [, platform] = /^eks\.(\d+)$/.exec(platformVersion ?? '') ?? [];
  const first = FIRST_PLATFORMS.get(version ?? '');
  const isKnown = minor !== undefined && (Number(minor) > 30 || Number(minor) < 23 || platform !== undefined);
  const isNewEnough = Number(minor) > 30 || (first !== undefined && Number(platform) >= first);
  return makeCheck({
    what: 'The platform version knows access entries',
    answer: isKnown ? (isNewEnough ? 'yes' : 'no') : 'unknown',
    because: `Kubernetes ${version ?? '(not read)'}, platform ${platformVersion ?? '(not read)'}`,
    evidence,
    unsure: {
      ifTried: 'On an older platform the switch ends in InvalidRequestException, and the mode stays.',
      ifDenied: 'AccessDenied says nothing about the platform.',
      message: `Please tell me the Kubernetes and platform version of the EKS cluster ${cluster.name}: aws eks describe-cluster shows both.`,
    },
  });
}

function checkActive({ cluster }: Situation): Check {
  const { status, evidence } = cluster;
  const answer = status === 'ACTIVE' ? 'yes' : status === 'DELETING' || status === 'FAILED' ? 'no' : 'unknown';
  return makeCheck({
    what: 'The cluster is ACTIVE, and no other update is under way',
    answer,
    because: status === null ? 'its status was not read' : `its status is ${status}`,
    evidence,
    unsure: {
      ifTried: 'During another update the switch ends in ResourceInUseException and changes nothing.',
      ifDenied: 'AccessDenied says nothing about the status.',
      message: `Please leave the EKS cluster ${cluster.name} alone until its access is mended: an update of it is needed.`,
    },
  });
}

function checkApproval({ cluster }: Situation, message: string): Check {
  return makeCheck({
    what: 'Whoever owns the cluster agrees to a step that cannot be undone',
    answer: 'unknown',
    because: 'no evidence can show it',
    evidence: cluster.evidence,
    unsure: {
      ifTried: 'This is nothing to try: ask first.',
      ifDenied: 'Somebody has forbidden the switch, perhaps for this very reason: ask who.',
      message,
    },
  });
}
