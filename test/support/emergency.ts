/** keyholder.yml that keeps one principal for emergencies, on the clusters named or on all. */
import type { Config } from '../../shared/model/config.ts';
import { ADMIN_ROLE, facts } from './facts.ts';

export function keepingForEmergencies(clusters: readonly string[] = []): { readonly config: Config } {
  return { config: { ...facts().config, breakGlass: [{ principal: ADMIN_ROLE, clusters }] } };
}
