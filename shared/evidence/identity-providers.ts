/** identity-providers.json into the OIDC identity providers of a cluster. */
import type { Parsed } from '../model/coverage.ts';
import type { IdentityProvider } from '../model/eks.ts';
import { type ClusterText, eksRef, listDescribed, namesOnly, type OutputShape } from './cluster-text.ts';
import { fieldIn, isRecord, textIn } from './json-fields.ts';

const SHAPE: OutputShape = {
  one: 'identityProviderConfig',
  many: ['identityProviderConfigs'],
  command: 'aws eks describe-identity-provider-config',
};

export function parseIdentityProviders(source: ClusterText): Parsed<IdentityProvider> {
  const { items, skips } = listDescribed(source, SHAPE);
  const records: IdentityProvider[] = [];
  for (const item of items) {
    const { value, line } = item;
    const oidc = fieldIn(value, 'oidc');
    const config = isRecord(oidc) ? oidc : value;
    const name = textIn(config, 'identityProviderConfigName') ?? textIn(config, 'name');
    const issuerUrl = textIn(config, 'issuerUrl');
    if (name === null) {
      skips.add(`expected the output of ${SHAPE.command}`, value, item);
      continue;
    }
    // That there is a provider is worth knowing even where only its name was listed.
    if (issuerUrl === null) skips.add(namesOnly(SHAPE), name, item);
    records.push({
      name,
      issuerUrl,
      usernamePrefix: textIn(config, 'usernamePrefix'),
      groupsPrefix: textIn(config, 'groupsPrefix'),
      status: textIn(config, 'status'),
      evidence: eksRef(source, line, { id: name, at: null }),
    });
  }
  return { records, skips: skips.list() };
}
