/**
 * AWS's access policies as one table of rules.
 * Source: Amazon EKS User Guide, "Review access policy permissions", as of September 2026, collected on 2026-11-21.
 */

export interface PolicyRow {
  readonly rules: readonly string[] | null;
  /** Rows that AWS limits to objects whose names it does not print. */
  readonly narrowed?: readonly string[];
  /** True: every row of AWS's table, none of them narrowed. */
  readonly complete: boolean;
  /** True: for service-linked roles only; null: AWS describes the policy nowhere. */
  readonly serviceOnly: boolean | null;
}

export const COLLECTED_AT = '2026-11-21';

const READ = 'get,list,watch';
const WRITE = 'create,delete,deletecollection,patch,update';

const VIEW = [
  `${READ} | apps | controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status`,
  `${READ} | autoscaling | horizontalpodautoscalers,horizontalpodautoscalers/status`,
  `${READ} | batch | cronjobs,cronjobs/status,jobs,jobs/status`,
  `${READ} | discovery.k8s.io | endpointslices`,
  `${READ} | extensions | daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale`,
  `${READ} | networking.k8s.io | ingresses,ingresses/status,networkpolicies`,
  `${READ} | policy | poddisruptionbudgets,poddisruptionbudgets/status`,
  `${READ} | core | configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status`,
  `${READ} | core | bindings,events,limitranges,namespaces/status,pods/log,pods/status,replicationcontrollers/status,resourcequotas,resourcequotas/status`,
  `${READ} | core | namespaces`,
];

const EDIT = [
  ...VIEW,
  `${WRITE} | apps | daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,replicasets/scale,statefulsets,statefulsets/scale`,
  `${WRITE} | autoscaling | horizontalpodautoscalers`,
  `${WRITE} | batch | cronjobs,jobs`,
  `${WRITE} | extensions | daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,networkpolicies,replicasets,replicasets/scale,replicationcontrollers/scale`,
  `${WRITE} | networking.k8s.io | ingresses,networkpolicies`,
  `${WRITE} | policy | poddisruptionbudgets`,
  `${READ} | core | pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy`,
  'impersonate | core | serviceaccounts',
  `${WRITE} | core | pods,pods/attach,pods/exec,pods/portforward,pods/proxy`,
  `${WRITE} | core | configmaps,events,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale,secrets,serviceaccounts,services,services/proxy`,
];

const ADMIN = [
  ...EDIT,
  'create | authorization.k8s.io | localsubjectaccessreviews',
  'create,delete,deletecollection,get,list,patch,update,watch | rbac.authorization.k8s.io | rolebindings,roles',
];

/** The AWS services that ACK has a controller for, each with an API group of its own. */
const ACK_SERVICES =
  'acm,acmpca,apigateway,apigatewayv2,applicationautoscaling,athena,bedrock,bedrockagent,bedrockagentcorecontrol,cloudfront,cloudtrail,cloudwatch,cloudwatchlogs,codeartifact,cognitoidentityprovider,documentdb,dynamodb,ec2,ecr,ecrpublic,ecs,efs,eks,elasticache,elbv2,emrcontainers,eventbridge,iam,kafka,keyspaces,kinesis,kms,lambda,memorydb,mq,networkfirewall,opensearchservice,organizations,pipes,prometheusservice,ram,rds,recyclebin,route53,route53resolver,s3,s3control,sagemaker,secretsmanager,ses,sfn,sns,sqs,ssm,wafv2';
const ACK_GROUPS = ['services.k8s.aws', ...ACK_SERVICES.split(',').map((service) => `${service}.services.k8s.aws`)];

const LEASES = 'create,get,list,watch | coordination.k8s.io | leases';
const OWN_LEASE = 'delete,update,patch | coordination.k8s.io | leases';
const EVENTS = 'create,patch | core | events';
const ALL_CRDS = '* | apiextensions.k8s.io | customresourcedefinitions';

const published = (...rules: readonly string[]): PolicyRow => ({ rules, complete: true, serviceOnly: false });
const describedInWords = (serviceOnly: boolean): PolicyRow => ({ rules: null, complete: false, serviceOnly });
const NAMED_ONLY: PolicyRow = { rules: null, complete: false, serviceOnly: null };

