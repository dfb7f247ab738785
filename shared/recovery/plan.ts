/** The facts of a cluster and a question into the whole plan: how it stands, since when, and every way back in. */
import type { NotOffered, RecoveryPlan, WayBack } from '../model/recovery.ts';
import { findDoubts, listUnasked } from './doubts.ts';
import { addNodeMending } from './node-mending.ts';
import { type RecoveryQuestion, resolveSituation, type Situation } from './situation.ts';
import { findCause, resolveState } from './state.ts';
import { detail, summarize } from './summary.ts';
import { defineChecks, listReadings } from './verify.ts';
import { type Draft, isClosed, type Refused, type Way } from './way.ts';
import { WAYS } from './ways.ts';

export function planRecovery(question: RecoveryQuestion): RecoveryPlan {
  const situation = resolveSituation(question);
  const { facts, cluster, caller, recipient, creator, doors, nodes, changes } = situation;
  const state = resolveState(situation);
  const { offered, notOffered } = draftWays(situation);
  const steps = orderSteps(offered, situation);
  const needed = steps.filter(({ fallback }) => !fallback);
  const cause = findCause(situation, state);
  const unasked = listUnasked(facts);
  return {
    schema: 'keyholder.recover/v1',
    generatedAt: facts.now,
    cluster: {
      arn: cluster.arn,
      name: cluster.name,
      account: cluster.account,
      region: cluster.region,
      authenticationMode: cluster.authenticationMode,
      version: cluster.version,
      status: cluster.status,
    },
    caller: caller.arn,
    recipient: recipient.principal?.arn ?? null,
    state,
    summary: summarize(situation, state, cause),
    detail: detail(situation),
    since: cause?.at ?? null,
    cause,
    changes: state === 'fine' ? [] : changes,
    doubts: findDoubts(situation),
    ...(unasked.length === 0 ? {} : { unasked }),
    creator,
    doors: doors.map(({ principalArn, via, level, status, reason, evidence }) => ({
      principalArn,
      via,
      level,
      status,
      reason,
      evidence,
    })),
    nodes,
    ways: steps.map((step, index) => toWay(step, steps[index + 1] ?? null)),
    notOffered,
    readings: listReadings(),
    removal: unique(needed.flatMap(({ draft }) => draft.removal)),
    codeNotes: unique(needed.flatMap(({ draft }) => draft.codeNotes)),
  };
}

interface Offered {
  readonly way: Way;
  readonly draft: Draft;
}

/** A draft of which something is known to fail is named, with the reason, and not offered. */
function draftWays(situation: Situation): {
  readonly offered: readonly Offered[];
  readonly notOffered: readonly NotOffered[];
} {
  const offered: Offered[] = [];
  const notOffered: NotOffered[] = [];
  const refused: Refused[] = [];
  for (const way of WAYS) {
    for (const draft of way.draft(situation, refused)) {
      if (isClosed(draft)) {
        notOffered.push({ id: way.id, title: draft.title, reason: draft.closed });
        continue;
      }
      const failing = draft.preconditions.filter(({ answer }) => answer === 'no');
      const [first] = failing;
      if (first === undefined) {
        offered.push({ way, draft });
        continue;
      }
      notOffered.push({ id: way.id, title: draft.title, reason: `${first.what}: no. ${first.because}` });
      if (failing.every(({ ofCaller }) => ofCaller))
        refused.push({ way, draft: addNodeMending(draft, situation) ?? draft });
    }
  }
  return { offered: [...offered].sort((a, b) => harmOf(a) - harmOf(b)), notOffered };
}

function harmOf({ way, draft }: Offered): number {
  return draft.as?.harm ?? way.harm;
}

interface Step extends Offered {
  readonly fallback: boolean;
  readonly mendsNodes: boolean;
}

/** What repairs aws-auth lets nobody in, so it follows the way that does; a way that writes the map needs no repair. */
function orderSteps(offered: readonly Offered[], situation: Situation): readonly Step[] {
  const first = offered.find(({ way }) => way.id !== 'restore-aws-auth');
  if (first === undefined) return [];
  const isMapWritten = first.way.id === 'aws-support' || first.draft.nodes?.by === 'itself';
  const isNeeded = ({ way }: Offered): boolean => way.id === 'restore-aws-auth' && !isMapWritten;
  const others = offered.filter((one) => one !== first);
  const steps = [
    toVehicle(first, situation),
    ...others.filter(isNeeded).map((one) => toStep(one, false)),
    ...others.filter((one) => !isNeeded(one)).map((one) => toStep(one, true)),
  ];
  return steps[0]?.mendsNodes === true ? steps : raiseNodeMending(steps);
}

function toVehicle({ way, draft }: Offered, situation: Situation): Step {
  const mended = addNodeMending(draft, situation);
  if (mended === null || mended.preconditions.some(({ answer }) => answer === 'no'))
    return toStep({ way, draft }, false);
  return { way, draft: mended, fallback: false, mendsNodes: true };
}

function toStep({ way, draft }: Offered, fallback: boolean): Step {
  return { way, draft, fallback, mendsNodes: draft.mendsNodes === true };
}

/** Where the way in cannot carry the nodes' mapping, whoever can comes before it. */
function raiseNodeMending(steps: readonly Step[]): readonly Step[] {
  const carrier = steps.find(({ mendsNodes }) => mendsNodes);
  if (carrier === undefined) return steps;
  return [{ ...carrier, fallback: false }, ...steps.filter((step) => step !== carrier)];
}

function toWay({ way, draft, fallback, mendsNodes }: Step, next: Step | null): WayBack {
  const { nodes, as, removal, codeNotes, preconditions, mendsNodes: carries, ...rest } = draft;
  const then = next === null ? 'This is the last way.' : `Go on to the next way: ${next.draft.title}.`;
  return {
    id: way.id,
    harm: as?.harm ?? way.harm,
    reversible: as?.reversible ?? way.reversible,
    fallback,
    mendsNodes,
    ...rest,
    verify: defineChecks(rest.verify),
    preconditions: preconditions.map(({ ofCaller, ...check }) => ({
      ...check,
      next: check.ifTried === null ? null : (check.next ?? then),
    })),
  };
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
