/** An IAM principal that comes in and is not allowed, into the first link that breaks: its door, its identity, or its grants. */
import type { Mapping } from '../model/access.ts';
import { describeAccessEntry, setEntryGroups } from '../rules/remedies.ts';
import { findGroupsFault, mendAwsAuth } from './aws-auth-faults.ts';
import type { Arrival, Broken } from './broken.ts';
import { findDenial, grant } from './denials.ts';
import { isNodeDoor } from './doors.ts';
import { listOwnGroups } from './entry-commands.ts';
import { grantThroughEntry } from './grants.ts';
import { decide, type Held } from './held.ts';
import { describeUnreadEntry, describeUnreadRow } from './mapping-faults.ts';
import { listOwnBindings } from './own-bindings.ts';
import { wordDoor } from './words.ts';

export function findEntryDenial(arrival: Arrival, door: Mapping, held: Held): Broken {
  return (
    findClosedDoor(arrival, door) ??
    findNodeType(arrival, door) ??
    findNoGroups(arrival, door, held) ??
    findDenial({ question: arrival.question, held, through: { door: nameDoor(door, held), subject: null } })
  );
}

/** A door that does not open, and would have allowed it. */
function findClosedDoor(arrival: Arrival, door: Mapping): Broken | null {
  const { doors, question } = arrival;
  const allows = (mapping: Mapping): boolean => decide(question, mapping).ways.length > 0;
  const { entry } = doors;
  if (entry?.inert === 'mode' && allows(entry)) return describeUnreadEntry(arrival, entry);
  const unread = doors.rows.find((row) => row.inert === 'mode' && allows(row));
  if (unread !== undefined)
    return door.entry === null ? describeUnreadRow(arrival, unread) : carryOver(arrival, door, unread);
  const overridden = doors.rows.find((row) => row.inert === 'overridden-by-entry' && allows(row));
  return overridden === undefined ? null : carryOver(arrival, door, overridden);
}

/** What the row gave has to be given to the entry, as far as EKS takes it there. */
function carryOver({ question }: Arrival, door: Mapping, row: Mapping): Broken {
  const { cluster } = question.facts;
  const { entry } = door;
  const isMode = row.inert === 'mode';
  const groups = [...new Set([...(entry?.groups ?? []), ...listOwnGroups(row.identity.groups)])];
  const isEnough = decide(question, { identity: { username: '', groups }, policies: [] }).ways.length > 0;
  const given =
    entry === null
      ? { commands: [], advice: null }
      : isEnough
        ? { commands: [setEntryGroups(cluster, entry.principal.arn, groups)], advice: null }
        : grantThroughEntry(question, entry);
  const checks = entry === null ? [] : [describeAccessEntry(cluster, entry.principal.arn)];
  return {
    link: isMode ? 'mapping:mode' : 'mapping:overridden-by-entry',
    why: `its row in line ${row.row?.position.line ?? 0} of aws-auth would allow it, and ${isMode ? 'is not read in mode API' : 'its access entry counts instead'}`,
    evidence: [...row.evidence, ...door.evidence],
    commands: [...checks, ...given.commands],
    advice: given.advice,
  };
}

function findNodeType({ question }: Arrival, door: Mapping): Broken | null {
  if (!isNodeDoor(door)) return null;
  const { cluster } = question.facts;
  const { entry } = door;
  return {
    link: 'identity:node-type',
    why: `${wordDoor(door)} lets in nodes, with the rights of a node and no others`,
    evidence: door.evidence,
    commands: entry === null ? [] : [describeAccessEntry(cluster, entry.principal.arn)],
    advice: `${entry === null ? 'Nodes need the row' : 'The type of an entry cannot be changed, and nodes need theirs'}: come by a role that is not that of nodes.`,
  };
}

function findNoGroups({ question }: Arrival, door: Mapping, held: Held): Broken | null {
  const problem = findGroupsFault({ question }, door);
  if (problem !== null) {
    const { line } = problem.position;
    return {
      link: 'identity:no-groups',
      why: `it comes in without the groups that were meant: ${problem.message.replace(/\.$/, '')}`,
      evidence: [
        ...door.evidence,
        ...(question.facts.awsAuth === null ? [] : [{ ...question.facts.awsAuth.evidence, line }]),
      ],
      ...mendAwsAuth(`Line ${line}: ${problem.mend}`),
    };
  }
  const { identity, policies } = held;
  const isBound = listOwnBindings(question.facts, identity).some(({ isImplied }) => !isImplied);
  if (identity.groups.length > 0 || policies.length > 0 || isBound) return null;
  return {
    link: 'identity:no-groups',
    why: `${wordDoor(door)} gives it no group${door.entry === null ? '' : ' and no access policy'}, and its username is bound nowhere`,
    evidence: door.evidence,
    ...grant(question, { door: nameDoor(door, held), subject: null }),
  };
}

/** mapAccounts gives everybody a username of their own, which can be bound. */
function nameDoor(door: Mapping, { identity }: Held): Mapping {
  return door.entry === null && door.row === null ? { ...door, identity } : door;
}
