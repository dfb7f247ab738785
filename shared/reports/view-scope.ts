/** A report into what was asked for, what answered, and what everything in it rests on. */
import type { Scope } from '../model/evidence.ts';
import type { Report } from '../model/report.ts';
import type { ReportView } from './view.ts';
import { tellMoment } from './words.ts';

export interface ScopeView {
  readonly places: readonly PlaceView[];
  /** What the report rests on: name, then text. */
  readonly facts: readonly (readonly [name: string, text: string])[];
  readonly besides: readonly string[];
  readonly queries: readonly string[];
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
}

export interface PlaceView {
  readonly account: string;
  readonly region: string;
  readonly status: Scope['status'];
  readonly clusters: string;
  readonly reason: string;
}

export function viewScope({ scope, provenance, generatedAt }: Report, { evidence, besides }: ReportView): ScopeView {
  return {
    places: scope.map(({ account, region, status, clusters, reason, mend }) => ({
      account,
      region,
      status,
      clusters: String(clusters),
      reason: [reason, mend].filter((text) => text !== null).join('. '),
    })),
    facts: [
      ['Made', tellMoment(generatedAt)],
      ['By', `Keyholder ${provenance.version}`],
      ['As', provenance.caller ?? 'nobody: read from a folder'],
      ['Evidence', evidence],
    ],
    besides,
    queries: provenance.queries,
    files: provenance.evidence,
  };
}
