/** What a person calls a resource (plural, singular, short name, with or without group) into the one that Kubernetes serves. */

export interface ApiResource {
  readonly name: string;
  /** '' for the core group. */
  readonly group: string;
  readonly isNamespaced: boolean;
  /** Those that the path may end in: of any other word after a slash it is a name. */
  readonly subresources: readonly string[];
}

/**
 * Group, then `names scope subresources`: the first name is the plural, the others are short ones; scope is `-` for
 * the cluster. With Kubernetes' virtual resources, which exist for RBAC alone (users, groups, signers).
 */
const ROWS: Readonly<Record<string, readonly string[]>> = {
  '': [
    'bindings ns',
    'componentstatuses,cs -',
    'configmaps,cm ns',
    'endpoints,ep ns',
    'events,ev ns',
    'groups -',
    'limitranges,limits ns',
    'namespaces,ns - finalize,status',
    'nodes,no - checkpoint,configz,healthz,log,metrics,pods,proxy,spec,stats,status',
    'persistentvolumeclaims,pvc ns status',
    'persistentvolumes,pv - status',
    'pods,po ns attach,binding,ephemeralcontainers,eviction,exec,log,portforward,proxy,resize,status',
    'podtemplates ns',
    'replicationcontrollers,rc ns scale,status',
    'resourcequotas,quota ns status',
    'secrets ns',
    'serviceaccounts,sa ns token',
    'services,svc ns proxy,status',
    'users -',
  ],
  'admissionregistration.k8s.io': [
    'mutatingadmissionpolicies -',
    'mutatingadmissionpolicybindings -',
    'mutatingwebhookconfigurations -',
    'validatingadmissionpolicies - status',
    'validatingadmissionpolicybindings -',
    'validatingwebhookconfigurations -',
  ],
  'apiextensions.k8s.io': ['customresourcedefinitions,crd,crds - status'],
  'apiregistration.k8s.io': ['apiservices - status'],
  apps: [
    'controllerrevisions ns',
    'daemonsets,ds ns status',
    'deployments,deploy ns rollback,scale,status',
    'replicasets,rs ns scale,status',
    'statefulsets,sts ns scale,status',
  ],
  'authentication.k8s.io': ['selfsubjectreviews -', 'tokenreviews -', 'uids -', 'userextras -'],
  'authorization.k8s.io': [
    'localsubjectaccessreviews ns',
    'selfsubjectaccessreviews -',
    'selfsubjectrulesreviews -',
    'subjectaccessreviews -',
  ],
  autoscaling: ['horizontalpodautoscalers,hpa ns status'],
  batch: ['cronjobs,cj ns status', 'jobs ns status'],
  'certificates.k8s.io': ['certificatesigningrequests,csr - approval,status', 'clustertrustbundles -', 'signers -'],
  'coordination.k8s.io': ['leases ns'],
  'discovery.k8s.io': ['endpointslices ns'],
  'flowcontrol.apiserver.k8s.io': ['flowschemas - status', 'prioritylevelconfigurations - status'],
  'networking.k8s.io': [
    'ingressclasses -',
    'ingresses,ing ns status',
    'ipaddresses,ip -',
    'networkpolicies,netpol ns',
    'servicecidrs - status',
  ],
  'node.k8s.io': ['runtimeclasses -'],
  policy: ['poddisruptionbudgets,pdb ns status', 'podsecuritypolicies,psp -'],
  'rbac.authorization.k8s.io': ['clusterrolebindings -', 'clusterroles -', 'rolebindings ns', 'roles ns'],
  'resource.k8s.io': ['deviceclasses -', 'resourceclaims ns status', 'resourceclaimtemplates ns', 'resourceslices -'],
  'scheduling.k8s.io': ['priorityclasses,pc -'],
  'storage.k8s.io': [
    'csidrivers -',
    'csinodes -',
    'csistoragecapacities ns',
    'storageclasses,sc -',
    'volumeattachments - status',
    'volumeattributesclasses,vac -',
  ],
};

const RESOURCES: readonly (ApiResource & { readonly names: readonly string[] })[] = Object.entries(ROWS).flatMap(
  ([group, rows]) => rows.map((row) => parseRow(group, row)),
);

function parseRow(group: string, row: string): (typeof RESOURCES)[number] {
  const [names = '', scope, subresources = ''] = row.split(' ');
  const [name = '', ...short] = names.split(',');
  return {
    name,
    group,
    isNamespaced: scope === 'ns',
    subresources: subresources === '' ? [] : subresources.split(','),
    names: [name, singularOf(name), ...short],
  };
}

function singularOf(plural: string): string {
  if (plural === 'endpoints') return plural;
  if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
  if (/(?:ss|us)es$/.test(plural)) return plural.slice(0, -2);
  return plural.slice(0, -1);
}

/** Of the core group first, as kubectl does; null for what Kubernetes does not ship. `group` is null where none was given. */
export function findApiResource(name: string, group: string | null): ApiResource | null {
  const wanted = name.toLowerCase();
  return RESOURCES.find((known) => (group === null || known.group === group) && known.names.includes(wanted)) ?? null;
}
