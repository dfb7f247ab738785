/** A controller that a cluster is declared to be granted by, and the operators that it may grant to. */

export const GITOPS = 'system:serviceaccount:argocd:argocd-application-controller';
export const OPERATORS = Array.from({ length: 20 }, (_, index) => `operator-${index}`);
/** As keyholder.yml says it. */
export const DECLARED = `
trustedGrantors:
  - principal: ${GITOPS}
    subjects: [${OPERATORS.map((name) => `system:serviceaccount:${name}:${name}`).join(', ')}]
`;
