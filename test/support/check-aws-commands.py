"""Lists of words of aws commands (JSON, standard input) against the models of the AWS command line; prints what is wrong."""

import contextlib
import io
import json
import os
import sys
from types import SimpleNamespace

import botocore.session
from botocore import xform_name

SESSION = botocore.session.get_session()


def operation_of(service, action):
    model = SESSION.get_service_model(service)
    for name in model.operation_names:
        if xform_name(name, "-") == action:
            return model.operation_model(name)
    return None


def flags_of(words):
    flags = {}
    last = []
    for word in words:
        if word.startswith("--"):
            last = flags.setdefault(word[2:], [])
        else:
            last.append(word)
    for name, value in json.loads("".join(flags.pop("cli-input-json", ["{}"]))).items():
        flags[xform_name(name, "-")] = value if isinstance(value, list) else [value]
    return flags


GLOBAL = {"region", "profile", "output", "query", "no-cli-pager", "endpoint-url"}


def check_members(flags, shape):
    known = {xform_name(name, "-"): name for name in shape.members}
    for flag, values in flags.items():
        if flag in GLOBAL:
            continue
        if flag not in known:
            yield f"unknown flag --{flag}"
            continue
        yield from check_value(flag, values, shape.members[known[flag]])
    for name in shape.required_members:
        if xform_name(name, "-") not in flags:
            yield f"missing flag --{xform_name(name, '-')}"


def check_value(flag, values, member):
    if not values:
        yield f"--{flag} has no value"
    if member.type_name == "string":
        if len(values) != 1:
            yield f"--{flag} takes one value, got {len(values)}"
        elif getattr(member, "enum", None) and values[0] not in member.enum:
            yield f"--{flag} takes one of {member.enum}, got {values[0]}"
    if member.type_name != "structure":
        return
    for value in values:
        fields = json.loads(value) if value.startswith("{") else dict(part.split("=", 1) for part in value.split(","))
        for key, text in fields.items():
            if key not in member.members:
                yield f"--{flag} knows no {key}"
            elif getattr(member.members[key], "enum", None) and text not in member.members[key].enum:
                yield f"--{flag} {key} takes one of {member.members[key].enum}, got {text}"


def check_wait(words):
    waiter = words[2]
    waiters = SESSION.get_waiter_model(words[1])
    names = {xform_name(name, "-"): name for name in waiters.waiter_names}
    if waiter not in names:
        yield f"unknown waiter {waiter}"
        return
    operation = waiters.get_waiter(names[waiter]).operation
    shape = SESSION.get_service_model(words[1]).operation_model(operation).input_shape
    yield from check_members(flags_of(words[3:]), shape)


KUBECONFIG_FLAGS = {"name", "kubeconfig", "role-arn", "dry-run", "verbose", "alias", "user-alias", "assume-role-arn"}


def check_custom(words):
    flags = flags_of(words[2:])
    yield from (f"unknown flag --{flag}" for flag in flags if flag not in KUBECONFIG_FLAGS | GLOBAL)
    if len(flags.get("name", [])) != 1:
        yield "missing --name"


def check(words):
    """By the models; then, where it is installed, by the command line itself."""
    service, action = words[0], words[1]
    if words == ["sso", "login"]:
        return
    if service == "configure":
        if action not in ("set", "get"):
            yield f"unknown aws configure {action}"
    elif action == "wait":
        yield from check_wait(["aws", *([service] + words[2:])])
    elif (service, action) == ("eks", "update-kubeconfig"):
        yield from check_custom(words)
    else:
        operation = operation_of(service, action)
        if operation is None:
            yield f"unknown command aws {service} {action}"
            return
        if operation.input_shape is not None:
            yield from check_members(flags_of(words[2:]), operation.input_shape)
        yield from check_by_command_line(words)


SEEN = set()


def check_by_command_line(words):
    try:
        from awscli.clidriver import create_clidriver
    except ImportError:
        return
    # Slow: one command of each shape says as much as twenty.
    shape = (words[0], words[1], *flags_of(words[2:]))
    if shape in SEEN:
        return
    SEEN.add(shape)
    told = io.StringIO()
    driver = create_clidriver()
    # After the parameters have been checked, and in the place of the call.
    driver.session.register("before-call", lambda **_: (SimpleNamespace(status_code=200), {}))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(told):
        try:
            code = driver.main(list(words))
        except SystemExit as end:
            code = end.code
    if code != 0:
        yield f"the command line refuses it: {told.getvalue().strip()[-300:]}"


def main():
    os.environ.update(AWS_ACCESS_KEY_ID="AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY="none")
    os.environ.update(AWS_EC2_METADATA_DISABLED="true", AWS_CONFIG_FILE=os.devnull, AWS_SHARED_CREDENTIALS_FILE=os.devnull)
    for words in json.load(sys.stdin):
        for problem in check(words):
            print(f"aws {' '.join(words)}: {problem}")


main()
