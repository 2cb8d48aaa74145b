package synthetic

// Score counts what a detector found of what there is.
type Score struct{ Found, Missed, False int }

// Precision is the share of what was found that is right.
func (s Score) Precision() float64 { return share(s.Found, s.Found+s.False) }

// Recall is the share of what there is that was found.
func (s Score) Recall() float64 { return share(s.Found, s.Found+s.Missed) }

// F1 is the harmonic mean of both.
func (s Score) F1() float64 { return share(2*s.Found, 2*s.Found+s.Missed+s.False) }

func share(n, of int) float64 {
	if of == 0 {
		return 1
	}
	return float64(n) / float64(of)
}

// Add scores the findings of one file. A label counts as found where a finding of its detector covers half of the shorter
// one; each finding that is on no label of its detector is false. Both are in order of their starts.
func Add(scores map[string]Score, labels, found []Label) {
	used := make([]bool, len(found))
	from := 0
	for _, l := range labels {
		s := scores[l.Detector]
		for from < len(found) && found[from].End <= l.Start {
			from++
		}
		hit := false
		for k := from; k < len(found) && found[k].Start < l.End; k++ {
			f := found[k]
			if common := min(l.End, f.End) - max(l.Start, f.Start); f.Detector == l.Detector && 2*common >= min(l.End-l.Start, f.End-f.Start) {
				hit, used[k] = true, true
			}
		}
		if hit {
			s.Found++
		} else {
			s.Missed++
		}
		scores[l.Detector] = s
	}
	for k, f := range found {
		if !used[k] {
			s := scores[f.Detector]
			s.False++
			scores[f.Detector] = s
		}
	}
}

// Overall adds all detectors up.
func Overall(scores map[string]Score) (all Score) {
	for _, s := range scores {
		all.Found, all.Missed, all.False = all.Found+s.Found, all.Missed+s.Missed, all.False+s.False
	}
	return all
}
