/** What every way back in is made of: one plain object each, which looks at a situation and drafts itself. */
import type { CodeNote, WayHarm, WayId, WaySteps } from '../model/recovery.ts';
import { forgetCluster } from './commands.ts';
import type { Check } from './precondition.ts';
import type { Situation } from './situation.ts';

/** How node roles get their mapping back on this way. */
export type NodeVehicle =
  | { readonly by: 'entries'; readonly at: number } // before the command of this index
  | { readonly by: 'manifest' } // with the access that the way gives
  | { readonly by: 'itself' } // its own manifest holds them
  | null;

export interface Draft extends WaySteps {
  readonly preconditions: readonly Check[];
  /** What takes temporary access away at the end. */
  readonly removal: readonly string[];
  readonly nodes: NodeVehicle;
  readonly codeNotes: readonly CodeNote[];
  /** True for a draft that carries the nodes' mapping as it is. */
  readonly mendsNodes?: boolean;
  /** Where this draft differs from its way in harm and reversibility. */
  readonly as?: WayHarm;
}

/** Why the way leads nowhere here, whoever goes it. */
export interface Closed {
  readonly title: string;
  readonly closed: string;
}

/** A draft that fails for this caller and might not for another. */
export interface Refused {
  readonly way: Way;
  readonly draft: Draft;
}

export interface Way extends WayHarm {
  readonly id: WayId;
  /** `refused`: the drafts of earlier ways that only other permissions would open, least harmful first. */
  readonly draft: (situation: Situation, refused: readonly Refused[]) => readonly (Draft | Closed)[];
}

export function isClosed(draft: Draft | Closed): draft is Closed {
  return 'closed' in draft;
}

/** The parts that most ways leave empty. */
export const PLAIN = {
  manifests: [],
  ifTaggingDenied: [],
  undo: [forgetCluster()],
  removal: [forgetCluster()],
  cannotUndo: null,
  nodes: { by: 'manifest' },
  codeNotes: [],
} as const satisfies Partial<Draft>;
