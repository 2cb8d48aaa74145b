package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/reports"
	"github.com/probity-scan/probity/reports/cause"
)

// taker takes in one scan.
type taker struct {
	s       *Store
	p       *packer
	w       *writer
	scan    probity.Scan
	version int64
	series  int64
	before  *Record // the scan of the series that this one is held against; nil: there is none of which details are kept
	started int64

	ids    map[digest]int64  // all assets
	lives  map[int64]life    // of assets whose findings are counted with another one
	kin    map[int64][]int64 // assets by the life that they share
	known  map[digest]*entry
	here   map[int64]bool // assets of this scan
	older  bool           // there were assets before it
	rules  map[string]int64
	asked  map[string]bool
	latest map[int64]int64 // when the newest scan of each series began
	newer  []int64         // series whose newest scan began after this one
	lastID struct{ asset, rule, finding int64 }

	is       cause.Side
	was      cause.Side
	changed  []changed
	touched  map[int64]*touch
	named    map[string]int64     // findings that were named in this scan
	sides    map[int64]cause.Side // of scans of other series, by version
	moves    []move
	unknowns map[int64][]int64 // findings that may be on an asset, noted in this scan
	counted  counted
	walked   *probity.Ref        // the last asset
	serves   map[string][]string // frameworks by rule

	waivers []waivedBy // made by people who look at the history
	*sorter
	belongs  map[int64]belonging   // by asset
	belonged map[belonging][]int64 // assets whose belonging this scan changes
	bare     map[int64]bool        // assets of which nothing but the identity is known
	fresh    map[int64]bool        // assets of this scan that nobody knew
}

// entry is what the series knows of an asset.
type entry struct {
	asset int64
	marks
	seen, held, met bool
	again           bool // another series closed a finding on it, or sees one that this one does not
}

// changed is an asset whose verdicts are to be explained.
type changed struct {
	asset int64
	ref   probity.Ref
}

// Take takes in what a scan came to, and publishes it at once. A scan that is older than the last of its series is refused.
func (s *Store) Take(ctx context.Context, id string, scan probity.Scan) (Record, error) {
	release, err := s.alone(ctx)
	if err != nil {
		return Record{}, err
	}
	defer release()
	if err := s.undo(ctx); err != nil {
		return Record{}, err
	}
	p, err := newPacker()
	if err != nil {
		return Record{}, err
	}
	defer p.close()
	t := &taker{s: s, p: p, scan: scan, ids: map[digest]int64{}, lives: map[int64]life{}, kin: map[int64][]int64{}, known: map[digest]*entry{}, here: map[int64]bool{}, sides: map[int64]cause.Side{}, unknowns: map[int64][]int64{}, rules: map[string]int64{},
		asked: map[string]bool{}, latest: map[int64]int64{}, touched: map[int64]*touch{}, named: map[string]int64{}, counted: counted{}, serves: map[string][]string{},
		belongs: map[int64]belonging{}, belonged: map[belonging][]int64{}, bare: map[int64]bool{}, fresh: map[int64]bool{}}
	if err := t.prepare(ctx, id); err != nil {
		return Record{}, err
	}
	for _, step := range []func(context.Context) error{t.identify, t.walk, t.missing, t.explain, t.live, t.rollups} {
		if err := step(ctx); err != nil {
			return Record{}, errors.Join(err, s.undo(context.WithoutCancel(ctx)))
		}
	}
	if err := t.publish(ctx, id); err != nil {
		return Record{}, errors.Join(err, s.undo(context.WithoutCancel(ctx)))
	}
	return s.Record(ctx, id)
}

