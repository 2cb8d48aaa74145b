package main

// lostPlaces are names of where something was lost, as far as there is room for them.
type lostPlaces struct {
	most   int
	all    map[string]bool
	around map[string]bool // what ends before a / or : in one
	n      int
}

func newLostPlaces(most int) *lostPlaces {
	return &lostPlaces{most: most, all: map[string]bool{}, around: map[string]bool{}}
}

func (p *lostPlaces) add(what string) {
	if p.n >= p.most {
		return
	}
	p.n++
	p.all[what] = true
	for i := range len(what) {
		if what[i] == '/' || what[i] == ':' {
			p.around[what[:i]] = true
		}
	}
}

// holds reports whether a place is one of them, or what one of them is in: a folder, or the file of a line.
func (p *lostPlaces) holds(at string) bool { return p.all[at] || p.around[at] }

// begins reports whether a text begins with one of them and a colon.
func (p *lostPlaces) begins(text string) bool {
	for i := range len(text) {
		if text[i] == ':' && p.all[text[:i]] {
			return true
		}
	}
	return false
}
