// Records what Kubernetes' own RBAC code says, for tests that run without Go:
//
//	go run . questions > ../../../test/fixtures/oracles/rbac-questions.jsonl
//	go run . bootstrap   # the roles and bindings that this version of Kubernetes ships, one a line
//
// A line of questions is one world: its objects as kubectl prints them, questions as
// [user, groups, verb, apiGroup, resource, subresource, name, namespace, path], and one digit of answer for each.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) == 2 {
		switch os.Args[1] {
		case "questions":
			printWorlds()
			return
		case "bootstrap":
			printBootstrap()
			return
		}
	}
	fmt.Fprintln(os.Stderr, "expected `questions` or `bootstrap`")
	os.Exit(2)
}

func printLine(value any) {
	line, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}
