package aws

import (
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/lakeformation"
	"github.com/aws/aws-sdk-go-v2/service/lakeformation/types"

	"github.com/probity-scan/probity/scanners/access"
)

func lakeFormation() service {
	return service{name: "lakeformation", id: "LakeFormation",
		lists: []string{"aws_lakeformation_permissions"},
		calls: calls("GetDataLakeSettings", "ListPermissions"),
		read: func(r *reader) {
			api := lakeformation.NewFromConfig(r.cfg)
			set := ask(r, api.GetDataLakeSettings, &lakeformation.GetDataLakeSettingsInput{})
			r.add(Thing{Type: "aws_lakeformation_data_lake_settings", ID: r.arn("lakeformation", "settings"), At: set.at, Attrs: attrs{
				"allow_full_table_external_data_access": set.get(func(o *lakeformation.GetDataLakeSettingsOutput) any {
					return value(value(o.DataLakeSettings).AllowFullTableExternalDataAccess)
				}),
				"create_database_default_permissions": set.get(func(o *lakeformation.GetDataLakeSettingsOutput) any {
					return each(value(o.DataLakeSettings).CreateDatabaseDefaultPermissions, lakeDefault)
				}),
				"create_table_default_permissions": set.get(func(o *lakeformation.GetDataLakeSettingsOutput) any {
					return each(value(o.DataLakeSettings).CreateTableDefaultPermissions, lakeDefault)
				}),
			}})
			n := 0
			for p, at := range list(r, api.ListPermissions, &lakeformation.ListPermissionsInput{},
				func(p *lakeformation.ListPermissionsOutput) []types.PrincipalResourcePermissions {
					return p.PrincipalResourcePermissions
				}, "aws_lakeformation_permissions") {
				who := value(value(p.Principal).DataLakePrincipalIdentifier)
				if insider(who, r.account) {
					continue
				}
				n++
				r.add(Thing{Type: "aws_lakeformation_permissions", ID: "lakeformation/" + strconv.Itoa(n), At: at, Attrs: attrs{"principal": who,
					"permissions": each(p.Permissions, func(p types.Permission) any { return string(p) }), "database": lent(p.Resource)}})
			}
		}}
}

// insider: of the thousands of permissions only those that go outside tell of exposure. A principal of the account is named by
// its ARN, and all of them by a word.
func insider(who, account string) bool {
	return who == "" || who == account || who == "IAM_ALLOWED_PRINCIPALS" ||
		access.Account(who) == account && !strings.Contains(who, ":organizations:") // whose ARN bears the number of the account that manages it
}

// lent is what a permission is for: a database, or one of its tables.
func lent(of *types.Resource) any {
	is := value(of)
	switch {
	case is.Database != nil:
		return attrs{"name": is.Database.Name}
	case is.Table != nil && is.Table.Name != nil:
		return attrs{"name": value(is.Table.DatabaseName) + "/" + *is.Table.Name}
	case is.Table != nil:
		return attrs{"name": is.Table.DatabaseName}
	case is.TableWithColumns != nil:
		return attrs{"name": value(is.TableWithColumns.DatabaseName) + "/" + value(is.TableWithColumns.Name)}
	}
	return nil
}

func lakeDefault(p types.PrincipalPermissions) any {
	return attrs{"principal": value(p.Principal).DataLakePrincipalIdentifier}
}