// prepare reads what the history knows, and gives the scan its version.
func (t *taker) prepare(ctx context.Context, id string) error {
	r, err := t.s.Record(ctx, id)
	switch {
	case err != nil:
		return err
	case r.ID != id || r.State != Running:
		return fmt.Errorf("history: scan %s is not running", id)
	}
	if err := t.s.write.QueryRowContext(ctx, t.s.q("SELECT series FROM scan WHERE id = ?"), id).Scan(&t.series); err != nil {
		return failed(err)
	}
	earlier, err := t.s.records(ctx, "SELECT "+recordColumns+" WHERE s.published = 1 AND s.series = ? ORDER BY s.version DESC LIMIT 1", t.series)
	if err != nil {
		return err
	}
	t.started = r.Started.Unix()
	if len(earlier) > 0 {
		last := &earlier[0]
		if r.Started.Before(last.Started) {
			return fmt.Errorf("history: scan %s is older than %s, the last of %q: take scans in the order in which they were made", id, last.ID, r.Series)
		}
		if !last.Pruned { // else nothing is known any more that it could be held against
			t.before = last
		}
	}
	if err := t.load(ctx); err != nil {
		return err
	}
	for _, r := range t.scan.Rules {
		t.asked[r.ID] = true
	}
	if t.is, err = cause.SideOf(t.scan, nil); err != nil {
		return err
	}
	if t.version, err = t.s.next(ctx, id); err != nil {
		return err
	}
	t.w = t.s.newWriter(t.version, t.series)
	if t.waivers, err = t.s.waivedBy(ctx, "1 = 1"); err != nil {
		return err
	}
	t.sorter, err = t.s.newSorter(ctx, t.w, t.rule)
	return err
}

// load reads the identities of all assets, and what the series knows of its own.
func (t *taker) load(ctx context.Context) error {
	c := t.s.read
	err := t.s.each(ctx, c, "SELECT id, key, cohort, tagging, CASE WHEN kind = '' AND class = '' THEN 1 ELSE 0 END FROM asset", nil, func(scan func(...any) error) error {
		var id int64
		var b belonging
		var key []byte
		var bare bool
		if err := scan(&id, &key, &b.cohort, &b.tagging, &bare); err != nil {
			return err
		}
		t.ids[digest(key)] = id
		if b.cohort != 0 {
			t.belongs[id] = b
		}
		if bare {
			t.bare[id] = true
		}
		t.lastID.asset, t.older = max(t.lastID.asset, id), true
		return nil
	})
	if err != nil {
		return err
	}
	err = t.s.each(ctx, c, "SELECT a.id, a.class, l.id, l.root, l.ref FROM asset a JOIN asset l ON l.id = a.life WHERE a.life <> a.id", nil, func(scan func(...any) error) error {
		var id int64
		var class probity.Class
		var l life
		if err := scan(&id, &class, &l.asset, &l.ref.Root, &l.ref.ID); err != nil {
			return err
		}
		l.nightly = nights(class, l.ref.ID)
		t.share(id, l)
		return nil
	})
	if err != nil {
		return err
	}
	err = t.s.each(ctx, c, "SELECT id, name FROM rule", nil, func(scan func(...any) error) error {
		var id int64
		var name string
		if err := scan(&id, &name); err != nil {
			return err
		}
		t.rules[name] = id
		t.lastID.rule = max(t.lastID.rule, id)
		return nil
	})
	if err != nil {
		return err
	}
	err = t.s.each(ctx, c, "SELECT series, MAX(started) FROM scan WHERE published = 1 GROUP BY series", nil, func(scan func(...any) error) error {
		var series, started int64
		err := scan(&series, &started)
		t.latest[series] = started
		if series != t.series && started > t.started {
			t.newer = append(t.newer, series)
		}
		return err
	})
	if err == nil {
		err = t.lastNumbers(ctx)
	}
	if err != nil || t.before == nil {
		return err
	}
	return t.loadSeries(ctx)
}

// lastNumbers reads the last number of a finding. Numbers that waivers name are not given again, though what they are of is forgotten: another
// finding would be waived by them, and whoever may see another store would see them.
func (t *taker) lastNumbers(ctx context.Context) error {
	var known, finding, asset int64
	err := t.s.read.QueryRowContext(ctx, "SELECT COALESCE((SELECT MAX(id) FROM finding), 0), COALESCE(MAX(finding), 0), COALESCE(MAX(asset), 0) FROM waiver").Scan(&known, &finding, &asset)
	t.lastID.finding, t.lastID.asset = max(known, finding), max(t.lastID.asset, asset)
	return failed(err)
}

