/** A token of a privileged service account, or one that lives long, made by somebody from outside. */
import type { Facts } from '../model/facts.ts';
import type { Detection } from '../model/finding.ts';
import { isChange } from '../rules/access-events.ts';
import { isControlPlane, isKubelet, nameActor } from '../rules/actors.ts';
import { isAdminLevel } from '../rules/keyholders.ts';
import { fieldIn, numberIn } from '../rules/loose-values.ts';
import { shellLine } from '../rules/shell.ts';

const DAY_SECONDS = 24 * 60 * 60;

export const privilegedTokenMinted: Detection = {
  id: 'privileged-token-minted',
  ref: 'RB-010',
  title: 'Token of a privileged service account was made',
  severity: 'high',
  needs: [['audit-log']],
  why: 'The token works from anywhere, passes by IAM, and nothing can take it back before it expires but the deletion of its service account: it is how access outlives the principal that made it.',
  fix: 'Delete and make again the service account, which ends every token of it, then find the right to create tokens and take it away.',
  blindSpots:
    'Tokens that kubelets ask for on behalf of pods are left out, so a stolen node credential does not show here. Which service accounts are admin is known only where RBAC was read; those of kube-system always count.',
  references: [
    'https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/',
    'https://kubernetes.io/docs/concepts/security/service-accounts/',
  ],
  attack: ['T1528', 'T1098'],
  cis: ['4.1.12'],
  *observe(record, facts) {
    if (!isChange(record) || record.verb !== 'create' || isControlPlane(record, facts) || isKubelet(record)) return;
    const { object } = record;
    if (object?.resource !== 'serviceaccounts' || object.subresource !== 'token') return;
    const namespace = object.namespace ?? '';
    const name = object.name ?? '';
    const username = `system:serviceaccount:${namespace}:${name}`;
    const reason = explain({ namespace, name, facts, seconds: readSeconds(record.requestObject) });
    if (reason === null || record.user.username === username) return;
    const actor = nameActor(record.actor);
    yield {
      subject: `user:${username}`,
      summary: `${actor} made a token of service account ${namespace}/${name}, ${reason}.`,
      commands: [shellLine('kubectl', '-n', namespace, 'get', 'serviceaccount', name, '-o', 'yaml')],
      actor,
      isPast: true,
      evidence: [record.evidence],
    };
  },
};

function readSeconds(request: unknown): number | null {
  return numberIn(fieldIn(request, 'spec'), 'expirationSeconds');
}

interface Minted {
  readonly namespace: string;
  readonly name: string;
  readonly facts: Facts | null;
  readonly seconds: number | null;
}

/** Why the token matters; null when it does not. */
function explain({ namespace, name, facts, seconds }: Minted): string | null {
  const isAdmin = facts?.access.some(
    ({ holder, level }) =>
      holder.kind === 'service-account' && holder.name === `${namespace}/${name}` && isAdminLevel(level),
  );
  if (isAdmin === true) return 'which is an admin';
  if (namespace === 'kube-system') return 'one of those that run the cluster';
  return seconds !== null && seconds > DAY_SECONDS ? `good for ${Math.round(seconds / DAY_SECONDS)} days` : null;
}
