// Reads aws-auth ConfigMap data as JSON lines and prints what the authenticator itself makes of each.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf16"

	"github.com/sirupsen/logrus"
	yamlv2 "gopkg.in/yaml.v2"
	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/aws-iam-authenticator/pkg/config"
	"sigs.k8s.io/aws-iam-authenticator/pkg/mapper/configmap"
)

type input struct {
	Name string            `json:"name"`
	Data map[string]string `json:"data"`
}

// row is a mapping that survived; stored says whether it is the one kept under its key when the map is saved.
type row struct {
	Arn      string   `json:"arn"`
	SSO      bool     `json:"sso,omitempty"`
	Username string   `json:"username"`
	Groups   []string `json:"groups"`
	Stored   bool     `json:"stored"`
}

type answer struct {
	Name     string   `json:"name"`
	Roles    []row    `json:"roles"`
	Users    []row    `json:"users"`
	Accounts []string `json:"accounts"`
	Lost     []string `json:"lost"`
	Error    string   `json:"error,omitempty"`
}

func main() {
	logrus.SetOutput(io.Discard)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 0, 1<<20), 64<<20)
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.Scan() {
		var one input
		if err := json.Unmarshal(in.Bytes(), &one); err != nil {
			fail(err)
		}
		line, err := json.Marshal(ask(one))
		if err != nil {
			fail(err)
		}
		fmt.Fprintln(out, toASCII(line))
	}
	if err := in.Err(); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// toASCII leaves no character in the answers that an editor hides or changes.
func toASCII(line []byte) string {
	var ascii strings.Builder
	for _, unit := range utf16.Encode([]rune(string(line))) {
		if unit < 0x7f {
			ascii.WriteByte(byte(unit))
		} else {
			fmt.Fprintf(&ascii, "\\u%04x", unit)
		}
	}
	return ascii.String()
}

func ask(one input) answer {
	users, roles, accounts, err := configmap.ParseMap(one.Data)
	got := answer{Name: one.Name, Roles: []row{}, Users: []row{}, Accounts: accounts, Lost: listLost(one.Data)}
	if accounts == nil {
		got.Accounts = []string{}
	}
	if err != nil {
		got.Error = err.Error()
	}
	lastRole := map[string]int{}
	for i := range roles {
		lastRole[roles[i].Key()] = i
	}
	for i := range roles {
		got.Roles = append(got.Roles, roleRow(&roles[i], lastRole[roles[i].Key()] == i))
	}
	lastUser := map[string]int{}
	for i := range users {
		lastUser[users[i].Key()] = i
	}
	for i, user := range users {
		got.Users = append(got.Users, row{
			Arn: user.UserARN, Username: user.Username, Groups: list(user.Groups), Stored: lastUser[user.Key()] == i,
		})
	}
	return got
}

func roleRow(role *config.RoleMapping, stored bool) row {
	return row{
		Arn: role.RoleARN, SSO: role.SSO != nil, Username: role.Username, Groups: list(role.Groups), Stored: stored,
	}
}

func list(groups []string) []string {
	if groups == nil {
		return []string{}
	}
	return groups
}

// listLost names the sections of which nothing was kept because the section as a whole could not be decoded.
func listLost(data map[string]string) []string {
	lost := []string{}
	for _, section := range []string{"mapRoles", "mapUsers", "mapAccounts"} {
		text, ok := data[section]
		if !ok || isEmpty(text) {
			continue
		}
		if section == "mapAccounts" {
			if isAccountsLost(text) {
				lost = append(lost, section)
			}
			continue
		}
		asJSON, err := utilyaml.ToJSON([]byte(text))
		var items []json.RawMessage
		if err != nil || json.Unmarshal(asJSON, &items) != nil {
			lost = append(lost, section)
		}
	}
	return lost
}

// isAccountsLost follows yaml.v2: an item of a wrong type is left out, and what stands before a fatal item is kept.
func isAccountsLost(text string) bool {
	accounts := []string{}
	err := yamlv2.Unmarshal([]byte(text), &accounts)
	if err == nil || strings.Join(accounts, "") != "" {
		return false
	}
	if _, ok := err.(*yamlv2.TypeError); !ok {
		return true
	}
	var root interface{}
	if yamlv2.Unmarshal([]byte(text), &root) != nil {
		return true
	}
	_, isList := root.([]interface{})
	return !isList
}

func isEmpty(text string) bool {
	trimmed := strings.TrimSpace(text)
	return trimmed == "" || trimmed == "``" || trimmed == `""` || trimmed == "''"
}
