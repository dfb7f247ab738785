/** The story of a recovery where nobody can log in: one cluster read live, and every way back into it. */
import type { ClusterPlace, EvidenceRecorder, Progress, Readers } from '../ports.ts';
import { FILED_CALLS, listAskedCalls, UNASKED_SOURCES } from '../recovery/asked.ts';
import { collectLive } from './collect-live.ts';
import type { LiveNeeds, NeededSources } from './live-request.ts';
import { recoverRecorded } from './recover.ts';
import { renderTold, tellRecovery } from './tell-answer.ts';

const DAY_MS = 24 * 3_600_000;

export interface RecoverRequest {
  readonly arn: string;
  readonly place: ClusterPlace;
  /** Who is going to run the commands; undefined when nobody says. */
  readonly as: string | undefined;
  readonly now: string;
}

export interface RecoverPorts {
  readonly open: (account: string, now: string) => NeededSources;
  readonly sink: EvidenceRecorder;
  /** What the sink took. */
  readonly openEvidence: () => Readers;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface Recovered {
  /** As the command line prints it. */
  readonly text: string;
  /** JSON, by schema/recover.v1.json. */
  readonly json: string;
}

/** Whoever is locked out waits for no more than the plan looks at. */
export function recoveryNeeds(now: string): LiveNeeds {
  return { unasked: UNASKED_SOURCES, listCalls: (cluster) => listAskedCalls(cluster, now), filed: FILED_CALLS };
}

export async function recoverLive({ arn, place, as, now }: RecoverRequest, ports: RecoverPorts): Promise<Recovered> {
  const { open, sink, openEvidence, signal, progress } = ports;
  const { account, region, name } = place;
  const from = new Date(Date.parse(now) - DAY_MS).toISOString().replace('.000Z', 'Z');
  await collectLive([{ name: `account ${account}`, account, open: async () => open(account, now) }], {
    ...{ sink, signal, progress, now, account },
    regions: [region],
    cluster: name,
    window: { from, to: now },
    needs: recoveryNeeds(now),
    copies: [],
  });
  const told = tellRecovery(await recoverRecorded(openEvidence(), { cluster: arn, as, now, progress }));
  return { text: renderTold(told, 'text'), json: renderTold(told, 'json') };
}
