package terraform_test

import (
	"strings"
	"testing"

	probity "github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/iac/terraform"
)

// What holds data and is not read is told once a root, and no rule judges its absence.
func TestUnread(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, dir, "main.tf", `resource "aws_simpledb_domain" "r" { name = "r" }
resource "google_sql_database_instance" "g" { count = 3 }
resource "aws_route53_zone" "none" {}
module "m" { source = "./m" }
`)
	write(t, dir, "m/main.tf", "resource \"aws_storagegateway_gateway\" \"q\" {}\nresource \"aws_workspaces_workspace\" \"f\" {}\nresource \"azurerm_storage_account\" \"s\" {}\nresource \"hcloud_volume\" \"v\" {}\n")
	write(t, dir, "none/main.tf", "resource \"aws_route53_zone\" \"r\" {}\n")
	write(t, dir, "plan.json", strings.ReplaceAll(tinyPlan, "aws_ebs_volume", "aws_simpledb_domain"))
	for name, c := range map[string]struct {
		unit  probity.Unit
		count int
		want  string
	}{
		"directory": {probity.Unit{}, 8, "types not read: aws_simpledb_domain, aws_storagegateway_gateway, aws_workspaces_workspace, azurerm_storage_account, google_sql_database_instance, …"},
		"plan":      {probity.Unit{Scanner: terraform.PlanFile, Part: "plan.json"}, 1, "types not read: aws_simpledb_domain"},
		"none":      {probity.Unit{Part: "none"}, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c.unit.Target = dir
			count, got := 0, ""
			for f, err := range terraform.New().Scan(t.Context(), c.unit) {
				if err != nil {
					t.Fatal(err)
				}
				switch f := f.(type) {
				case probity.Asset:
					t.Errorf("got asset %s, want none", f.ID)
				case probity.Coverage:
					if f.Gap != nil {
						count, got = count+f.Count, got+f.Gap.Because
					}
					if f.Gap != nil && (f.Class != "" || f.Path != "" || f.On.ID != "." || f.Gap.Reason != probity.NotCollected) {
						t.Errorf("got %+v, want no class, no path, on the root", f)
					}
				}
			}
			if got != c.want || count != c.count {
				t.Errorf("got %d, %s; want %d, %s", count, got, c.count, c.want)
			}
		})
	}
}