export const ACCESS_POLICY_ROWS: ReadonlyMap<string, PolicyRow> = new Map<string, PolicyRow>([
  ['AmazonEKSClusterAdminPolicy', published('* | * | *', '* | *')],
  ['AmazonEKSAdminPolicy', published(...ADMIN)],
  ['AmazonEKSEditPolicy', published(...EDIT)],
  ['AmazonEKSViewPolicy', published(...VIEW)],
  ['AmazonEKSAdminViewPolicy', published(`${READ} | * | *`)],
  ['AmazonEKSSecretAdminPolicy', published('* | core | secrets')],
  ['AmazonEKSSecretReaderPolicy', published(`${READ} | core | secrets`)],
  ['AWSBackupFullAccessPolicyForBackup', published('list,get | * | *')],
  [
    'AWSBackupFullAccessPolicyForRestore',
    published(
      'list,get,create | * | *',
      'create,update,escalate,bind | rbac.authorization.k8s.io | roles,clusterroles',
    ),
  ],
  [
    'AmazonEKSACKPolicy',
    {
      rules: [`${READ} | core | namespaces`, `* | ${ACK_GROUPS.join(',')} | *`, LEASES, EVENTS, ALL_CRDS],
      narrowed: [OWN_LEASE],
      complete: false,
      serviceOnly: false,
    },
  ],
  [
    'AmazonEKSKROPolicy',
    {
      rules: ['* | kro.run | *', ALL_CRDS, LEASES, EVENTS],
      narrowed: [OWN_LEASE],
      complete: false,
      serviceOnly: false,
    },
  ],
  [
    'AmazonEKSArgoCDClusterPolicy',
    {
      rules: [
        'create,get,update,patch,delete | core | namespaces',
        'create | apiextensions.k8s.io | customresourcedefinitions',
        'get | /api,/api/*,/apis,/apis/*',
      ],
      narrowed: ['get,update,patch,delete | apiextensions.k8s.io | customresourcedefinitions'],
      complete: false,
      serviceOnly: false,
    },
  ],
  [
    'AmazonEKSArgoCDPolicy',
    published(
      '* | core | secrets',
      `${READ} | core | configmaps`,
      `${READ},patch,create | core | events`,
      '* | argoproj.io | applications,applications/finalizers,applications/status,applicationsets,applicationsets/finalizers,applicationsets/status,appprojects,appprojects/finalizers,appprojects/status',
    ),
  ],
  ['AmazonEKSHybridPolicy', { rules: ['list | * | nodes'], complete: true, serviceOnly: true }],
  ['AmazonEKSPodIdentityPolicy', { rules: ['list | core | pods'], complete: true, serviceOnly: true }],
  ['AmazonEKSAutoNodePolicy', describedInWords(false)],
  ['AmazonEKSLoadBalancingPolicy', describedInWords(false)],
  ['AmazonEKSLoadBalancingClusterPolicy', describedInWords(false)],
  ['AmazonEKSNetworkingPolicy', describedInWords(false)],
  ['AmazonEKSNetworkingClusterPolicy', describedInWords(false)],
  ['AmazonEKSBlockStoragePolicy', describedInWords(true)],
  ['AmazonEKSBlockStorageClusterPolicy', describedInWords(true)],
  ['AmazonEKSComputePolicy', describedInWords(true)],
  ['AmazonEKSComputeClusterPolicy', describedInWords(true)],
  ['AmazonEKSClusterInsightsPolicy', describedInWords(true)],
  [
    // From the CloudWatch User Guide, "Integration with Amazon EKS"; its age is not known.
    'AmazonAIOpsAssistantPolicy',
    {
      rules: [
        'get,list | core | pods,pods/log,services,nodes,namespaces,events,persistentvolumes,persistentvolumeclaims,configmaps',
        'get,list | apps | deployments,replicasets,statefulsets,daemonsets',
        'get,list | batch | jobs,cronjobs',
        'get,list | events.k8s.io | events',
        'get,list | networking.k8s.io | ingresses,ingressclasses',
        'get,list | storage.k8s.io | storageclasses',
        'get,list | metrics.k8s.io | pods,nodes',
      ],
      complete: false,
      serviceOnly: null,
    },
  ],
  [
    // From the Application Recovery Controller Developer Guide, "Amazon EKS resource scaling execution block"; its age is not known.
    'AmazonARCRegionSwitchScalingPolicy',
    {
      rules: ['get,update | * | */scale', 'get | * | */status', 'get,patch | autoscaling | horizontalpodautoscalers'],
      complete: false,
      serviceOnly: null,
    },
  ],
  ['AmazonEKSEventPolicy', NAMED_ONLY],
  ['AIDevOpsAgentAccessPolicy', NAMED_ONLY],
  ['AmazonEMRJobPolicy', NAMED_ONLY],
  ['AmazonSagemakerHyperpodClusterPolicy', NAMED_ONLY],
  ['AmazonSagemakerHyperpodControllerPolicy', NAMED_ONLY],
  ['AmazonSagemakerHyperpodSystemNamespacePolicy', NAMED_ONLY],
  ['AmazonSagemakerHyperpodSpacePolicy', NAMED_ONLY],
  ['AmazonSagemakerHyperpodSpaceTemplatePolicy', NAMED_ONLY],
  ['AmazonSagemakerHyperpodUserClusterPolicy', NAMED_ONLY],
  ['AmazonSagemakerHyperpodTrainingPolicy', NAMED_ONLY],
  ['AmazonSagemakerHyperpodInferencePolicy', NAMED_ONLY],
  ['AmazonSagemakerHyperpodInferenceMonitoringPolicy', NAMED_ONLY],
]);