func (t *taker) loadSeries(ctx context.Context) error {
	byID := map[int64]*entry{}
	err := t.s.each(ctx, t.s.read, `SELECT a.key, s.asset, s.seen, s.held, s.facts, s.labels, s.outcomes, s.looked FROM span s JOIN asset a ON a.id = s.asset
		WHERE s.until IS NULL AND s.series = ?`, []any{t.series}, func(scan func(...any) error) error {
		var key, facts, labels, outcomes []byte
		e := &entry{}
		if err := scan(&key, &e.asset, &e.seen, &e.held, &facts, &labels, &outcomes, &e.looked); err != nil {
			return err
		}
		copy(e.facts[:], facts)
		copy(e.labels[:], labels)
		copy(e.outcomes[:], outcomes)
		t.known[digest(key)], byID[e.asset] = e, e
		return nil
	})
	if err != nil {
		return err
	}
	again := func(scan func(...any) error) error {
		var id int64
		if err := scan(&id); err != nil {
			return err
		}
		for _, id := range append([]int64{id}, t.relatives(id)...) {
			if e := byID[id]; e != nil {
				e.again = true
			}
		}
		return nil
	}
	err = t.s.each(ctx, t.s.read, "SELECT DISTINCT asset FROM sighting WHERE series = ? AND closer NOT IN (0, ?) AND until >= ?", []any{t.series, t.series, t.before.Version}, again)
	if err == nil && len(t.latest) > 1 {
		err = t.s.each(ctx, t.s.read, `SELECT DISTINCT asset FROM sighting s WHERE until IS NULL AND seen = 1 AND series <> ? AND since > ?
			AND NOT EXISTS (SELECT 1 FROM sighting o WHERE o.finding = s.finding AND o.series = ? AND o.until IS NULL AND o.seen = 1)`, []any{t.series, t.before.Version, t.series}, again)
	}
	if err != nil {
		return err
	}
	earlier, err := t.s.scan(ctx, *t.before)
	if err != nil {
		return err
	}
	t.was, err = cause.SideOf(earlier, nil)
	return err
}

// publish shows the scan to readers, with all that was written for it.
func (t *taker) publish(ctx context.Context, id string) error {
	counts, err := reports.Count(t.scan)
	if err != nil {
		return err
	}
	state := Complete
	if counts.Incomplete() {
		state = Incomplete
	}
	header, corpus, coverage, err := t.documents()
	if err != nil {
		return err
	}
	return t.s.within(ctx, func(tx *sql.Tx) error {
		for _, d := range [][]byte{corpus, coverage} {
			sum := digestOf(d)
			if err := t.s.exec(ctx, tx, "INSERT INTO doc (digest, body) VALUES (?, ?) ON CONFLICT DO NOTHING", sum[:], d); err != nil {
				return err
			}
		}
		rules, covered := digestOf(corpus), digestOf(coverage)
		if err := t.s.exec(ctx, tx, "DELETE FROM unit WHERE scan = ?", id); err != nil {
			return err
		}
		// Who lost the lock meanwhile has lost its version too, or another process gave the scan up.
		done, err := tx.ExecContext(ctx, t.s.q(`UPDATE scan SET state = ?, published = 1, finished = ?, tool = ?, rules = ?, header = ?, corpus = ?, coverage = ?, assets = ?, outcomes = ?, findings = ? WHERE id = ? AND version = ? AND state = ?`),
			string(state), t.s.o.Now().Unix(), t.scan.Tool, t.scan.Inputs["rules"], header, rules[:], covered[:], counts.Assets, counts.Outcomes, counts.Findings, id, t.version, string(Running))
		if err != nil {
			return failed(err)
		}
		if n, err := done.RowsAffected(); err != nil || n != 1 {
			return fmt.Errorf("history: scan %s was given up while it was taken in", id)
		}
		if err := t.belong(ctx, tx); err != nil {
			return err
		}
		return t.move(ctx, tx)
	})
}

// corpus is the part of a header that most scans have alike.
type corpus struct {
	Rules      []probity.Rule      `json:"rules"`
	Frameworks []probity.Framework `json:"frameworks"`
}

// documents are the scan's header, its rules, and its coverage.
func (t *taker) documents() (header, rules, coverage []byte, err error) {
	h := t.scan.Header
	if rules, err = t.p.pack(corpus{h.Rules, h.Frameworks}); err != nil {
		return nil, nil, nil, err
	}
	h.Rules, h.Frameworks, h.Base = nil, nil, nil
	if header, err = t.p.pack(h); err != nil {
		return nil, nil, nil, err
	}
	var covered []probity.Coverage
	for c, err := range each(t.scan.Coverage) {
		if err != nil {
			return nil, nil, nil, err
		}
		covered = append(covered, c)
	}
	coverage, err = t.p.pack(covered)
	return header, rules, coverage, err
}

// each is the sequence, or nothing where a scan has none.
func each[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	if seq == nil {
		return func(func(T, error) bool) {}
	}
	return seq
}
