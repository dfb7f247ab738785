import { clientCertificateRequested } from '../../shared/detections/client-certificate-requested.ts';
import type { AuditEvent } from '../../shared/model/records.ts';
import { coverage, coverageBut } from '../support/coverage.ts';
import { describeDetection } from '../support/describe-detection.ts';
import { actor, auditEvent } from '../support/records.ts';

const CLIENT = 'kubernetes.io/kube-apiserver-client';
const request = (spec: unknown, more: Partial<AuditEvent> = {}) =>
  auditEvent({
    verb: 'create',
    code: 201,
    object: csr(''),
    requestObject: { kind: 'CertificateSigningRequest', spec },
    ...more,
  });
const approval = (spec: unknown, more: Partial<AuditEvent> = {}) =>
  auditEvent({ verb: 'update', object: csr('approval'), responseObject: { spec }, ...more });
const node = {
  user: { username: 'system:node:ip-10-0-0-1', uid: null, groups: ['system:bootstrappers', 'system:nodes'] },
};

describeDetection(clientCertificateRequested, {
  fires: [
    {
      name: 'somebody asks for a client certificate',
      record: request({ signerName: CLIENT }),
      subjects: ['csr:alice'],
      severities: ['medium'],
      says: 'role/platform-admin asked for a client certificate (alice).',
    },
    {
      name: 'the usage tells it, whatever the signer',
      record: request({ signerName: 'example.com/own', usages: ['client auth'] }),
      subjects: ['csr:alice'],
    },
    {
      name: 'somebody approves one',
      record: approval({ signerName: CLIENT }),
      subjects: ['csr:alice'],
      says: 'decided on a client certificate',
    },
    {
      name: 'somebody approves one that the record does not show',
      record: approval(undefined, { responseObject: null }),
      subjects: ['csr:alice'],
    },
    {
      name: 'the name is not in the record',
      record: request({ signerName: CLIENT }, { object: { ...csr(''), name: null } }),
      subjects: ['csr:unnamed'],
    },
  ],
  staysQuiet: [
    {
      name: 'a node asks for its own',
      record: request({ signerName: 'kubernetes.io/kube-apiserver-client-kubelet', usages: ['client auth'] }, node),
    },
    { name: 'a serving certificate is approved', record: approval({ signerName: 'kubernetes.io/kubelet-serving' }) },
    {
      name: 'the controller approves one',
      record: approval(
        { signerName: CLIENT },
        {
          user: { username: 'system:serviceaccount:kube-system:certificate-controller', uid: null, groups: [] },
          actor: actor({ kind: 'service-account', principalArn: null }),
        },
      ),
    },
    { name: 'a certificate for a server is asked for', record: request({ usages: ['server auth'] }) },
    { name: 'the status is written', record: approval({ signerName: CLIENT }, { object: csr('status') }) },
    { name: 'it was refused', record: request({ signerName: CLIENT }, { code: 403 }) },
  ],
  cannotTell: [
    {
      name: 'the audit log is off',
      coverage: coverageBut(coverage('audit-log', 'disabled')),
      missing: ['audit-log'],
    },
    {
      name: 'the audit log was read in part',
      coverage: coverageBut(coverage('audit-log', 'partial')),
      status: 'partly-evaluated',
      missing: ['audit-log'],
    },
  ],
});

function csr(subresource: string): NonNullable<AuditEvent['object']> {
  const resource = 'certificatesigningrequests';
  return { apiGroup: 'certificates.k8s.io', resource, subresource, namespace: null, name: 'alice' };
}
