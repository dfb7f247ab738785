/** The creator of a cluster into the people who can become it. */
import type { People } from '../model/access.ts';
import type { Facts } from '../model/facts.ts';
import { parsePrincipal } from '../rules/arn.ts';
import { resolvePeople } from './people.ts';

const CHAIN_LIMIT = 3;

export function resolveCreatorPeople({ creator, accounts, usage }: Facts): People {
  if (creator.principalArn === null) return { status: 'not-readable', reason: 'the creator is not known', list: [] };
  return resolvePeople(parsePrincipal(creator.principalArn), { accounts, usage, chainLimit: CHAIN_LIMIT });
}
