package main

import (
	"context"
	"strings"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/apiserver/pkg/authentication/serviceaccount"
	"k8s.io/apiserver/pkg/authentication/user"
	"k8s.io/apiserver/pkg/authorization/authorizer"
	"k8s.io/kubernetes/pkg/registry/rbac/validation"
)

// aim is a rule, and somebody who holds it: questions near it are answered yes as often as no.
type aim struct {
	subject   rbacv1.Subject
	namespace string
	rule      rbacv1.PolicyRule
}

func listAims(static *validation.StaticRoles, wide []*rbacv1.ClusterRoleBinding, narrow []*rbacv1.RoleBinding) []aim {
	resolver := validation.NewDefaultRuleResolver(static, static, static, static)
	aims := []aim{}
	add := func(ref rbacv1.RoleRef, namespace string, subjects []rbacv1.Subject) {
		rules, _ := resolver.GetRoleReferenceRules(context.Background(), ref, namespace)
		for _, rule := range rules {
			for _, subject := range subjects {
				aims = append(aims, aim{subject, namespace, rule})
			}
		}
	}
	for _, binding := range wide {
		add(binding.RoleRef, "", binding.Subjects)
	}
	for _, binding := range narrow {
		add(binding.RoleRef, binding.Namespace, binding.Subjects)
	}
	return aims
}

func (d dice) attributes(aims []aim) authorizer.AttributesRecord {
	if len(aims) == 0 || d.Intn(5) == 0 {
		return d.anyAttributes()
	}
	record := d.towards(aims[d.Intn(len(aims))])
	if d.Intn(3) > 0 {
		return record
	}
	// One thing differs: that is where a matcher goes wrong.
	switch other := d.anyAttributes(); d.Intn(7) {
	case 0:
		record.User = other.User
	case 1:
		record.Verb = other.Verb
	case 2:
		record.APIGroup = other.APIGroup
	case 3:
		record.Resource = d.one(resources)
	case 4:
		record.Subresource = d.one(subs)
	case 5:
		record.Name = d.one(names)
	case 6:
		record.Namespace = d.one(append(namespaces, ""))
	}
	return record
}

func (d dice) towards(a aim) authorizer.AttributesRecord {
	who := &user.DefaultInfo{Name: d.one(users), Groups: d.memberships()}
	switch a.subject.Kind {
	case "User":
		who.Name = a.subject.Name
	case "Group":
		who.Groups = append(who.Groups, a.subject.Name)
	case "ServiceAccount":
		home := a.subject.Namespace
		if home == "" {
			home = a.namespace
		}
		who.Name = serviceaccount.MakeUsername(home, a.subject.Name)
	}
	record := authorizer.AttributesRecord{User: who, Verb: d.unstar(a.rule.Verbs, verbs), Namespace: a.namespace, ResourceRequest: len(a.rule.Resources) > 0}
	if a.namespace == "" {
		record.Namespace = d.one(append(namespaces, ""))
	}
	if !record.ResourceRequest {
		record.Namespace, record.Path = "", strings.ReplaceAll(d.unstar(a.rule.NonResourceURLs, paths), "*", d.one([]string{"", "x", "v1"}))
		return record
	}
	record.APIGroup, record.Name = d.unstar(a.rule.APIGroups, groups), d.one(names)
	resource, sub, hasSub := strings.Cut(d.unstar(a.rule.Resources, resources), "/")
	if hasSub || d.Intn(4) == 0 {
		record.Subresource = d.one(subs)
	}
	if hasSub && sub != "*" {
		record.Subresource = sub
	}
	if record.Resource = resource; resource == "*" {
		record.Resource = d.one(resources)
	}
	if len(a.rule.ResourceNames) > 0 {
		record.Name = d.one(a.rule.ResourceNames)
	}
	return record
}

// unstar picks one of the ruled texts, any text for a star.
func (d dice) unstar(ruled, all []string) string {
	if len(ruled) == 0 {
		return d.one(all)
	}
	if picked := d.one(ruled); picked != "*" {
		return picked
	}
	return d.one(all)
}

func (d dice) memberships() []string {
	member := map[string]bool{}
	for range d.Intn(4) {
		member[d.one(teams)] = true
	}
	return sortedKeys(member)
}

func (d dice) anyAttributes() authorizer.AttributesRecord {
	who := &user.DefaultInfo{Name: d.one(users), Groups: d.memberships()}
	if d.Intn(6) == 0 {
		return authorizer.AttributesRecord{User: who, Verb: d.one(verbs), Path: d.one(paths)}
	}
	return authorizer.AttributesRecord{User: who, Verb: d.one(verbs), APIGroup: d.one(groups), Resource: d.one(resources),
		Subresource: d.one(subs), Name: d.one(names), Namespace: d.one(append(namespaces, "", "elsewhere")), ResourceRequest: true}
}
