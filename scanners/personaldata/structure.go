package personaldata

import (
	"bytes"
	"math/bits"
	"strconv"
)

// structure is where in a structured text the scanner is.
type structure struct {
	document  *Document
	delimiter byte
	columns   []*Column            // of CSV, or of the last INSERT
	header    []byte               // of the last INSERT, to its last column
	listed    int                  // where in it they begin
	tables    map[string][]*Column // as CREATE TABLE lists them
	at        int                  // which of the columns
	open      int                  // the first hit of the cell
}

// mark takes the structure at p and gives where to go on.
func (s *scanner) mark(p int) int {
	switch c := s.text[p]; {
	case s.form == jsonText:
		w := max(p-2, 0) >> 6
		x := s.blocks[w].fences & (2<<((p-2)&63) - 1)
		for ; x == 0 && w > 0; x = s.blocks[w].fences {
			w--
		}
		end := max(p-1, 0)
		from := min(w<<6+64-bits.LeadingZeros64(x), end)
		c := s.structure.document.column(s.column, s.text[from:end])
		if !c.read && c != s.free {
			s.readKey(c, from, end)
		}
		return s.enter(c, p+1)
	case s.form == text:
		return s.assigned(p)
	case c == '\n': // of CSV or SQL
		if s.structure.at = 0; s.form == sqlText {
			s.structure.at = len(s.structure.columns)
		}
	case c == '(':
		if end := s.opened(p); end > 0 {
			return end
		}
	default:
		s.structure.at++
	}
	if s.structure.at < len(s.structure.columns) {
		return s.enter(s.structure.columns[s.structure.at], p+1)
	}
	s.close()
	s.column = s.free
	return p + 1
}

// assigned takes key= or key: and the value behind it.
func (s *scanner) assigned(p int) int {
	const longest = 40
	quoted := s.byteAt(p-1) == '"' || s.byteAt(p-1) == '\''
	end := p - oneIf(quoted)
	start := end
	for start > 0 && end-start < longest {
		if s.isWord(start - 1) {
			start = max(s.wordStart(start-1), end-longest)
		} else if c := s.text[start-1]; c == '_' || c == '-' {
			start--
		} else {
			break
		}
	}
	if start == end {
		return p + 1
	}
	if next := s.byteAt(p + 1); s.text[p] == ':' && (s.class[s.text[end-1]] == digit || next == ':' || next == '/' || end-start < 5 && s.class[next]&word != 0 && hexadecimal(s.text[start:end])) {
		return p + 1 // a time, a URL, a group of an IPv6 address
	}
	return s.enter(s.structure.document.column(s.column, s.text[start:end]), p+1)
}

// opened takes a parenthesis of INSERT INTO t (a, b) VALUES (1, 'x'), (2, 'y'); and gives where to go on if it lists columns.
func (s *scanner) opened(p int) int {
	const near, longest = 100, 8 << 10
	if end := s.repeated(p); end > 0 {
		return end
	}
	from := max(0, p-near)
	before := bytes.TrimRight(s.text[from:p], " \n\r\t")
	if n := len(before); n > 0 && (before[n-1] == ',' || n >= 6 && bytes.EqualFold(before[n-6:], []byte("values"))) {
		s.structure.at = 0
		if before[n-1] != ',' {
			s.unlisted(before[:n-6])
		}
		return 0
	}
	if s.created(before, p) {
		return 0
	}
	into := bytes.LastIndex(before, []byte("INSERT INTO"))
	end := bytes.IndexByte(s.text[p:min(len(s.text), p+longest)], ')')
	if into < 0 || end < 0 {
		return 0
	}
	header := s.text[from+into : p+end]
	if !bytes.Equal(header, s.structure.header) {
		table := string(bytes.Trim(before[into+len("INSERT INTO"):], " `\"["))
		s.structure.header, s.structure.listed = bytes.Clone(header), p-from-into
		s.structure.columns = s.structure.columns[:0]
		for name := range bytes.SplitSeq(s.text[p+1:p+end], []byte(",")) {
			s.structure.columns = append(s.structure.columns, s.structure.document.named(table+"."+string(bytes.Trim(name, " `\"[]\n\r\t"))))
		}
	}
	s.structure.at = len(s.structure.columns)
	return p + end
}

// repeated gives where the list of columns ends that begins at p, if the last INSERT had the same one: a dump repeats it in every
// statement.
func (s *scanner) repeated(p int) int {
	header, from := s.structure.header, p-s.structure.listed
	end := from + len(header)
	if len(header) == 0 || from < 0 || s.byteAt(end) != ')' || !bytes.Equal(s.text[from:end], header) {
		return 0
	}
	s.structure.at = len(s.structure.columns)
	return end
}

// enter begins a cell of a column, and gives where to go on.
func (s *scanner) enter(c *Column, v int) int {
	if s.structure.open < len(s.hits) {
		s.close()
	}
	for ; s.byteAt(v) == ' ' || s.form == text && (s.byteAt(v) == '"' || s.byteAt(v) == '\''); v++ {
	}
	first := s.byteAt(v)
	s.column, s.cell = c, v
	s.foresee(c)
	if c == s.free {
		return v
	}
	c.cells++
	if first == '\n' || first == '\r' || s.form == csvText && first == s.structure.delimiter || s.form == jsonText && (first == '{' || first == '[') {
		return v
	}
	c.fill()
	if len(c.plan.cells) > 0 && (s.form != text || c.wholes) {
		start, end := s.extent(v)
		if end > start && s.whole(start, end) {
			return end
		}
	}
	if c.calls && (s.form == csvText || s.form == sqlText) {
		s.behind(c.behind, v)
	}
	if first == '"' || first == '\'' {
		v++
		first = s.byteAt(v)
	}
	if c.named {
		if s.blocks[v>>6].stops>>(v&63)&1 == 1 && s.class[first] != digit {
			if end := s.anchor(v); end > 0 {
				return end
			}
		}
		if s.class[first] == upper {
			return s.atom(v) // a code that may have no digit, where nothing else would stop
		}
	}
	if s.class[first] == digit { // nothing before it matters
		end, kinds := s.wordAt(v)
		return s.number(c, v, end, kinds)
	}
	return v
}

