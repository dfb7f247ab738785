/** An API endpoint that the whole internet reaches. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { nameActor } from '../rules/actors.ts';
import { showEndpoint } from '../rules/cluster-remedies.ts';
import { isEksCall } from '../rules/eks-calls.ts';
import { isAnonymousSubject } from '../rules/everyone.ts';
import { fieldIn, textsIn } from '../rules/loose-values.ts';
import { isOpenToWorld } from '../rules/public-endpoint.ts';
import { isRoleMissing } from '../rules/rbac-view.ts';

export const publicEndpointOpen: Detection = {
  id: 'public-endpoint-open',
  ref: 'EV-008',
  title: 'Public endpoint open to the internet',
  severity: 'medium',
  needs: [['eks-api/cluster'], ['cloudtrail']],
  why: "Whoever holds a stolen key or token can use it from anywhere, and a flaw in the API server or an anonymous binding is everybody's to find.",
  fix: 'List the networks that need it in publicAccessCidrs, or turn the public endpoint off once the private one is on and reachable. Check both from where you work before you apply it.',
  blindSpots:
    'A list of networks that is nearly as wide as the internet is not weighed beyond its shortest prefixes. Who can reach the private endpoint is not looked at.',
  references: ['https://docs.aws.amazon.com/eks/latest/userguide/cluster-endpoint.html'],
  attack: ['T1190'],
  cis: ['5.4.1', '5.4.2'],
  *detect(facts) {
    const { cluster } = facts;
    if (cluster.endpoint?.publicAccess !== true || !isOpenToWorld(cluster.endpoint.publicCidrs)) return;
    const isAnonymous = hasAnonymousBinding(facts);
    yield {
      subject: 'cluster',
      severity: isAnonymous ? 'high' : 'medium',
      summary: `The public endpoint of ${cluster.name} is open to the internet (${cluster.endpoint.publicCidrs.join(', ') || 'no list of networks'})${isAnonymous ? ', and callers without credentials are bound to a role' : ''}.`,
      commands: [showEndpoint(cluster)],
      evidence: cluster.evidence,
    };
  },
  *observe(record, facts) {
    if (!isEksCall(record, ['UpdateClusterConfig']) || !record.succeeded) return;
    const config = record.request.resourcesVpcConfig;
    const isPublic = fieldIn(config, 'endpointPublicAccess');
    const cidrs = fieldIn(config, 'publicAccessCidrs');
    const isOpened =
      cidrs === undefined
        ? isPublic === true
        : isPublic !== false && isOpenToWorld(textsIn(config, 'publicAccessCidrs'));
    if (!isOpened) return;
    const actor = nameActor(record.actor);
    const networks = cidrs === undefined ? 'to networks that the record does not name' : 'to the internet';
    yield {
      subject: 'cluster',
      severity: facts !== null && hasAnonymousBinding(facts) ? 'high' : 'medium',
      summary: `${actor} opened the public endpoint of ${record.clusterName ?? 'a cluster'} ${networks}.`,
      actor,
      evidence: [record.evidence],
    };
  },
};

function hasAnonymousBinding({ bindings }: Facts): boolean {
  return bindings.some(
    (binding) => !binding.isDefault && !isRoleMissing(binding) && binding.subjects.some(isAnonymousSubject),
  );
}
