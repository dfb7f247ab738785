/** A trust policy into the parties that it lets in: services, identity providers, and whoever else. */
import type { IamRole, Statement } from '../model/iam.ts';
import { coversAction } from './iam-matching.ts';

export interface TrustedParty {
  readonly kind: 'service' | 'provider' | 'principal' | 'everyone';
  /** As the policy names it. */
  readonly name: string;
  readonly isConditional: boolean;
}

// In lower case, as coversAction wants them.
const WAYS_IN = ['sts:assumerole', 'sts:assumerolewithsaml', 'sts:assumerolewithwebidentity'];

/** Denies are not weighed: who is trusted on the one hand and denied on the other is still named. */
export function listTrusted({ trust }: Pick<IamRole, 'trust'>): readonly TrustedParty[] {
  return trust.statements
    .filter((statement) => statement.effect === 'Allow' && WAYS_IN.some((action) => coversAction(statement, action)))
    .flatMap(listParties);
}

function listParties({ principals, conditions }: Statement): readonly TrustedParty[] {
  const isConditional = Object.keys(conditions).length > 0;
  // An Allow with NotPrincipal lets in all but a few.
  if (principals === null) return [{ kind: 'everyone', name: '*', isConditional }];
  return Object.entries(principals).flatMap(([kind, names]) =>
    names.map((name): TrustedParty => ({ kind: kindOf(kind, name), name, isConditional })),
  );
}

function kindOf(kind: string, name: string): TrustedParty['kind'] {
  if (kind === 'Service') return 'service';
  if (kind === 'Federated') return 'provider';
  return name === '*' ? 'everyone' : 'principal';
}
