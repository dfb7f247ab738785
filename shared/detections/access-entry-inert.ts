/** An access entry that gives nothing: of the account root, or without policy and bound group. */
import type { Mapping } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { isReadInWhole } from '../rules/read-sources.ts';
import { deleteAccessEntry } from '../rules/remedies.ts';

export const accessEntryInert: Detection = {
  id: 'access-entry-inert',
  ref: 'AE-015',
  title: 'Access entry that gives nothing',
  severity: 'info',
  needs: [['eks-api/access-entries', 'rbac']],
  why: 'EKS accepts an entry for the account root and ignores it at every login, and an entry without policy or bound group lets in and allows nothing: both are mistaken for access when it matters.',
  fix: 'Delete the entry, or give it the policy or group that was forgotten.',
  blindSpots:
    'A binding of the group that is still to come would make the entry count: access-entry-group-is-admin looks again each time.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html'],
  attack: [],
  cis: [],
  *detect(facts) {
    const holders = listGranted(facts);
    for (const mapping of facts.mappings) {
      const { principal, entry, evidence } = mapping;
      const why = explain(mapping, holders);
      if (entry === null || why === null) continue;
      yield {
        subject: `iam:${principal.arn}`,
        summary: `The access entry of ${principal.arn} gives nothing: ${why}.`,
        commands: [deleteAccessEntry(facts.cluster, principal.arn)],
        at: entry.createdAt,
        evidence,
      };
    }
  },
};

/** Principals with at least one grant; null where bindings may be missing from what was read. */
function listGranted({ access, coverage }: Facts): ReadonlySet<string> | null {
  if (!isReadInWhole(coverage, 'rbac')) return null;
  return new Set(
    access.flatMap((row) => (row.principalArn === null || row.grants.length === 0 ? [] : [arnKey(row.principalArn)])),
  );
}

function explain({ principal, entry, inert }: Mapping, holders: ReadonlySet<string> | null): string | null {
  if (inert === 'root') return 'EKS ignores entries for the account root';
  if (entry === null || inert !== null || entry.type !== 'STANDARD' || entry.policies.length > 0) return null;
  if (holders === null || holders.has(principalKey(principal))) return null;
  return entry.groups.length === 0
    ? 'it has no policy and no group'
    : `it has no policy, and nothing is bound to ${entry.groups.slice(0, 3).join(', ')}`;
}
