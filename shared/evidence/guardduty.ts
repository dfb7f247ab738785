/** guardduty.json (`aws guardduty get-detector`, one or a list of them) into the detectors of a region. */
import type { Skip } from '../model/coverage.ts';
import type { Detector } from '../model/region.ts';
import { parseJsonDocument } from './json-document.ts';
import { isRecord } from './json-fields.ts';
import { looseField, looseItems, looseText } from './loose-fields.ts';
import { tallySkips } from './skip-tally.ts';

export interface ParsedDetectors {
  /** null when the text is no such output; empty where the region has no detector. */
  readonly detectors: readonly Detector[] | null;
  readonly skips: readonly Skip[];
}

export function parseGuardDuty(text: string, file: string): ParsedDetectors {
  const tally = tallySkips(file);
  const document = parseJsonDocument(text);
  if ('problem' in document) {
    tally.add(`not JSON: ${document.problem}`, text);
    return { detectors: null, skips: tally.list() };
  }
  const { value } = document;
  const isList = Array.isArray(value);
  const detectors = (isList ? value : [value]).flatMap((item, index): readonly Detector[] => {
    const line = document.lineOf(isList ? [index] : []);
    const status = looseText(item, 'status');
    if (!isRecord(item) || status === null) {
      tally.add('expected the output of aws guardduty get-detector', item, { line });
      return [];
    }
    const evidence = { source: 'guardduty', id: looseText(item, 'detectorId'), at: null, file, line } as const;
    return [{ isEnabled: status === 'ENABLED', readsAuditLogs: findAuditLogs(item), evidence }];
  });
  const isUnknown = detectors.length === 0 && tally.list().length > 0;
  return { detectors: isUnknown ? null : detectors, skips: tally.list() };
}

/** `Features` names it; answers of older tools have it under `DataSources` alone. */
function findAuditLogs(detector: unknown): boolean | null {
  const feature = (looseItems(detector, 'features') ?? []).find((one) => looseText(one, 'name') === 'EKS_AUDIT_LOGS');
  const source = looseField(looseField(looseField(detector, 'dataSources'), 'kubernetes'), 'auditLogs');
  const status = looseText(feature, 'status') ?? looseText(source, 'status');
  return status === null ? null : status === 'ENABLED';
}
