/** An access entry of an admin without the tags that say whose it is, what for, and until when. */
import type { Detection } from '../model/finding.ts';
import { arnKey, principalKey } from '../rules/arn.ts';
import { isAdminDoor } from '../rules/keyholders.ts';
import { describeAccessEntry } from '../rules/remedies.ts';

export const adminGrantUntagged: Detection = {
  id: 'admin-grant-untagged',
  ref: 'BG-005',
  title: 'Admin access entry without the tags it must carry',
  severity: 'medium',
  needs: [['eks-api/access-entries']],
  why: 'An admin of whom nobody can say who owns it, by which ticket it came and until when it is needed is never taken away.',
  fix: 'Find the owner and tag the entry, or delete it.',
  blindSpots:
    'Off until tags.required is set in keyholder.yml. Whether what a tag says is true is not known, and rows of aws-auth have none.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html'],
  attack: [],
  cis: ['4.1.1'],
  shownElsewhere: {
    because: 'its keyholder.yml asks for no tags.',
    test: 'test/detections/admin-grant-untagged.test.ts',
  },
  *detect(facts) {
    const { required } = facts.config.tags;
    const creator = facts.creator.principalArn;
    for (const mapping of facts.mappings) {
      const { entry, principal, inert } = mapping;
      if (entry === null || inert !== null || !isAdminDoor(mapping, facts)) continue;
      // EKS made that entry itself, with no tags, when the cluster was made.
      if (
        creator !== null &&
        facts.cluster.bootstrapCreatorAdmin === true &&
        arnKey(creator) === principalKey(principal)
      )
        continue;
      const missing = required.filter((tag) => !Object.hasOwn(entry.tags, tag) || entry.tags[tag]?.trim() === '');
      if (missing.length === 0) continue;
      yield {
        subject: `iam:${principal.arn}`,
        summary: `The access entry of ${principal.arn} makes it an admin and lacks the tag${missing.length === 1 ? '' : 's'} ${missing.join(', ')}.`,
        commands: [describeAccessEntry(facts.cluster, principal.arn)],
        evidence: [entry.evidence],
      };
    }
  },
};
