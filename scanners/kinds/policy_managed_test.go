package kinds_test

import (
	"testing"

	"github.com/probity-scan/probity/scanners/kinds"
)

func TestManagedPolicies(t *testing.T) {
	t.Parallel()
	for arn, want := range map[string][3]bool{ // managed, admin, no data
		"arn:aws:iam::aws:policy/AdministratorAccess":                      {true, true, false},
		"arn:aws-us-gov:iam::aws:policy/AdministratorAccess":               {true, true, false},
		"arn:aws:iam::aws:policy/AdministratorAccess-Amplify":              {true, false, false},
		"arn:aws:iam::aws:policy/PowerUserAccess":                          {true, false, false},
		"arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole": {true, false, true},
		"arn:aws:iam::111122223333:policy/AdministratorAccess":             {false, false, false},
		"AdministratorAccess":                                              {false, false, false},
	} {
		if got := [3]bool{kinds.NamesManagedPolicy(arn), kinds.GivesAdmin(arn), kinds.GivesNoData(arn)}; got != want {
			t.Errorf("%s: got %v, want %v", arn, got, want)
		}
	}
}
