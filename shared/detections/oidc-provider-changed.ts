/** A change of the OIDC provider whose users may log in to the cluster. */
import type { Detection } from '../model/finding.ts';
import type { CloudTrailEvent } from '../model/records.ts';
import { nameActor } from '../rules/actors.ts';
import { dissociateIdentityProvider, listIdentityProviders } from '../rules/cluster-remedies.ts';
import { findPlace, isEksCall } from '../rules/eks-calls.ts';
import { textIn } from '../rules/loose-values.ts';

export const oidcProviderChanged: Detection = {
  id: 'oidc-provider-changed',
  ref: 'EV-009',
  title: 'OIDC provider of a cluster was changed',
  severity: 'high',
  needs: [['cloudtrail']],
  why: 'Whoever runs the provider can log in as any user and group that it may name, past IAM, CloudTrail and the authenticator log: associating one of their own gives somebody a door that stays.',
  fix: 'Check with whoever runs the cluster that the change was meant, and what the issuer and prefixes are; else disassociate the provider.',
  blindSpots:
    'What the provider itself puts into its tokens is known to nobody here. The association takes a while and may still fail after the call.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html'],
  attack: ['T1484.002', 'T1556'],
  cis: ['5.5.1'],
  recurs: true,
  *observe(record, facts) {
    if (!isEksCall(record, ['AssociateIdentityProviderConfig', 'DisassociateIdentityProviderConfig'])) return;
    if (!record.succeeded) return;
    const isNew = record.eventName === 'AssociateIdentityProviderConfig';
    const name = nameProvider(record);
    const actor = nameActor(record.actor);
    const place = findPlace(record, facts);
    const issuer = textIn(record.request.oidc, 'issuerUrl');
    const undo = isNew && name !== null && place !== null ? [dissociateIdentityProvider(place, name)] : [];
    yield {
      subject: 'cluster',
      summary: `${actor} ${isNew ? 'associated' : 'disassociated'} the OIDC provider ${name ?? 'that the record does not name'}${issuer === null ? '' : ` (${issuer})`} ${isNew ? 'with' : 'from'} ${record.clusterName ?? 'a cluster'}.`,
      commands: place === null ? [] : [listIdentityProviders(place), ...undo],
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};

function nameProvider({ request }: CloudTrailEvent): string | null {
  return textIn(request.oidc, 'identityProviderConfigName') ?? textIn(request.identityProviderConfig, 'name');
}
