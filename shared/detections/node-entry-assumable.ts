/** An access entry for nodes, on a role that others than machines may assume. */

import type { Detection } from '../model/finding.ts';
import { findIamRole } from '../rules/iam-roles.ts';
import { showTrust } from '../rules/remedies.ts';
import { listTrusted, type TrustedParty } from '../rules/trusted-parties.ts';
import { wordUnreadDoors } from '../rules/unread-principals.ts';

const NODE_TYPES: ReadonlySet<string> = new Set([
  'EC2_LINUX',
  'EC2_WINDOWS',
  'EC2',
  'FARGATE_LINUX',
  'HYBRID_LINUX',
  'HYPERPOD_LINUX',
]);

export const nodeEntryAssumable: Detection = {
  id: 'node-entry-assumable',
  ref: 'AE-012',
  title: 'Node role that people can assume',
  severity: 'high',
  needs: [['eks-api/access-entries', 'iam']],
  why: 'An entry for nodes takes the name of the node from the session name, which the caller of AssumeRole chooses: whoever may assume the role can log in as any node, and read the Secrets of the pods on it.',
  fix: 'Let only the service of the machines assume the role: ec2.amazonaws.com, eks-fargate-pods.amazonaws.com or the service of hybrid nodes.',
  blindSpots:
    'Conditions of the trust policy are not weighed: one that nobody can meet is reported all the same. The credentials of a role can also be taken from a node itself.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/create-node-role.html',
    'https://kubernetes.io/docs/reference/access-authn-authz/node/',
  ],
  attack: ['T1078.004'],
  cis: [],
  findPartLack: ({ mappings }) =>
    wordUnreadDoors(mappings.filter(({ entry }) => entry !== null && NODE_TYPES.has(entry.type))),
  *detect({ mappings, accounts }) {
    for (const { principal, entry, inert, evidence } of mappings) {
      if (entry === null || inert !== null || !NODE_TYPES.has(entry.type)) continue;
      const role = findIamRole(accounts, principal);
      const others = role === null ? [] : listTrusted(role).filter(({ kind }) => kind !== 'service');
      if (role === null || others.length === 0) continue;
      yield {
        subject: `iam:${principal.arn}`,
        summary: `${principal.arn} is a role for nodes (${entry.type}), and its trust policy lets in ${wordParties(others)}.`,
        commands: [showTrust(principal.name)],
        evidence: [...evidence, role.evidence],
      };
    }
  },
};

function wordParties(parties: readonly TrustedParty[]): string {
  const shown = parties.slice(0, 3).map(({ kind, name, isConditional }) => {
    const who = kind === 'everyone' ? 'everyone' : name;
    return isConditional ? `${who} under conditions` : who;
  });
  return shown.join(', ') + (parties.length > shown.length ? ` and ${parties.length - shown.length} more` : '');
}