// extent gives where the cell at v begins and ends, without its quotes, if it is not long.
func (s *scanner) extent(v int) (start, end int) {
	const longest = 512
	limit := min(len(s.text), v+longest)
	first := s.byteAt(v)
	switch {
	case first == '"' || first == '\'':
		for end = v + 1; end < limit; end++ {
			if i := bytes.IndexByte(s.text[end:limit], first); i < 0 {
				return 0, 0
			} else if end += i; s.form == sqlText && s.byteAt(end+1) == first {
				end++ // 'l''Europe'
			} else if s.text[end-1] != '\\' {
				break
			}
		}
		v++
	case s.form == csvText || s.form == sqlText:
		w := v >> 6
		x := s.blocks[w].marks &^ (1<<(v&63) - 1)
		for ; x == 0 && w<<6 < limit; x = s.blocks[w].marks {
			w++
		}
		end = w<<6 + bits.TrailingZeros64(x)
	case s.form == jsonText:
		end = v + max(bytes.IndexAny(s.text[v:limit], ",]}\n"), 0)
	default:
		end = v + max(bytes.IndexByte(s.text[v:limit], '\n'), 0)
		if end == v && limit == len(s.text) {
			end = limit
		}
	}
	if end > limit {
		return 0, 0
	}
	for end > v && (s.text[end-1] == '\r' || s.text[end-1] == ' ') {
		end--
	}
	return v, end
}

// close ends the cell.
func (s *scanner) close() {
	from := s.structure.open
	if from == len(s.hits) {
		return
	}
	if from == len(s.hits)-1 { // mostly
		if h := &s.hits[from]; s.takeOne(s.columns.all[h.column], h) {
			s.structure.open++
		} else {
			s.hits = s.hits[:from]
		}
		return
	}
	for from < len(s.hits) { // a key's value, and what is behind it
		to := from + 1
		for to < len(s.hits) && s.hits[to].column == s.hits[from].column {
			to++
		}
		s.take(s.columns.all[s.hits[from].column], s.hits[from:to], s.text)
		from = to
	}
	kept := s.structure.open
	for i := kept; i < len(s.hits); i++ { // what nothing can prove any more goes
		if h := &s.hits[i]; h.confidence >= Reported || s.columns.all[h.column].plan.wanted.has(int(h.detector)) {
			s.hits[kept] = *h
			kept++
		}
	}
	s.hits = s.hits[:kept]
	s.structure.open = kept
}

// sniff finds the form of a text from its beginning, and gives where its records begin.
func (s *scanner) sniff(head []byte) int {
	const most = 10
	lines := bytes.SplitN(head, []byte("\n"), most)
	json := 0
	for _, l := range lines { // a log may have lines of JSON among others: that is text
		l = bytes.TrimLeft(l, " \t\r\xEF\xBB\xBF")
		json += oneIf(len(l) == 0 || bytes.IndexByte([]byte("{}[]\""), l[0]) >= 0)
	}
	s.form = text
	switch t := bytes.TrimSpace(head); {
	case len(t) == 0:
	case json == len(lines) && (t[0] == '{' || t[0] == '['):
		s.form = jsonText
	case bytes.HasPrefix(t, []byte("INSERT INTO")) || bytes.Contains(t, []byte("\nINSERT INTO")):
		s.form = sqlText
	case len(lines) > 2:
		return s.delimited(lines)
	}
	return 0
}

// mostWords, less one, are in a header; prose may have as many commas in each line.
const mostWords = 5

// delimited looks for a delimiter that cuts all lines into as many cells.
func (s *scanner) delimited(lines [][]byte) int {
	for _, delimiter := range []byte(",;\t|") {
		names := cells(lines[0], delimiter)
		same, header := len(names) > 1, true
		for _, l := range lines[1 : len(lines)-1] {
			same = same && width(l, delimiter) == len(names)
		}
		for _, c := range names {
			c = bytes.Trim(c, "\" \r\xEF\xBB\xBF")
			header = header && len(c) < 60 && bytes.Count(c, []byte(" ")) <= mostWords && !bytes.ContainsAny(c, "=:@{[") && (len(c) == 0 || s.class[c[0]] != digit)
			same = same && len(c) < 200 && bytes.IndexByte(c, '=') < 0
		}
		if !same || !header && len(names) < 3 {
			continue
		}
		d := s.structure.document
		for i, c := range names {
			name := "c" + strconv.Itoa(i+1)
			if header {
				name = string(bytes.Trim(c, "\" \r\xEF\xBB\xBF"))
			}
			s.structure.columns = append(s.structure.columns, d.nth(i, name))
		}
		s.form, s.structure.delimiter = csvText, delimiter
		if header {
			return len(lines[0]) // the new line begins the first record
		}
		return 0
	}
	return 0
}

// width is how many cells a line has.
func width(line []byte, delimiter byte) int {
	if bytes.IndexByte(line, '"') < 0 {
		return bytes.Count(line, []byte{delimiter}) + 1
	}
	return len(cells(line, delimiter))
}

func cells(line []byte, delimiter byte) (out [][]byte) {
	in, from := false, 0
	for i, c := range line {
		if in = in != (c == '"'); c == delimiter && !in {
			out, from = append(out, line[from:i]), i+1
		}
	}
	return append(out, line[from:])
}
