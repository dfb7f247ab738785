/** Verbs on named targets (impersonate, token, bind, escalate) into the level that the targets, and theirs in turn, are worth. */
import { type Graded, LEVELS, type Level } from '../model/access.ts';
import { type GradeContext, listSteps, type Step } from './escalation-targets.ts';
import { gradeOwn, type HeldRules, LIMITED, stronger } from './own-level.ts';

/** What someone is worth to those who can become it: the strongest of itself and of all whom it can become. */
interface Worth {
  readonly level: Level;
  /** Of the one who holds the power in the end. */
  readonly reason: string;
  /** How many steps away that one is. */
  readonly distance: number;
}

/** Each target is looked at once for a whole cluster, so that ten thousand roles that bind each other cost no square. */
const worths = new WeakMap<GradeContext, Map<string, Worth>>();

/** Never above admin-equivalent: a holder has to take the step first. */
export function gradeTargets(held: readonly HeldRules[], context: GradeContext): Graded {
  const steps = listSteps(held, context);
  if (steps.length === 0) return LIMITED;
  const known = worths.get(context) ?? new Map<string, Worth>();
  if (context.isFixed === true) worths.set(context, known);
  settle(explore(steps, context, known), known);
  return steps.reduce<Graded>((best, step) => {
    const worth = known.get(step.key);
    return worth === undefined || !counts(step, worth)
      ? best
      : stronger(best, { level: worth.level, reason: explain(step, worth) });
  }, LIMITED);
}

function takeOver(step: Step, worth: Worth | undefined): Worth | null {
  return worth !== undefined && counts(step, worth) ? { ...worth, distance: worth.distance + 1 } : null;
}

function better(a: Worth, b: Worth): Worth {
  return LEVELS.indexOf(b.level) > LEVELS.indexOf(a.level) ? b : a;
}

function counts({ onlyControl }: Step, { level }: Pick<Worth, 'level'>): boolean {
  return level !== 'limited' && !(onlyControl && level === 'sensitive-read');
}

function explain({ how }: Step, { reason, distance }: Worth): string {
  if (distance === 0) return `${how}, which ${reason}`;
  return `${how}, which leads in ${distance} more step${distance === 1 ? '' : 's'} to one that ${reason}`;
}

interface Place {
  /** What it holds itself, or could take over from someone who is known already. */
  readonly own: Worth;
  readonly steps: readonly Step[];
}

/** Everyone who can be reached and is not known yet. */
function explore(from: readonly Step[], context: GradeContext, known: ReadonlyMap<string, Worth>): Map<string, Place> {
  const places = new Map<string, Place>();
  const pending: Step[] = [];
  const visit = ({ key, held }: Step): void => {
    if (known.has(key) || places.has(key)) return;
    const steps = held === null ? [] : listSteps(held, context);
    const settled = steps.flatMap((step) => takeOver(step, known.get(step.key)) ?? []);
    places.set(key, { own: settled.reduce(better, worthOf(held, context)), steps });
    for (const step of steps) pending.push(step);
  };
  for (const step of from) visit(step);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) visit(next);
  return places;
}

function worthOf(held: Step['held'], context: GradeContext): Worth {
  if (held === null) return { level: 'unknown', reason: 'has rights that were not read', distance: 0 };
  const { level, reason } = gradeOwn(held, context.awsAuthCounts);
  return { level: level === 'cluster-admin' ? 'admin-equivalent' : level, reason, distance: 0 };
}

/** From the strongest level down, back along the steps: whoever leads to a level first has it. */
function settle(places: ReadonlyMap<string, Place>, known: Map<string, Worth>): void {
  const comers = listComers(places);
  for (const level of [...LEVELS].reverse()) {
    const queue = [...places].flatMap(([key, { own }]): [string, Worth][] => (own.level === level ? [[key, own]] : []));
    for (const [key, worth] of queue) {
      if (known.has(key)) continue;
      known.set(key, worth);
      for (const [comer, step] of comers.get(key) ?? []) {
        const taken = takeOver(step, worth);
        if (taken !== null) queue.push([comer, taken]);
      }
    }
  }
}

function listComers(places: ReadonlyMap<string, Place>): ReadonlyMap<string, readonly (readonly [string, Step])[]> {
  const comers = new Map<string, (readonly [string, Step])[]>();
  for (const [key, { steps }] of places) {
    for (const step of steps) {
      const list = comers.get(step.key);
      if (list === undefined) comers.set(step.key, [[key, step]]);
      else list.push([key, step]);
    }
  }
  return comers;
}
