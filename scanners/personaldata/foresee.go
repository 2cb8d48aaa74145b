package personaldata

// readKey notes of a key of JSON that was read, and that nothing came of, where in it the scanner stopped first.
func (s *scanner) readKey(c *Column, from, end int) {
	c.read = true
	if last := len(s.hits) - 1; last >= 0 && s.hits[last].end > from || s.namedAt >= from {
		return
	}
	for p := from; p <= end+1; p++ { // to the colon
		if s.blocks[p>>6].stops>>(p&63)&1 == 1 {
			c.stops = p - from + 1
			return
		}
	}
}

// foresee sets the column that comes next as a rule, if nothing comes of its key.
func (s *scanner) foresee(c *Column) {
	if s.expected = nil; s.form == jsonText && c.next != nil && c.next.stops > 0 {
		s.expected = c.next
	}
}

// foreseen gives what is behind the key of the expected column if the scanner stops in it at p, or 0.
func (s *scanner) foreseen(p int) (behind int) {
	name := s.expected.name
	from := p - s.expected.stops + 1
	end := from + len(name)
	if from < 1 || end+1 >= len(s.text) || s.text[from-1] != '"' || s.text[end] != '"' || s.text[end+1] != ':' || string(s.text[from:end]) != name {
		return 0
	}
	return end + 2
}
