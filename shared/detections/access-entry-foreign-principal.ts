/** An access entry for a principal of an account that is not the cluster's own. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { findWrittenEntry } from '../rules/eks-calls.ts';
import { deleteAccessEntry } from '../rules/remedies.ts';

export const accessEntryForeignPrincipal: Detection = {
  id: 'access-entry-foreign-principal',
  ref: 'AE-006',
  title: 'Access entry for a principal of another account',
  severity: 'medium',
  needs: [['eks-api/access-entries'], ['cloudtrail']],
  why: 'Who may become the principal is decided in an account that the owners of this cluster neither see nor control, and an account outside the organisation is held by no policy of yours.',
  fix: 'Ask who owns the principal and what it is for. A central administration account belongs into approvedAdmins, by exact ARN; delete any other entry.',
  blindSpots:
    'Whether an account belongs to the organisation is only known where organization.json was read: without it the finding stays medium. A role of this account that others may assume is not foreign here.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html'],
  attack: ['T1098.003'],
  cis: ['4.1.7'],
  saysOnlyIsAdmin: true,
  *detect(facts) {
    for (const { principal, entry, inert, evidence } of facts.mappings) {
      if (entry === null || inert !== null || !isForeign(principal.account, facts.cluster.account)) continue;
      const { severity, words } = judge(principal.account, facts);
      yield {
        subject: `iam:${principal.arn}`,
        severity,
        summary: `${principal.arn} is of account ${principal.account}, ${words}, and has an access entry.`,
        commands: [deleteAccessEntry(facts.cluster, principal.arn)],
        at: entry.createdAt,
        evidence,
      };
    }
  },
  *observe(record, facts) {
    const written = findWrittenEntry(record);
    if (written === null) return;
    const { event, principalArn } = written;
    const { account } = parsePrincipal(principalArn);
    const home = facts?.cluster.account ?? event.account;
    if (home === null || !isForeign(account, home)) return;
    const { severity, words } = judge(account, facts);
    yield {
      subject: `iam:${principalArn}`,
      severity,
      summary: `${nameActor(event.actor)} wrote an access entry for ${principalArn} of account ${account}, ${words}.`,
      actor: nameActor(event.actor),
      evidence: [event.evidence],
    };
  },
};

function isForeign(account: string, home: string): boolean {
  return account !== '' && account !== home;
}

function judge(account: string, facts: Facts | null): { readonly severity: 'high' | 'medium'; readonly words: string } {
  const lists = (facts?.accounts ?? []).flatMap(({ organization }) => organization ?? []);
  const isMember = lists.some(({ accounts }) => accounts.some((member) => member.account === account));
  if (isMember) return { severity: 'medium', words: 'another account of the organisation' };
  if (lists.length === 0) return { severity: 'medium', words: 'which may or may not be in the organisation' };
  return { severity: 'high', words: 'which is outside the organisation' };
}
