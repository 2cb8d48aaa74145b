package database

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/probity-scan/probity"
)

// Sources: MySQL 8.4 and MariaDB 11 manuals on privileges and roles, read on 2026-11-28. Power is what reads, changes or sees all that
// the server has, or could take as much; an administrator changes accounts, or what the server does.
const (
	mysqlPower = `'Y' IN (u.Super_priv, u.File_priv, u.Grant_priv, u.Create_user_priv, u.Process_priv, u.Select_priv, u.Insert_priv, u.Update_priv, u.Delete_priv),
		'Y' IN (u.Super_priv, u.Create_user_priv, u.Grant_priv, u.Insert_priv, u.Update_priv)`
	mysqlPowers = `SELECT u.User, u.Host, u.account_locked = 'Y', ` + mysqlPower + ` FROM mysql.user u`
	mariaPowers = `SELECT u.User, u.Host, u.is_role = 'Y' OR coalesce(json_value(g.Priv, '$.account_locked'), '0') IN ('1', 'true'), ` + mysqlPower + `
		FROM mysql.user u JOIN mysql.global_priv g ON g.User = u.User AND g.Host = u.Host`
	mysqlDynamic = `SELECT DISTINCT USER, HOST FROM mysql.global_grants WHERE PRIV IN ('SYSTEM_USER', 'ROLE_ADMIN', 'SET_USER_ID', 'SET_ANY_DEFINER', 'SYSTEM_VARIABLES_ADMIN', 'PERSIST_RO_VARIABLES_ADMIN')`
)

// myPower is what an account may do by itself. A role lets nobody in.
type myPower struct{ shut, power, admin bool }

// powers are the accounts with power beside root on the machine itself, and those of them that administer the server from a network,
// by themselves or by roles.
func (e *mysqlEngine) powers(ctx context.Context, s *session, needs string) (powerful, remote guard) {
	who, roles, err := e.grants(ctx, s)
	if err != nil {
		g := s.refusal(err, needs)
		powerful.lacks(g)
		remote.lacks(g)
		return powerful, remote
	}
	for a, has := range who {
		if has.shut || slices.Contains([]string{"mysql.sys", "mysql.session", "mysql.infoschema", "mariadb.sys"}, a.user) {
			continue
		}
		for _, role := range rolesOf(a, roles) {
			has.power, has.admin = has.power || who[role].power, has.admin || who[role].admin
		}
		if has.power && !(a.user == "root" && slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, a.host)) {
			powerful.add(a.String())
		}
		if (has.admin || a.user == "root") && !local(a.host) {
			remote.add(a.String())
		}
	}
	slices.Sort(powerful.items)
	slices.Sort(remote.items)
	return powerful, remote
}

// grants reads what each account may do by itself, and which roles it was given.
func (e *mysqlEngine) grants(ctx context.Context, s *session) (who map[myAccount]myPower, roles map[myAccount][]myAccount, err error) {
	powers, members := mysqlPowers, mysqlMembers
	if e.maria {
		powers, members = mariaPowers, mariaMembers
	}
	who, roles = map[myAccount]myPower{}, map[myAccount][]myAccount{}
	if err := s.read(ctx, powers, func(r *sql.Rows) error {
		var a myAccount
		var x myPower
		err := r.Scan(&a.user, &a.host, &x.shut, &x.power, &x.admin)
		who[a] = x
		return err
	}); err != nil {
		return nil, nil, err
	}
	if !e.maria {
		err = s.read(ctx, mysqlDynamic, func(r *sql.Rows) error {
			var a myAccount
			err := r.Scan(&a.user, &a.host)
			x := who[a]
			x.power, x.admin = true, true
			who[a] = x
			return err
		})
	}
	if err != nil {
		return nil, nil, err
	}
	return who, roles, s.read(ctx, members, func(r *sql.Rows) error {
		var role, member myAccount
		err := r.Scan(&role.user, &role.host, &member.user, &member.host)
		roles[member] = append(roles[member], role)
		return err
	})
}

// rolesOf are those of an account, and those that they were given.
func rolesOf(a myAccount, given map[myAccount][]myAccount) []myAccount {
	out := slices.Clone(given[a])
	for i := 0; i < len(out); i++ {
		for _, next := range given[out[i]] {
			if !slices.Contains(out, next) {
				out = append(out, next)
			}
		}
	}
	return out
}

// local reports whether the host of an account is the server's own machine.
func local(host string) bool {
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
}

// open are the database test, and patterns of names on which everybody has rights.
func (e *mysqlEngine) openDatabases(ctx context.Context, s *session) probity.List[string] {
	var g guard
	s.named(ctx, `SELECT concat('rights of everybody on ', Db) FROM mysql.db WHERE User IN ('', 'PUBLIC') ORDER BY 1`, "SELECT on mysql.db", &g)
	s.named(ctx, `SELECT concat('database ', schema_name) FROM information_schema.schemata WHERE schema_name = 'test'`, "SHOW DATABASES on *.*", &g)
	var all int
	mine := `grantee = concat('''', substring_index(current_user(), '@', 1), '''@''', substring_index(current_user(), '@', -1), '''')`
	if err := s.one(ctx, `SELECT count(*) FROM information_schema.user_privileges WHERE privilege_type IN ('SELECT', 'SHOW DATABASES') AND `+mine, &all); err != nil || all == 0 {
		g.lacks(*denied("SHOW DATABASES on *.*"))
	}
	return g.list("SELECT … FROM mysql.db; SELECT … FROM information_schema.schemata")
}
