package main

import (
	"math/rand"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// Small vocabularies, so that rules and questions meet often.
var (
	namespaces = []string{"payments", "shop", "kube-system"}
	verbs      = []string{"get", "list", "watch", "create", "update", "patch", "delete", "bind", "use", "Get"}
	groups     = []string{"", "apps", "batch", "rbac.authorization.k8s.io", "example.com"}
	resources  = []string{"pods", "deployments", "secrets", "nodes", "clusterroles", "widgets"}
	subs       = []string{"", "", "", "log", "exec", "scale", "status", "proxy/metrics"}
	names      = []string{"", "", "web", "db", "aws-auth", "*"}
	paths      = []string{"/", "/healthz", "/healthz/etcd", "/healthzx", "/api", "/api/v1", "/metrics", "/a-b", "*"}
	urls       = []string{"*", "/", "/healthz", "/healthz*", "/healthz/*", "/api/*", "/api/**", "/a*b", "/metrics/", "**", ""}
	users      = []string{"alice", "bob", "system:serviceaccount:payments:web", "system:serviceaccount:kube-system:web", "system:serviceaccount:payments", "system:anonymous", "web"}
	teams      = []string{"platform", "readers", "alice", "system:authenticated", "system:serviceaccounts", "system:serviceaccounts:payments", "system:masters"}
	accounts   = []string{"web", "db", "payments"}
	tiers      = []string{"admin", "edit", "view"}
)

type dice struct{ *rand.Rand }

func (d dice) one(of []string) string { return of[d.Intn(len(of))] }

// some picks up to most items, with a star instead now and then.
func (d dice) some(of []string, most int, star float64) []string {
	if d.Float64() < star {
		return []string{"*"}
	}
	picked := []string{}
	for range 1 + d.Intn(most) {
		picked = append(picked, d.one(of))
	}
	return picked
}

func (d dice) ruledResources() []string {
	picked := d.some(resources, 3, 0.12)
	for i, resource := range picked {
		switch d.Intn(6) {
		case 0:
			picked[i] = resource + "/" + d.one(subs[3:])
		case 1:
			picked[i] = "*/" + d.one(subs[3:])
		case 2:
			if d.Intn(4) == 0 {
				picked[i] = resource + "/*"
			}
		}
	}
	return picked
}

func (d dice) rule() rbacv1.PolicyRule {
	if d.Intn(6) == 0 {
		return rbacv1.PolicyRule{Verbs: d.some(verbs, 3, 0.3), NonResourceURLs: d.some(urls, 2, 0.02)}
	}
	rule := rbacv1.PolicyRule{Verbs: d.some(verbs, 4, 0.2), APIGroups: d.some(groups, 3, 0.2), Resources: d.ruledResources()}
	if d.Intn(3) == 0 {
		rule.ResourceNames = d.some(names, 2, 0)
	}
	if d.Intn(15) == 0 {
		rule.NonResourceURLs = d.some(urls, 2, 0)
	}
	return rule
}

func (d dice) rules() []rbacv1.PolicyRule {
	rules := []rbacv1.PolicyRule{}
	for range d.Intn(4) {
		rules = append(rules, d.rule())
	}
	return rules
}

func (d dice) labels() map[string]string {
	labels := map[string]string{}
	for range d.Intn(3) {
		labels["to-"+d.one(tiers)] = d.one([]string{"true", "false", ""})
	}
	return labels
}

func (d dice) selector() metav1.LabelSelector {
	key := "to-" + d.one(tiers)
	requirement := metav1.LabelSelectorRequirement{Key: key}
	switch d.Intn(7) {
	case 0:
		requirement.Operator, requirement.Values = metav1.LabelSelectorOpIn, d.some([]string{"true", ""}, 2, 0)
	case 1:
		requirement.Operator, requirement.Values = metav1.LabelSelectorOpNotIn, []string{"true"}
	case 2:
		requirement.Operator = metav1.LabelSelectorOpExists
	case 3:
		requirement.Operator = metav1.LabelSelectorOpDoesNotExist
	case 4:
		requirement.Operator = "Like" // the controller gives up on such a role
	default:
		return metav1.LabelSelector{MatchLabels: map[string]string{key: "true"}}
	}
	return metav1.LabelSelector{MatchExpressions: []metav1.LabelSelectorRequirement{requirement}}
}

func (d dice) clusterRole(name string) *rbacv1.ClusterRole {
	role := &rbacv1.ClusterRole{
		TypeMeta:   typeOf("ClusterRole"),
		ObjectMeta: metav1.ObjectMeta{Name: name, Labels: d.labels()},
		Rules:      d.rules(),
	}
	if d.Intn(4) == 0 {
		role.AggregationRule = &rbacv1.AggregationRule{ClusterRoleSelectors: []metav1.LabelSelector{d.selector()}}
		if d.Intn(3) == 0 {
			role.AggregationRule.ClusterRoleSelectors = append(role.AggregationRule.ClusterRoleSelectors, d.selector())
		}
		if d.Intn(4) > 0 {
			role.Rules = nil // as published; else as a live cluster shows it, whatever its selectors say
		}
	}
	return role
}

func (d dice) subjects() []rbacv1.Subject {
	subjects := []rbacv1.Subject{}
	for range d.Intn(4) {
		switch d.Intn(7) {
		case 0, 1:
			subjects = append(subjects, rbacv1.Subject{Kind: "User", APIGroup: rbacv1.GroupName, Name: d.one(users)})
		case 2, 3:
			subjects = append(subjects, rbacv1.Subject{Kind: "Group", APIGroup: rbacv1.GroupName, Name: d.one(teams)})
		case 4:
			subjects = append(subjects, rbacv1.Subject{Kind: "ServiceAccount", Name: d.one(accounts)})
		case 5:
			subjects = append(subjects, rbacv1.Subject{Kind: "ServiceAccount", Namespace: d.one(namespaces), Name: d.one(accounts)})
		default:
			if d.Intn(4) == 0 {
				subjects = append(subjects, rbacv1.Subject{Kind: "Robot", Name: d.one(users)})
			}
		}
	}
	return subjects
}

// roleRef may name a role that does not exist, and in a ClusterRoleBinding a Role, which never resolves.
func (d dice) roleRef(clusterOnly bool) rbacv1.RoleRef {
	ref := rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: d.one(roleNames)}
	if d.Intn(3) == 0 && (!clusterOnly || d.Intn(5) == 0) {
		ref.Kind = "Role"
	}
	return ref
}

func typeOf(kind string) metav1.TypeMeta {
	return metav1.TypeMeta{APIVersion: rbacv1.SchemeGroupVersion.String(), Kind: kind}
}
