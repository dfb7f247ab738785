/** A certificate signing request by which somebody wants to log in with a certificate. */
import type { Detection } from '../model/finding.ts';
import type { AuditEvent } from '../model/records.ts';
import { isChange } from '../rules/access-events.ts';
import { isControlPlane, isKubelet, nameActor } from '../rules/actors.ts';
import { fieldIn, textIn, textsIn } from '../rules/loose-values.ts';
import { shellLine } from '../rules/shell.ts';

export const clientCertificateRequested: Detection = {
  id: 'client-certificate-requested',
  ref: 'RB-012',
  title: 'Client certificate was asked for or approved',
  severity: 'medium',
  needs: [['audit-log']],
  why: 'A client certificate is a login that no IAM change and no aws-auth change takes away, and that can carry any username and group. EKS does not issue them, so whoever asks follows a recipe for other clusters, or tries.',
  fix: 'Deny the request and delete it, and ask whoever made it what it was for.',
  blindSpots:
    'Whether a certificate was issued after all is in the status of the object and not in this record. Requests of nodes for their own certificates are left out.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/',
    'https://docs.aws.amazon.com/eks/latest/userguide/cert-signing.html',
  ],
  attack: ['T1098.006', 'T1552'],
  cis: [],
  *observe(record, facts) {
    if (!isChange(record) || record.object?.resource !== 'certificatesigningrequests') return;
    if (isControlPlane(record, facts) || isKubelet(record)) return;
    const isRequest = record.verb === 'create' && record.object.subresource === '';
    if (!isRequest && record.object.subresource !== 'approval') return;
    if (!isForClients(record, isRequest)) return;
    const actor = nameActor(record.actor);
    const name = record.object.name ?? 'unnamed';
    yield {
      subject: `csr:${name}`,
      summary: `${actor} ${isRequest ? 'asked for' : 'decided on'} a client certificate (${name}).`,
      commands: [
        shellLine('kubectl', 'certificate', 'deny', name),
        shellLine('kubectl', 'delete', 'certificatesigningrequest', name),
      ],
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};

const NODE_SIGNERS: ReadonlySet<string> = new Set([
  'kubernetes.io/kube-apiserver-client-kubelet',
  'kubernetes.io/kubelet-serving',
]);

/** A request is judged by what it asks for; an approval whose object the record does not show counts as one. */
function isForClients({ requestObject, responseObject }: AuditEvent, isRequest: boolean): boolean {
  const specs = [responseObject, requestObject].map((body) => fieldIn(body, 'spec'));
  const signer = specs.map((spec) => textIn(spec, 'signerName')).find((name) => name !== null) ?? null;
  if (signer !== null && NODE_SIGNERS.has(signer)) return false;
  if (signer === 'kubernetes.io/kube-apiserver-client') return true;
  const usages = specs.flatMap((spec) => textsIn(spec, 'usages'));
  return usages.includes('client auth') || (!isRequest && signer === null);
}
