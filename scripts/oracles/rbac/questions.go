package main

import (
	"context"
	"fmt"
	"math/rand"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apimachinery/pkg/api/equality"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/kubernetes/pkg/registry/rbac/validation"
	"k8s.io/kubernetes/plugin/pkg/auth/authorizer/rbac"
)

const (
	worlds            = 80
	questionsForWorld = 100
)

var roleNames = []string{"one", "two", "three", "four", "five", "missing"}

type world struct {
	Objects   []any   `json:"objects"`
	Questions [][]any `json:"questions"`
	Answers   string  `json:"answers"`
}

func printWorlds() {
	for seed := range worlds {
		printLine(buildWorld(dice{rand.New(rand.NewSource(int64(seed)))}))
	}
}

func buildWorld(d dice) world {
	clusterRoles, roles := []*rbacv1.ClusterRole{}, []*rbacv1.Role{}
	for _, name := range roleNames[:5] {
		clusterRoles = append(clusterRoles, d.clusterRole(name))
		for _, namespace := range namespaces {
			if d.Intn(3) == 0 {
				meta := metav1.ObjectMeta{Name: name, Namespace: namespace}
				roles = append(roles, &rbacv1.Role{TypeMeta: typeOf("Role"), ObjectMeta: meta, Rules: d.rules()})
			}
		}
	}
	clusterBindings, bindings := []*rbacv1.ClusterRoleBinding{}, []*rbacv1.RoleBinding{}
	for i := range 5 {
		clusterBindings = append(clusterBindings, &rbacv1.ClusterRoleBinding{TypeMeta: typeOf("ClusterRoleBinding"),
			ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprint("wide-", i)}, Subjects: d.subjects(), RoleRef: d.roleRef(true)})
	}
	for i := range 8 {
		bindings = append(bindings, &rbacv1.RoleBinding{TypeMeta: typeOf("RoleBinding"),
			ObjectMeta: metav1.ObjectMeta{Name: fmt.Sprint("narrow-", i), Namespace: d.one(namespaces)}, Subjects: d.subjects(), RoleRef: d.roleRef(false)})
	}

	made := world{}
	for _, object := range clusterRoles {
		made.Objects = append(made.Objects, object.DeepCopy())
	}
	for _, object := range roles {
		made.Objects = append(made.Objects, object)
	}
	for _, object := range clusterBindings {
		made.Objects = append(made.Objects, object)
	}
	for _, object := range bindings {
		made.Objects = append(made.Objects, object)
	}
	fillAggregated(clusterRoles)
	_, static := validation.NewTestRuleResolver(roles, bindings, clusterRoles, clusterBindings)
	upstream := rbac.New(static, static, static, static)
	aims := listAims(static, clusterBindings, bindings)
	for range questionsForWorld {
		attributes := d.attributes(aims)
		decision, _, _ := upstream.Authorize(context.Background(), attributes)
		made.Questions = append(made.Questions, toQuestion(attributes))
		made.Answers += map[bool]string{true: "1", false: "0"}[decision == authorizer.DecisionAllow]
	}
	return made
}

// fillAggregated does what the aggregation controller does, until nothing changes; a role that is filled in stays as it is.
func fillAggregated(roles []*rbacv1.ClusterRole) {
	unfilled := []*rbacv1.ClusterRole{}
	for _, role := range roles {
		if role.AggregationRule != nil && len(role.Rules) == 0 {
			unfilled = append(unfilled, role)
		}
	}
	for changed := true; changed; {
		changed = false
		for _, role := range unfilled {
			rules, err := aggregate(role, roles)
			if err == nil && len(rules) != len(role.Rules) {
				role.Rules, changed = rules, true
			}
		}
	}
}

func aggregate(role *rbacv1.ClusterRole, all []*rbacv1.ClusterRole) ([]rbacv1.PolicyRule, error) {
	rules := append([]rbacv1.PolicyRule{}, role.Rules...)
	for i := range role.AggregationRule.ClusterRoleSelectors {
		selector, err := metav1.LabelSelectorAsSelector(&role.AggregationRule.ClusterRoleSelectors[i])
		if err != nil {
			return nil, err
		}
		for _, other := range all {
			if other.Name == role.Name || !selector.Matches(labels.Set(other.Labels)) {
				continue
			}
			for _, rule := range other.Rules {
				if !contains(rules, rule) {
					rules = append(rules, rule)
				}
			}
		}
	}
	return rules, nil
}

func contains(rules []rbacv1.PolicyRule, rule rbacv1.PolicyRule) bool {
	for _, known := range rules {
		if equality.Semantic.DeepEqual(known, rule) {
			return true
		}
	}
	return false
}

func toQuestion(a authorizer.AttributesRecord) []any {
	question := []any{a.User.GetName(), a.User.GetGroups(), a.Verb, a.APIGroup, a.Resource, a.Subresource, a.Name, a.Namespace, nil}
	if !a.ResourceRequest {
		question[8] = a.Path
	}
	return question
}
