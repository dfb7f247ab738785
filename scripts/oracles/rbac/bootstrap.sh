#!/bin/sh
# Prints what each given minor version of Kubernetes ships: sh bootstrap.sh 30 36
set -eu
cd "$(dirname "$0")"
for minor in "$@"; do
  own=$(mktemp -d)
  {
    sed -n -e '/^module /p' -e '/^go /p' go.mod
    echo "require k8s.io/kubernetes v1.$minor.0"
    sed -n '/^replace (/,/^)/p' go.mod | sed "s/v0\.36\.0/v0.$minor.0/"
  } >"$own/go.mod"
  go mod tidy -modfile="$own/go.mod" >&2
  go run -modfile="$own/go.mod" . bootstrap
  rm -r "$own"
done
