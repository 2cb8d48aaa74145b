package suppressions

import (
	"regexp"
	"strings"
	"time"

	"github.com/probity-scan/probity/policies"
)

var (
	checkovSkip = regexp.MustCompile(`(?:#|//|/\*)\s*(?:checkov|bridgecrew|cortex):skip=\s*([A-Za-z0-9_,\s]*[A-Za-z0-9_])\s*(?::(.*))?`)
	trivyIgnore = regexp.MustCompile(`(trivy|tfsec):ignore:(\S+)`)
	kicsScan    = regexp.MustCompile(`(?:#|//)\s*kics-scan\s+(ignore-line|ignore-block|ignore|disable)(?:=(\S+))?`)
	kubernetes  = regexp.MustCompile(`checkov\.io/skip\w*["']?\s*:\s*["']?(CKV\w+)(?:=([^"']*))?`)
)

// code reads comments, and annotations of Kubernetes.
func (r reader) code(text []byte, bs blocks) []Suppression {
	var out []Suppression
	lines := strings.Split(string(text), "\n")
	for i, line := range lines {
		at := func(s Suppression, above bool) {
			if b, ok := bs.around(s.Line, above, lines); ok {
				s.About = About{Path: r.file, First: b.first, Last: b.last}
			} else {
				s.Wrong = "it stands outside of the resources that it could speak of"
			}
			out = append(out, s)
		}
		if m := checkovSkip.FindStringSubmatch(line); m != nil {
			for check := range strings.SplitSeq(m[1], ",") {
				s := r.of(policies.Checkov, check, i+1)
				s.Reason = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(m[2]), "*/"))
				at(s, false)
			}
		}
		if m := kubernetes.FindStringSubmatch(line); m != nil {
			s := r.of(policies.Checkov, m[1], i+1)
			s.Reason = strings.TrimSpace(m[2])
			at(s, false)
		}
		reason := beside(line)
		for _, m := range trivyIgnore.FindAllStringSubmatch(line, -1) {
			s := r.trivyComment(policies.Peer(m[1]), m[2], i+1)
			s.Reason = reason
			at(s, true)
		}
		if m := kicsScan.FindStringSubmatch(line); m != nil {
			for _, s := range r.kicsComment(m[1], m[2], i+1, len(lines)) {
				if m[1] == "ignore-block" {
					at(s, true)
				} else {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// trivyComment takes what stands behind ignore: a check, and options such as [name=value] and exp:2027-01-31.
func (r reader) trivyComment(peer policies.Peer, text string, line int) Suppression {
	check, options, _ := strings.Cut(text, ":")
	check, condition, _ := strings.Cut(check, "[")
	s := r.of(peer, check, line)
	for option, rest := "", options; rest != ""; {
		option, rest, _ = strings.Cut(rest, ":")
		var value string
		value, rest, _ = strings.Cut(rest, ":")
		switch {
		case option == "exp" && day(value):
			s.Until = value
		case option == "exp":
			s.Wrong = "its last day is none"
		default:
			s.Wrong = "it holds in a workspace only"
		}
	}
	if condition != "" {
		s.Wrong = "it holds for some values only"
	}
	return s
}

// kicsComment: lines and blocks name no query, so all of them are meant; disable names those of a whole file.
func (r reader) kicsComment(what, ids string, line, end int) []Suppression {
	s := r.of(policies.KICS, "*", line)
	s.About = About{Path: r.file, First: 1, Last: end}
	switch what {
	case "ignore-line":
		s.About.First, s.About.Last = line+1, line+1
	case "disable":
		var out []Suppression
		for id := range strings.SplitSeq(ids, ",") {
			s.Check = id
			out = append(out, s)
		}
		return out
	}
	return []Suppression{s}
}

// beside is the text of a comment that is no command: people write the reason there.
func beside(line string) string {
	_, text, ok := strings.Cut(line, "#")
	if !ok {
		if _, text, ok = strings.Cut(line, "//"); !ok {
			return ""
		}
	}
	var words []string
	for _, w := range strings.Fields(text) {
		if !trivyIgnore.MatchString(w) {
			words = append(words, w)
		}
	}
	return strings.Trim(strings.Join(words, " "), "#/ -")
}

func day(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}
