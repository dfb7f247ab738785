import { describe, expect, it } from 'vitest';
import { parseIdentityProviders } from '../../shared/evidence/identity-providers.ts';
import { clusterText } from '../support/cluster-text.ts';

function parse(content: unknown) {
  return parseIdentityProviders(clusterText('identity-providers.json', content));
}

describe('parseIdentityProviders', () => {
  it('reads a described provider', () => {
    const { records, skips } = parse({
      identityProviderConfig: {
        oidc: {
          identityProviderConfigName: 'corporate',
          clusterName: 'payments',
          issuerUrl: 'https://login.example.com',
          usernamePrefix: 'corp:',
          groupsPrefix: '',
          status: 'ACTIVE',
        },
      },
    });

    expect(skips).toEqual([]);
    expect(records).toEqual([
      {
        name: 'corporate',
        issuerUrl: 'https://login.example.com',
        usernamePrefix: 'corp:',
        groupsPrefix: null,
        status: 'ACTIVE',
        evidence: { source: 'eks-api', id: 'corporate', at: null, file: 'identity-providers.json', line: 2 },
      },
    ]);
  });

  it('keeps a provider of which only the name was listed, and says so', () => {
    const { records, skips } = parse({ identityProviderConfigs: [{ type: 'oidc', name: 'corporate' }] });

    expect(records).toMatchObject([{ name: 'corporate', issuerUrl: null }]);
    expect(skips).toMatchObject([
      { reason: 'lists names only: aws eks describe-identity-provider-config prints the rest', count: 1 },
    ]);
  });

  it('counts an object that is no provider', () => {
    expect(parse([{ nodegroup: {} }])).toMatchObject({
      records: [],
      skips: [{ reason: 'expected the output of aws eks describe-identity-provider-config', count: 1 }],
    });
  });
});
