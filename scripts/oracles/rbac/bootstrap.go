package main

import (
	"sort"

	rbacv1 "k8s.io/api/rbac/v1"
	utilfeature "k8s.io/apiserver/pkg/util/feature"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac/bootstrappolicy"
)

type shipped struct {
	Kind      string              `json:"kind"`
	Name      string              `json:"name"`
	Namespace string              `json:"namespace,omitempty"`
	Rules     []rbacv1.PolicyRule `json:"rules,omitempty"`
	// Labels of which a ClusterRole takes in the rules.
	Aggregates []map[string]string `json:"aggregates,omitempty"`
	RoleKind   string              `json:"roleKind,omitempty"`
	Role       string              `json:"role,omitempty"`
	Subjects   []rbacv1.Subject    `json:"subjects,omitempty"`
}

func printBootstrap() {
	if err := utilfeature.DefaultMutableFeatureGate.Set("AllAlpha=true,AllBeta=true"); err != nil {
		panic(err)
	}
	for _, role := range append(bootstrappolicy.ClusterRoles(), bootstrappolicy.ControllerRoles()...) {
		printLine(fromClusterRole(role))
	}
	for _, binding := range append(bootstrappolicy.ClusterRoleBindings(), bootstrappolicy.ControllerRoleBindings()...) {
		printLine(shipped{Kind: "ClusterRoleBinding", Name: binding.Name,
			RoleKind: binding.RoleRef.Kind, Role: binding.RoleRef.Name, Subjects: binding.Subjects})
	}
	inNamespaces := bootstrappolicy.NamespaceRoles()
	for _, namespace := range sortedKeys(inNamespaces) {
		for _, role := range inNamespaces[namespace] {
			printLine(shipped{Kind: "Role", Name: role.Name, Namespace: namespace, Rules: role.Rules})
		}
	}
	bindings := bootstrappolicy.NamespaceRoleBindings()
	for _, namespace := range sortedKeys(bindings) {
		for _, binding := range bindings[namespace] {
			printLine(shipped{Kind: "RoleBinding", Name: binding.Name, Namespace: namespace,
				RoleKind: binding.RoleRef.Kind, Role: binding.RoleRef.Name, Subjects: binding.Subjects})
		}
	}
}

func fromClusterRole(role rbacv1.ClusterRole) shipped {
	made := shipped{Kind: "ClusterRole", Name: role.Name, Rules: role.Rules}
	if role.AggregationRule != nil {
		for _, selector := range role.AggregationRule.ClusterRoleSelectors {
			made.Aggregates = append(made.Aggregates, selector.MatchLabels)
		}
	}
	return made
}

func sortedKeys[T any](byKey map[string]T) []string {
	keys := make([]string, 0, len(byKey))
	for key := range byKey {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
