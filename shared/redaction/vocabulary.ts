/** Words with a meaning to Keyholder, which redaction keeps: written by npm run docs, out of the source itself. */
export const VOCABULARY: ReadonlySet<string> = new Set(
  `
a a0 aa absent absentat acceptance accepted acceptedrisks access accessconfig accessdenied accessentries
accessentry accessentrytype accesskeyid accesspolicy accessscope account accountassignments accountid
accountrecords accounts acm acmpca action actions activatecertificateauthority active actor add addon addplace
addresses addusertogroup admin administrative administrator administratoraccess administrators adminpeople
admins admission admissionregistration advancedeventselectors ae after afterbreak agent aggregate aggregated
aggregates aggregation aggregationrule aggregator aida aidevopsagentaccesspolicy akia alarm alarmname alert
alias all allow allowed allowedby amazon amazonaiopsassistantpolicy amazonarcregionswitchscalingpolicy amazonaws
amazoncloudwatch amazoneksackpolicy amazoneksadminpolicy amazoneksadminviewpolicy amazoneksargocdclusterpolicy
amazoneksargocdpolicy amazoneksautonodepolicy amazoneksblockstorageclusterpolicy amazoneksblockstoragepolicy
amazoneksclusteradminpolicy amazoneksclusterinsightspolicy amazonekscomputeclusterpolicy amazonekscomputepolicy
amazonekseditpolicy amazonekseventpolicy amazonekshybridpolicy amazonekskropolicy
amazoneksloadbalancingclusterpolicy amazoneksloadbalancingpolicy amazoneksnetworkingclusterpolicy
amazoneksnetworkingpolicy amazonekspodidentitypolicy amazonekssecretadminpolicy amazonekssecretreaderpolicy
amazoneksviewpolicy amazonelastickubernetesservice amazonemrjobpolicy amazonsagemakerhyperpodclusterpolicy
amazonsagemakerhyperpodcontrollerpolicy amazonsagemakerhyperpodinferencemonitoringpolicy
amazonsagemakerhyperpodinferencepolicy amazonsagemakerhyperpodspacepolicy
amazonsagemakerhyperpodspacetemplatepolicy amazonsagemakerhyperpodsystemnamespacepolicy
amazonsagemakerhyperpodtrainingpolicy amazonsagemakerhyperpoduserclusterpolicy ambiguous amz an and annotations
anonymous anonymousrefused another answer answered answers any anybody ap api apiextensions apigateway
apigatewayv2 apigroup apigroups apiregistration apis apiserver apiversion applicationautoscaling applied
approval approve approvedadmins approver approximatecreationdatetime apps are arepeopleknown argo argocd args
arn arnequals arnlike arnnotequals arnnotlike aroa arrivals arrived as asia ask assignments associate
associateaccesspolicy associated associatedaccesspolicies associatedaccesspolicy associatedat
associateidentityproviderconfig association associations assumable assume assumed assumedrole assumerole
assumerolepolicydocument assumerolewithsaml assumerolewithwebidentity at athena attach attachdetach
attachedmanagedpolicies attacher attachgrouppolicy attachrolepolicy attachuserpolicy attack attest attributekey
attributes attributevalue au aud audit audited auditid auditing auditlogs auditsight auth authenticate
authenticated authentication authenticationmode authenticator authn authority authorization authz auto
autoscaler autoscaling autoupdate aws awsaccount awsauth awsauthcounts awsbackupfullaccesspolicyforbackup
awsbackupfullaccesspolicyforrestore awscloudtrail awslogs awsregion awsreservedsso awsservice awsservicerolefor
awsserviceroleforamazoneks awswesleyclustermanagerlambda az b bad badtab balancer base64 base64url baseline
basic basis batch batchget bb bearer because bedrock bedrockagent bedrockagentcorecontrol before begun behind
best bfnrt bg binary binaryequals bind binder binding bindings bindingsbysubject bit blindspots block blocked
body bool boolean bootstrap bootstrapclustercreatoradminpermissions bootstrapcreatoradmin bootstrapper
bootstrappers bootstrapping bound boundary bracket break breakglass broad broken buckets buf buffer bundle bus
busrule by bytes bytesread bytesscanned c ca call caller calls can canaries canary candidates canonicalarn
capabilities capability capabilityname case cause cc cc6 cd center cert certain certainty certificate
certificates certificatesigningrequest certificatesigningrequests chainlimit change changed changedat changedby
changes char chat checked chomping chosen chunksize cidrs cis claim cleaner cli client close closers cloud
cloudformation cloudfront cloudtrail cloudtrailevent cloudwatch cloudwatchlogs cluster clusterarn clustercidrs
clusterlogging clustername clusterpolicyendpoints clusterrole clusterrolebinding clusterrolebindings
clusterroles clusterroleselectors clusters clustertrustbundle clustertrustbundles cn cninodes code codeartifact
cognitoidentityprovider col collectedat collector collision colon column com command commands comparison
complaints complete component compositepodgroups concepts condition conditional conditions confidence config
configmap configmaps configs configuration configz connect connection context contexts control controlled
controller controllerrevisions controllers coordination core coredns correlate correlator count countpassedover
countunneeded coverage cr crd creat create createaccessentry createaccesskey createcapability
createcertificateauthority createcluster created createdat createdate createfargateprofile createloginprofile
createnodegroup createpodidentityassociation createpolicy createpolicyversion createrole createservicelinkedrole
createuser creating creationtime creationtimestamp creator creatorarn creators credential credentials critical
cronjob cronjobs crossplane crypto cs csi csidrivers csinodes csistoragecapacities csr csv current cursor custom
customer customresourcedefinitions cutkey d d800 daemon daemonsets data datasources date day days dbff ddthh
deactivatemfadevice dead deadletteralarms debu debug decision deduplicationid deeds deedsleft default
defaultversionid degraded delegator delete deleteaccessentry deletecapability deletecluster deletecollection
deleted deleteeventdatastore deletefargateprofile deleteloggroup deletelogstream deletenodegroup deleteoptions
deletepodidentityassociation deleteretentionpolicy deleterole deleterolepermissionsboundary deleterolepolicy
deleteservicelinkedrole deletesubscriptionfilter deletetrail deleteuser deleteuserpermissionsboundary
deleteuserpolicy deleting denial denied deniedby deny deployment deployments describe describeeffectivepolicy
describeorganization detach detachrolepolicy detachuserpolicy detail detailtype detect detection detections
detector detectorid detectors device deviceclasses devicetaintrules diff differs digest direct directory
disabled disassociate disassociateaccesspolicy disassociated disassociateidentityproviderconfig
disassociatekmskey discovery displayname disruption dissociated distance dns do docs document documentbytes
documentdb documents doesnotexist dollars door doorevidence dormant double doubt draft drafts dropped dryrun
duplicate dynamodb e eacces earlier earlierat east ebs ec2 ec2privatednsname ecr ecrpublic ecs edit edits ee
eexist effect effectiverules efs eisdir either eks ekscalls eksctl elasticache elb elbv2 election elements eloop
emails emergencycalls emfile emrcontainers enable enabled enametoolong end ended endedby endpoint
endpointprivateaccess endpointpublicaccess endpoints endpointslice endpointslicemirroring endpointslices
eniconfigs enoent enospc enotdir entities entries entry env eperm ephemeral ephemeralcontainers equals
equivalent erofs err erro error errorcode errormessage errors es escalate escalation eu eusc ev evaluated event
eventbridge eventcategory eventid eventname events eventselectors eventsource eventtime eventversion everybody
everyone everything everywhere eviction evictionrequests evictions evidence exampleptr exec exists expand
expanded expandedbytes expandedratio expected expiration expirationseconds expired expires expiresat explicit
extensible extension extensions external externalid extra extraction eyj f fa facts fail failed failing failsafe
failures false fargate fargateprofile fargateprofilename fargateprofilenames fargateprofiles fata fatal faults
fe80 feature features federated federatedprovider federateduser feff fffd field fields fieldselectors file fileb
files finalize finalizers find findbyuniqueid findgap findgrants finding findings findlack findorganization
findpartlack findpolicy findprincipal findrole findunneeded fine fingerprint finish finished first firstat
firstauditat firstseen firstseenat fix flag flagz float flow flowcontrol flux folded folder forallvalues
foranyvalue forbid forbidden force foreign forget formatted found fp fragment from fs function gained gainers
gap gaps garbage gatekeeper generatedat generic get getaccountinformation getcalleridentity getprimaryemail
getter github given glass gmt gone gonepeople good got gov gradeheld gradepolicy grant granted grantedby grants
grantsreadat greaterthan greaterthanequals grep grew group groupdetaillist groupid grouplist groupmemberships
groupname grouppolicylist groups groupsambiguous groupsnapshot groupsprefix guardduty guide gz handle hasall
hasbreak hasburst hasfound hasvariables head header headerend health healthchecker healthz heapster heard held
heptio hex hidden high history holder holders holding holds home homeregion hop hops horizontal
horizontalpodautoscalers hour hours how html http https hybrid hyperpod i iam iamcalls iamfullaccess
iamidentitymapping iamuser id identifiers identities identity identitycenteruser identityproviderconfig
identityproviderconfigname identityproviderconfigs identityproviders ids ies ifexists ignore ignored ignoredfrom
im impersonate impersonated impersonateduser impersonation in includemanagementevents increment ind indent index
ineffective inert inertbecause inf inflow info ingressclasses ingresses input insert inspected inspection
instance instanceprofilelist instanceprofilename instanceprofiles int integration internal invalid invokedby
invokedbydelegate io ipaddress ipaddresses ipv4 ipv6 irsa is isambiguous isblankbehinddash ischange iscompared
iscomplete isconditional iscurrent iscut isdamaged isdefault isdefaultversion isdone isempty isenabled
isexplicit isfinite isfirst isfixed isfromknown isheldback isinert isinforce islogging islost ismultiregion
ismultiregiontrail isnamespaced isnegated isnode iso isob isoe isof isopen isover ispart ispast isplain isprefix
isproduction isreadable isrefused isrequired isrooted isscopeknown issent isshaped isstandin isstanding issuer
issuerurl istio istoldalone istoolarge istoolong istruncated isunasked isunsigned isuntilknown isvalid isvalued
iswider it item items itself iwef job jobs join json jwks k k8s kafka karpenter kept key keyholder keyholders
keyholdertest keys keyspaces keyspan kind kinesis kms known kube kubeconfig kubectl kubelet kubelets kubernetes
kubernetesgroups kyverno l label labels lack lacks lambda large last lastanswered lastat lastauditat
lastgoodawsauth lastheardat lastkey lastreadat lastseenat lastusedat lastuseddate latest latin1 leader
leaderelection lease leasecandidates leases left legacy length less lessthan lessthanequals letters level levels
life lifecycle likely limit limited limitranges limits line linecounter lineof linestart link linked linkerd
linux list listboundto listcalls listdepth listing listregions listroles lived lives livez load loaded
localsubjectaccessreviews locked locking log logcalls logclass logevents logging loggroup loggrouparn
loggroupclass loggroupidentifier loggroupname loggroups login logins loginsight loglevel logs logsreadto
logstream logstreamname logtypes long lookup losesaccess lost lostsections low lowered m machines made malformed
managedfields management manager manifest many map mapaccounts mapped mapper mapping mappings maproles maps
mapusers marks masters matches matchexpressions matchlabels maxaliascount maxbytes maxlinebytes maxoutputlength
maybe medium member memberid members membersunread memorydb mend mended merge message messagetype metadata
metrics migrate migrating migration migrator mint missing mistakes mm mode modifiedat monitor monitoring more
most mq msg mutating mutatingwebhookconfigurations n name named nameof names namespace namespaces namespan nan
narrowed narrowedrules ndjson need needs nesting net network networkfirewall networking networkpolicies never
new newimage newline newpeople newusername next nexttoken no nobody node nodeclient nodegroup nodegroupname
nodegroups noderole nodes nodewatcher nofollow none nonresourceurls north not notaction notactions notauthorized
notbefore note notequals notes notfound nothing notin notipaddress notprincipal notprincipals notresource
notresources now nrt ns null number numeric o object objectref observe observed observedeclared of ofaccount
ofbinding ofcreator ofentry off offset offsets ofgroup ofpolicy ofprincipal ofregion ofrow ofusername oidc
oldimage on onbehalfof one onlycontrol oo op open openapi openid opensearchservice operations operator optional
or org organization organizations origin orphaned os other others out outdated output over overridden overtaken
own owner p page pages pairs pani panic parameter parent parsing part partial partition partly parts pass passed
passwd password patch path pattern patterns people permissions permissionsboundary permissionsboundaryarn
permissionset permissionsetarn permissionsetname permissionsets persistent persistentvolumeclaims
persistentvolumes person pieces pipes pk place placed places plain plane platformversion pod
podcertificaterequestcleaner podcertificaterequests poddisruptionbudgets podexecutionrolearn podgroup podgroups
pods podschedulingcontexts podschedulings podsecuritypolicies podsecuritypolicy policies policiesofgroup policy
policyarn policydocument policyendpoints policyname policyversion policyversionlist poller portforward position
possible poweruseraccess practices prefix preflight present prettyerrors prevention principal principalaccount
principalarn principalid principalisawsservice principalorgid principals principalservicename
principalservicenameslist principaltag principaltype printf privateaccess privilege privileged probe problem
problems production profile profiles prometheusservice promises pronoun properly protection proven provenance
provider providers provisioner proxier proxy ptr public publicaccess publicaccesscidrs publiccidrs publisher
purpose push put putdataprotectionpolicy puteventselectors putgrouppolicy putretentionpolicy
putrolepermissionsboundary putrolepolicy putsubscriptionfilter putuserpermissionsboundary putuserpolicy pv pvc
quantifier queries query quiet r raised ram rb rbac rds reach reached read readable readaccount readcluster
reader readme readonly readregion readsauditlogs readtop readwritetype ready readyz reason received
recipientaccountid reconciliation record records recordswrites recover recreate recreated recreatedafter recurs
recursive recyclebin ref reference references referencingpermissionsets referring refresh refusal refused region
regionalized regions registercluster remembered removal remove renamed rendered rendering rendertemplates
reopened repeated replaced replicaset replicasets replication replicationcontrollers report request
requestedregion requestobject requestparameters requestreceived requestreceivedtimestamp requestresponse
requests requesturi required reserved reset resetting resizer resolvebinding resolved resolvedrole
resolveknowntags resolvepeople resolverole resource resourceaccount resourcearn resourceclaimparameters
resourceclaims resourceclaimtemplates resourceclasses resourceclassparameters resourceidentifier resourcename
resourcenames resourceorgid resourcepoolstatusrequest resourcepoolstatusrequests resourcequota resourcequotas
resources resourceslices resourcesvpcconfig resourcetag resourceversion response responseelements responseobject
responsestatus rest restore restricted results retentiondays retentionindays revoke rewrite rights ro role
rolearn rolebinding rolebindings roledetaillist roleid rolelastused rolename rolepolicylist roleref roles
rolesessionname rollback root route route53 route53resolver row rows rule rules rulesof run runner
runtimeclasses s s3 s3control sa sagemaker same saml samluser sample saysonlyisadmin scalar scalars scale scan
scheduler scheduling schema scope sdkref seconds secret secrets secretsmanager section sections securetransport
security securitygrouppolicies see seekey seen seenfrom seetext self selfnodeclient selfnodeserver
selfsubjectaccessreviews selfsubjectreviews selfsubjectrulesreviews selinux sensitive sentat seq sequencenumber
server service serviceaccount serviceaccounts servicecidrs serviceonly services serving ses session
sessioncontext sessionissuer sessionname sessionnameraw sessions sessionsleft set setasdefault
setdefaultpolicyversion setting settled several severity sfn sha256 shadowadmins shelf shown shownby
shownelsewhere shut sid sights sighup sigint sign signature signer signername signers signing sigs sigterm
silent since single singlesignon size sk skip skipped skips slis snapshot snapshotter sns somebody source
sourceaccount sourcearn sourceidentity sourceip sourceipaddress sourceips sourceorgid sourceorgpaths space span
spec sqs ss ssm sso stage stagetimestamp stale standard stands standsin start startedat startswith state
statefulset statefulsets statement statements stats status statusz std steps stopeventdatastoreingestion
stoplogging stopped storage storageclasses storagemigration storageversionmigrations storageversions stored
storms str strangers stream streams string stringequals stringequalsignorecase stringlike stringnotequals
stringnotequalsignorecase stringnotlike stripped sts stsendpoint sub subject subjectaccessreviews subjects
subresource subresources subscription succeeded suffix summary support suspects suspicious swagger switch
syscall system t t00 t1036 t1070 t1078 t1098 t1110 t1134 t1136 t1190 t1484 t1485 t1528 t1531 t1546 t1550 t1552
t1556 t1562 t1595 t1609 t1611 t1613 tag tagging tags taint take takebinding takerole takesvalues tally target
targetrolearn targets tasks tell temp template temporarygrants test tests text the there thing throttled
throttling through throwfailure time timestamp title to token tokenreviews tokens told toldsince too topattern
touches trac trace tracking trail trailarn trailcalls traillist trailname trails tree true trunc truncated trust
trustbefore trustedgrantors tt ttl type types u u0026 u003c u003e ug uid uids unable unattributable
unauthenticated unauthorized unavailable uncharted undecided uniqueid uniquekeys unknown unlisted unmatched
unnamed unreachable unread unreadable unreadpolicies unseen unshown unsigned until unused up update
updateaccessentry updateassumerolepolicy updatecapability updateclusterconfig updateclusterversion
updateloginprofile updatepodidentityassociation updatetrail updateuser us usage usages use used user useragent
userarn userdetaillist userextras userguide userid useridentity username usernameprefix usernames userpolicylist
users using utc utf8 util v v1 validating validatingadmissionpolicies validatingadmissionpolicy
validatingwebhookconfigurations value values vault velero verb verbs verdicts version versionid versions via
viareadat view viewer volume volumeattachments volumeattributesclass volumeattributesclasses
volumegroupsnapshotclasses volumegroupsnapshotcontents volumegroupsnapshots volumesnapshotclasses
volumesnapshotcontents volumesnapshots vpc vpcresources w wafv2 wait waits wanted warn warning was watch watcher
way ways webhook webhooks webidentityuser well were west what whole wholefrom why wide widely widened width
wildcard window windowms windows with withfiletypes without wording words working workload workloadroles
workloads works worsened wouldshow write writer writes written writtenat wrong wronly wx x x21 x7e xx y yaml yes
yml you yyyy z z0 za zl zlib zp zz
`.match(/\S+/g),
);
