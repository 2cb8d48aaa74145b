package content_test

import (
	"strings"
	"testing"

	"github.com/probity-scan/probity/scanners/content"
)

func TestSQL(t *testing.T) {
	t.Parallel()
	run(t, map[string]edge{
		"pg_dump": {"a", "--\n-- PostgreSQL database dump\n--\n\nCOPY public.people (id, \"e mail\", note) FROM stdin;\n1\ta@example.org\tx\\ty\\\\\\nz\n2\t\\N\tü\n\\.\n\nSELECT 1;\n",
			[]string{"||--", "||-- PostgreSQL database dump", "||--", "public.people.id|id|1", "public.people.e mail|e mail|a@example.org", "public.people.note|note|x\ty\\\nz", "public.people.id|id|2", "public.people.note|note|ü", "||SELECT 1;"}, content.SQL, 6, ""},
		"pg_dump --inserts": {"a.sql", "INSERT INTO public.people VALUES (1, 'it''s \\', NULL);\nINSERT INTO public.people (id, name) VALUES (2, E'a\\'b'), (3, true) ON CONFLICT DO NOTHING;\n",
			[]string{"public.people.column 1||1", `public.people.column 2||it's \`, "public.people.id|id|2", "public.people.name|name|a'b", "public.people.id|id|3", "||ON CONFLICT DO NOTHING;"}, content.SQL, 4, ""},
		"mysqldump": {"a.sql", "-- MySQL dump 10.13\nCREATE TABLE `people` (\n  `id` int NOT NULL,\n  `mail` varchar(99) DEFAULT 'x',\n  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\nINSERT INTO `people` VALUES (1,'it\\'s (me), \\\"a\\\"\\n'),\n(2,_binary 'b'),(-3.5,NULL);\n",
			[]string{"||-- MySQL dump 10.13", "||CREATE TABLE `people` (", "||  `id` int NOT NULL,", "||  `mail` varchar(99) DEFAULT 'x',", "||  PRIMARY KEY (`id`)", "||) ENGINE=InnoDB;",
				"people.id|id|1", "people.mail|mail|it's (me), \"a\"\n", "people.id|id|2", "people.mail|mail|b", "people.id|id|-3.5"}, content.SQL, 9, ""},
		"expressions":      {"a.sql", "insert into t (a, b) values (to_date('1990-01-02', 'YYYY'), (1)); \n", []string{"t.a|a|to_date", "t.a|a|1990-01-02", "t.a|a|YYYY", "t.b|b|1"}, content.SQL, 1, ""},
		"names are data":   {"a.sql", "INSERT INTO t (\"a@example.org\") VALUES ('x');", []string{"t.column 1||x"}, content.SQL, 1, ""},
		"a quote open":     {"a.sql", "INSERT INTO t VALUES (1,'x", []string{"t.column 1||1", "t.column 2||x"}, content.SQL, 1, "unreadable: a quote is never closed that opens at line 1"},
		"a row open":       {"a.sql", "INSERT INTO t VALUES (1,\n", []string{"t.column 1||1"}, content.SQL, 1, "unreadable: unexpected end of SQL at line 2"},
		"a statement open": {"a.sql", "INSERT INTO t VALUES (1)", []string{"t.column 1||1"}, content.SQL, 1, "unreadable: unexpected end of SQL at line 1"},
		"COPY open":        {"a.sql", "COPY t (a) FROM stdin;\nx\n", []string{"t.a|a|x"}, content.SQL, 1, "unreadable: unexpected end of SQL at line 3"},
		"names in quotes":  {"a.sql", "CREATE TABLE t (\n  \"full name\" text,\n  `e mail` text\n);\nINSERT INTO t VALUES ('A','b');", []string{"||CREATE TABLE t (", "||  \"full name\" text,", "||  `e mail` text", "||);", "t.full name|full name|A", "t.e mail|e mail|b"}, content.SQL, 5, ""},
		"brackets":         {"a.sql", "INSERT INTO t VALUES " + strings.Repeat("(", 5000), nil, content.SQL, 1, "unreadable: unexpected end of SQL at line 1"},
	})
}
