/** A file of Kubernetes objects into what its service accounts and groups may do: verb and resource, by name where narrowed. */
import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

export interface KubernetesDocument {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly rules?: readonly KubernetesRule[];
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

interface KubernetesRule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
  readonly resourceNames?: readonly string[];
}

/** Throws for a file that is no YAML. */
export function readDocuments(path: string): readonly KubernetesDocument[] {
  const documents = parseAllDocuments(readFileSync(path, 'utf8'));
  return [...documents].map((document): KubernetesDocument => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS();
  });
}

export function listRights(documents: readonly KubernetesDocument[]): readonly string[] {
  return documents.flatMap(({ rules = [], metadata }) =>
    rules.flatMap(({ resources, verbs, resourceNames = ['*'] }) =>
      resources.flatMap((resource) =>
        verbs.map((verb) => `${verb} ${resource} ${resourceNames.join()} in ${metadata.namespace ?? 'all'}`),
      ),
    ),
  );
}
