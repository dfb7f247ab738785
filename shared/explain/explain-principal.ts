/** An IAM principal into its way to a permission: whether it exists, which door opens, as whom it comes in, what it holds. */
import type { Mapping } from '../model/access.ts';
import type { PathStep } from '../model/explanation.ts';
import { recreateAccessEntry } from '../rules/remedies.ts';
import type { IamAsker } from './asker.ts';
import type { Arrival, Broken } from './broken.ts';
import { chooseDoor, findDoors, resolveIdentity } from './doors.ts';
import { findEntryDenial } from './entry-denials.ts';
import { decide, type Held } from './held.ts';
import { findMappingFault, listChecks } from './mapping-faults.ts';
import { listDoubtsIfAllowed, listDoubtsIfDenied, listDoubtsWithoutDoor } from './principal-doubts.ts';
import type { Question } from './question.ts';
import { findStanding, findSuccessor, listIamFiles } from './standing.ts';
import { conclude, refuse, type Verdict } from './verdict.ts';
import { tellStep, wordDoor, wordIdentity, wordPrincipal } from './words.ts';

export function explainPrincipal(question: Question, asker: IamAsker): Verdict {
  const { facts } = question;
  const standing = findStanding(asker.principal, facts.accounts);
  const arn = standing.arn ?? asker.principal.arn;
  const arrival: Arrival = { question, asker, standing, arn, doors: findDoors(facts, asker, arn) };
  if (standing.exists === false) return refuse(describeGone(arrival), { path: [], rbac: null, notes: [] });
  const path = [tellPrincipal(arrival)];
  const door = chooseDoor(arrival.doors, facts.creator.confidence === 'proven');
  return door === null ? explainNoDoor(arrival, path) : explainDoor(arrival, door, path);
}

function tellPrincipal({ standing, arn }: Arrival): PathStep {
  const { exists, createdAt, evidence, gap } = standing;
  const since = createdAt === null ? '' : ` since ${createdAt.slice(0, 10)}`;
  return exists === null
    ? tellStep('principal', 'unknown', { text: `${arn}: ${gap ?? 'not read'}`, evidence })
    : tellStep('principal', 'holds', { text: `${arn} exists${since}`, evidence });
}

function describeGone({ question, asker, doors }: Arrival): Broken {
  const { facts } = question;
  const { principal } = asker;
  const { entry } = doors;
  const row = doors.rows.find(({ inert }) => inert === null);
  const successor = findSuccessor(principal, facts.accounts);
  const next =
    successor === null
      ? 'Find out who you are now: the session of a deleted principal ends within hours.'
      : `Its permission set has ${wordPrincipal(successor)} today: log in by that, and have it mapped.`;
  const waiting =
    row?.row == null ? '' : ` Whoever creates it again comes in by line ${row.row.position.line} of aws-auth.`;
  const copied =
    successor === null || entry?.entry == null
      ? []
      : recreateAccessEntry(facts.cluster, {
          ...entry.entry,
          principal: successor,
          username: entry.entry.username.replace(principal.name, () => successor.name),
        }).slice(1);
  return {
    link: 'principal:gone',
    why: `IAM of account ${principal.account} has no ${wordPrincipal(principal)} today`,
    evidence: [...(entry?.evidence ?? []), ...(row?.evidence ?? []), ...listIamFiles(principal, facts.accounts)],
    commands: [...listChecks(principal), ...copied],
    advice: `${next}${waiting}`,
  };
}

function explainNoDoor(arrival: Arrival, path: readonly PathStep[]): Verdict {
  const fault = findMappingFault(arrival);
  const gaps = listDoubtsWithoutDoor(arrival, fault);
  if (gaps.length === 0) return refuse(fault, { path, rbac: null, notes: [] });
  const because = gaps.map(({ reason }) => reason).join('; ');
  const step = tellStep('mapping', 'unknown', { text: fault.why, evidence: fault.evidence });
  return { allowed: 'unknown', broken: null, because, path: [...path, step], rbac: 'unknown', gaps, notes: [] };
}

function explainDoor(arrival: Arrival, door: Mapping, path: readonly PathStep[]): Verdict {
  const { question, asker, doors } = arrival;
  const identity = resolveIdentity(door, asker, doors.stsArn);
  const held: Held = { identity, policies: door.policies };
  return conclude({
    question,
    decision: decide(question, held),
    path: [
      ...path,
      tellStep('mapping', 'holds', { text: `${wordDoor(door)} lets it in`, evidence: door.evidence }),
      tellStep('identity', 'holds', { text: wordIdentity(identity), evidence: door.evidence }),
    ],
    doorEvidence: door.evidence,
    doubtsIfAllowed: listDoubtsIfAllowed(arrival, door),
    doubtsIfDenied: listDoubtsIfDenied(arrival, door),
    notes: listIgnoredRows(arrival),
    deny: () => findEntryDenial(arrival, door, held),
  });
}

function listIgnoredRows({ doors }: Arrival): readonly string[] {
  return doors.rows
    .filter(({ inert }) => inert === 'duplicate-row')
    .map(
      ({ row }) => `The row in line ${row?.position.line ?? 0} of aws-auth is ignored: another of the same ARN counts.`,
    );
}
