import { describe, expect, test } from 'vitest';
import { matchOidcSubject } from '../../shared/rules/oidc-subjects.ts';
import { ref } from '../support/coverage.ts';
import { subject } from '../support/facts.ts';

const provider = {
  name: 'corporate',
  issuerUrl: 'https://login.example.com',
  usernamePrefix: null,
  groupsPrefix: null,
  status: null,
  evidence: ref('eks-api'),
};

describe('matchOidcSubject', () => {
  test('takes the issuer for the prefix of users where none is set', () => {
    expect(matchOidcSubject(subject('User', 'https://login.example.com#alice'), provider)).toBe('certain');
    expect(matchOidcSubject(subject('User', 'alice'), provider)).toBe('no');
    expect(matchOidcSubject(subject('User', 'alice'), { ...provider, issuerUrl: null })).toBe('possible');
  });

  test('takes any group for possible where no prefix is set', () => {
    expect(matchOidcSubject(subject('Group', 'admins'), provider)).toBe('possible');
    expect(matchOidcSubject(subject('Group', 'admins'), { ...provider, groupsPrefix: 'oidc:' })).toBe('no');
  });

  test('never takes names of Kubernetes or service accounts for a user', () => {
    expect(matchOidcSubject(subject('Group', 'system:masters'), provider)).toBe('no');
    expect(matchOidcSubject(subject('ServiceAccount', 'x', 'dev'), { ...provider, usernamePrefix: '-' })).toBe('no');
  });
});
