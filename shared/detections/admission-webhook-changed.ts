/** An admission webhook that somebody from outside made, changed or deleted. */
import type { Detection } from '../model/finding.ts';
import { isChange } from '../rules/access-events.ts';
import { isOutsider, nameActor } from '../rules/actors.ts';
import { shellLine } from '../rules/shell.ts';

const WEBHOOKS: ReadonlySet<string> = new Set(['validatingwebhookconfigurations', 'mutatingwebhookconfigurations']);

export const admissionWebhookChanged: Detection = {
  id: 'admission-webhook-changed',
  ref: 'RB-015',
  title: 'Admission webhook was changed by hand',
  severity: 'medium',
  needs: [['audit-log']],
  why: 'A mutating webhook sees and rewrites every object that passes, Secrets and pods included, and a deleted validating one takes a guard away: either works on the whole cluster without a single role.',
  fix: 'Look at where the webhook sends objects and what it is asked about, and put back what was there before.',
  blindSpots:
    'What service accounts change is left out, for operators keep the certificates of their webhooks fresh. Admission policies, which need no webhook, are not looked at.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/'],
  attack: ['T1546', 'T1562'],
  cis: ['4.1.11'],
  *observe(record, facts) {
    if (!isChange(record) || record.object === null || !isOutsider(record, facts)) return;
    const { apiGroup, resource, name } = record.object;
    if (apiGroup !== 'admissionregistration.k8s.io' || !WEBHOOKS.has(resource)) return;
    const actor = nameActor(record.actor);
    yield {
      subject: `webhook:${name ?? '*'}`,
      summary: `${actor} ${VERBS.get(record.verb) ?? 'changed'} ${name === null ? 'several' : 'the'} ${resource.startsWith('mutating') ? 'mutating' : 'validating'} webhook configuration${name === null ? 's' : ` ${name}`}.`,
      commands: [shellLine('kubectl', 'get', resource, ...(name === null ? [] : [name]), '-o', 'yaml')],
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};

const VERBS: ReadonlyMap<string, string> = new Map([
  ['create', 'made'],
  ['delete', 'deleted'],
  ['deletecollection', 'deleted'],
]);
