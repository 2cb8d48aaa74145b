package personaldata

import "bytes"

const mostTables = 1000 // whose columns are kept

// created takes the columns that CREATE TABLE t ( lists behind p, and reports whether it is one.
func (s *scanner) created(before []byte, p int) bool {
	const longest = 16 << 10
	at := max(bytes.LastIndex(before, []byte("CREATE TABLE ")), bytes.LastIndex(before, []byte("create table ")))
	if at < 0 || bytes.IndexByte(before[at:], ';') >= 0 {
		return false
	}
	table := tableName(before[at+len("CREATE TABLE "):])
	if len(s.structure.tables) >= mostTables || table == "" {
		return true
	}
	var columns []*Column
	for line := range bytes.Lines(s.text[p+1 : min(len(s.text), p+longest)]) {
		line = bytes.TrimSpace(line)
		if bytes.HasPrefix(line, []byte(")")) {
			if s.structure.tables == nil {
				s.structure.tables = map[string][]*Column{}
			}
			s.structure.tables[table] = columns
			break
		}
		name, _, _ := bytes.Cut(line, []byte(" "))
		if len(name) > 0 && !constrains(name) {
			columns = append(columns, s.structure.document.named(table+"."+string(bytes.Trim(name, "`\"[],"))))
		}
	}
	return true
}

// constrains reports whether a line of a definition begins with what is no column.
func constrains(word []byte) bool {
	switch string(bytes.ToUpper(word)) {
	case "CONSTRAINT", "PRIMARY", "UNIQUE", "KEY", "INDEX", "FOREIGN", "CHECK", "FULLTEXT", "SPATIAL", "--":
		return true
	}
	return false
}

// unlisted makes ready for the rows of INSERT INTO t VALUES, which names no columns: those of the table.
func (s *scanner) unlisted(before []byte) {
	if bytes.HasSuffix(bytes.TrimRight(before, " \n\r\t"), []byte(")")) { // mostly
		return
	}
	at := bytes.LastIndex(before, []byte("INSERT INTO"))
	if at < 0 || bytes.IndexByte(before[at:], ')') >= 0 {
		return
	}
	s.structure.header, s.structure.columns = nil, append(s.structure.columns[:0], s.structure.tables[tableName(before[at+len("INSERT INTO"):])]...)
}

// tableName is a name without what surrounds it: "IF NOT EXISTS", quotes, blanks.
func tableName(b []byte) string {
	if all := bytes.Fields(b); len(all) > 0 {
		return string(bytes.Trim(all[len(all)-1], "`\"[]"))
	}
	return ""
}
