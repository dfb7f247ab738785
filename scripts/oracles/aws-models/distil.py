"""The AWS command line's own models into the shapes of the operations that Keyholder calls: python3 distil.py > operations.json"""

import gzip
import json
import pathlib
import sys

import botocore

OPERATIONS = {
    "sts": ["GetCallerIdentity", "AssumeRole"],
    "eks": [
        "ListClusters", "DescribeCluster", "ListAccessEntries", "DescribeAccessEntry", "ListAssociatedAccessPolicies",
        "ListNodegroups", "DescribeNodegroup", "ListFargateProfiles", "DescribeFargateProfile",
        "ListIdentityProviderConfigs", "DescribeIdentityProviderConfig", "ListPodIdentityAssociations",
        "DescribePodIdentityAssociation", "ListCapabilities", "DescribeCapability", "ListAccessPolicies",
    ],
    "logs": [
        "DescribeLogGroups", "DescribeLogStreams", "DescribeSubscriptionFilters", "PutSubscriptionFilter", "StartQuery",
        "GetQueryResults", "StopQuery", "FilterLogEvents", "GetLogRecord",
    ],
    "cloudtrail": ["LookupEvents", "DescribeTrails", "GetTrailStatus", "GetEventSelectors"],
    "iam": ["GetAccountAuthorizationDetails", "GetRole", "GetUser"],
    "sso-admin": [
        "ListInstances", "ListPermissionSets", "ListPermissionSetsProvisionedToAccount", "DescribePermissionSet",
        "ListAccountsForProvisionedPermissionSet",
        "ListAccountAssignments", "GetInlinePolicyForPermissionSet", "ListManagedPoliciesInPermissionSet",
    ],
    "identitystore": ["ListUsers", "ListGroups", "ListGroupMemberships", "DescribeUser", "DescribeGroup"],
    "organizations": ["ListAccounts", "DescribeOrganization"],
    "guardduty": ["ListDetectors", "GetDetector"],
    "s3": ["ListObjectsV2", "GetObject", "PutObject", "HeadObject"],
    "sns": ["Publish"],
}
# Members that the SDK knows already, and this version of botocore not yet.
NEWER = {"logs": {"QueryStatistics": {"resultCount": {"shape": "StatsValue"}}}}
SERVICE_KEYS = ["apiVersion", "jsonVersion", "protocol", "signingName", "endpointPrefix", "targetPrefix", "xmlNamespace"]
SHAPE_KEYS = ["type", "required", "enum", "min", "max", "pattern", "flattened", "payload", "timestampFormat", "error", "exception", "locationName"]
MEMBER_KEYS = ["shape", "location", "locationName", "flattened", "timestampFormat", "streaming", "xmlAttribute"]


def pick(source, keys):
    return {key: source[key] for key in keys if key in source}


def member(source):
    return pick(source, MEMBER_KEYS)


def distil_shape(shape):
    out = pick(shape, SHAPE_KEYS)
    if "members" in shape:
        out["members"] = {name: member(value) for name, value in shape["members"].items()}
    for key in ["member", "key", "value"]:
        if key in shape:
            out[key] = member(shape[key])
    return out


def references(shape):
    yield from (value["shape"] for value in shape.get("members", {}).values())
    yield from (shape[key]["shape"] for key in ["member", "key", "value"] if key in shape)


def distil_operation(model):
    out = {"http": pick(model["http"], ["method", "requestUri", "responseCode"])}
    for key in ["input", "output"]:
        if key in model:
            out[key] = pick(model[key], ["shape", "resultWrapper"])
    out["errors"] = [error["shape"] for error in model.get("errors", [])]
    return out


def distil_service(name, operations):
    folder = sorted((pathlib.Path(botocore.__file__).parent / "data" / name).iterdir())[-1]
    model = json.loads(gzip.decompress((folder / "service-2.json.gz").read_bytes()))
    kept, waiting = {}, []
    for operation in operations:
        found = distil_operation(model["operations"][operation])
        kept[operation] = found
        waiting += [found[key]["shape"] for key in ["input", "output"] if key in found] + found["errors"]
    shapes = {}
    while waiting:
        shape = waiting.pop()
        if shape not in shapes:
            shapes[shape] = distil_shape(model["shapes"][shape])
            waiting += references(model["shapes"][shape])
    for shape, members in NEWER.get(name, {}).items():
        shapes[shape]["members"].update(members)
    return {**pick(model["metadata"], SERVICE_KEYS), "operations": kept, "shapes": dict(sorted(shapes.items()))}


def write(models):
    """One shape a line, so that a newer model shows as a readable difference."""
    print("{")
    print(f'"botocore": {json.dumps(botocore.__version__)},')
    print('"services": {')
    for index, (name, service) in enumerate(models.items()):
        print(f"{json.dumps(name)}: {{")
        for key in [key for key in service if key not in ("operations", "shapes")]:
            print(f" {json.dumps(key)}: {json.dumps(service[key])},")
        for key in ["operations", "shapes"]:
            rows = [f"  {json.dumps(row)}: {json.dumps(value, separators=(',', ':'))}" for row, value in service[key].items()]
            print(f" {json.dumps(key)}: {{\n" + ",\n".join(rows) + "\n }" + ("," if key == "operations" else ""))
        print("}" + ("," if index < len(models) - 1 else ""))
    print("}\n}")


if __name__ == "__main__":
    write({name: distil_service(name, operations) for name, operations in OPERATIONS.items()})
    print(f"botocore {botocore.__version__}", file=sys.stderr)
