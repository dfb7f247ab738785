/** aws-auth written where nothing reads it, or by somebody who was not seen doing it before. */
import type { Facts } from '../model/facts.ts';
import type { Detection, Match } from '../model/finding.ts';
import type { AuditEvent, EvidenceRecord } from '../model/records.ts';
import { findAccessSubject, isChange } from '../rules/access-events.ts';
import { isControlPlane, nameActor } from '../rules/actors.ts';
import { DELETE_AWS_AUTH, SHOW_AWS_AUTH } from '../rules/remedies.ts';

export const awsAuthIgnored: Detection = {
  id: 'aws-auth-ignored',
  ref: 'AA-013',
  title: 'aws-auth written in vain, or by a new hand',
  severity: 'low',
  needs: [['audit-log', 'eks-api/cluster']],
  why: 'In mode API the ConfigMap does nothing: whoever writes it believes in access that is not there, or tries a door that was closed. Where it counts, it mostly has one or two writers, and a new one deserves a look.',
  fix: 'In mode API delete the object, so that nobody relies on it. For a new writer, ask whether the change was meant.',
  blindSpots:
    'New means new within the records that were read: a writer who comes once a year is new each time, and the first of the records is taken for granted.',
  references: [
    'https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html',
    'https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html',
  ],
  attack: ['T1098.006'],
  cis: [],
  findPartLack: (facts) => {
    const first = facts.cluster.authenticationMode === 'API' ? undefined : facts.records.find((r) => isWrite(r, facts));
    return first === undefined
      ? null
      : `who wrote aws-auth before ${first.at ?? 'the first record of it'} is not known`;
  },
  correlate: (facts) => {
    const isIgnored = facts?.cluster.authenticationMode === 'API';
    const writers = new Set<string>();
    const found: Match[] = [];
    return {
      add: (record) => {
        if (!isChange(record) || findAccessSubject(record) !== 'aws-auth') return;
        const writer = nameActor(record.actor);
        const isNew = writers.size > 0 && !writers.has(writer);
        writers.add(writer);
        if (isIgnored) found.push(tellIgnored(writer, record));
        else if (isNew && !isControlPlane(record, facts)) found.push(tellNew(writer, record));
      },
      matches: () => found,
    };
  },
};

/** Its writer is compared with those before him, and of the first there are none. */
function isWrite(record: EvidenceRecord, facts: Facts): boolean {
  return isChange(record) && findAccessSubject(record) === 'aws-auth' && !isControlPlane(record, facts);
}

function tellIgnored(writer: string, { verb, evidence, at }: AuditEvent): Match {
  return {
    subject: 'aws-auth',
    severity: 'low',
    summary: `${writer} wrote aws-auth (${verb}), which nothing reads: the cluster is in mode API.`,
    commands: [SHOW_AWS_AUTH, DELETE_AWS_AUTH],
    actor: writer,
    at,
    isPast: true,
    evidence: [evidence],
  };
}

function tellNew(writer: string, { actor, verb, evidence, at }: AuditEvent): Match {
  return {
    subject: actor.principalArn === null ? `user:${writer}` : `iam:${writer}`,
    severity: 'medium',
    summary: `${writer} wrote aws-auth (${verb}), which it has not done before in the records that were read.`,
    commands: [SHOW_AWS_AUTH],
    actor: writer,
    at,
    isPast: true,
    evidence: [evidence],
  };
}
