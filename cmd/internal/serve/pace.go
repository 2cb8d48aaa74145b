package serve

import (
	"net/http"
	"time"
)

// pace is how slowly a reader may take an answer.
type pace struct {
	slack time.Duration // that writing may wait in all
	rate  int64         // bytes that buy a second more
}

// reading is for pages and tables: whoever takes less than 8 KiB a second for a minute is given up, however long the rest would take.
func reading() pace { return pace{slack: time.Minute, rate: 8 << 10} }

// paced lets no reader hold a connection for ever. Only the time that writing waits counts: a table that takes long to make, or is long,
// comes whole to whoever reads it.
func paced(h http.Handler, p pace) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := &answer{ResponseWriter: w, control: http.NewResponseController(w), pace: p}
		h.ServeHTTP(a, r)
		a.bound() // what is still to be sent is so after the handler
	})
}

// answer counts how long its reader lets it wait.
type answer struct {
	http.ResponseWriter
	control *http.ResponseController
	pace    pace
	waited  time.Duration
	written int64
}

// bound sets when the next write is given up.
func (a *answer) bound() {
	left := a.pace.slack + time.Duration(a.written/a.pace.rate)*time.Second - a.waited
	_ = a.control.SetWriteDeadline(time.Now().Add(min(left, a.pace.slack))) // where there is no connection, nobody holds it
}

// while bounds something that may wait for the reader. Between writes there is no bound: HTTP/2 would end the answer by it while it is made.
func (a *answer) while(do func()) {
	a.bound()
	since := time.Now()
	do()
	a.waited += time.Since(since)
	_ = a.control.SetWriteDeadline(time.Time{})
}

// piece is how much is written at once at most: a page comes in one write, and the whole of it may take longer than one piece may.
const piece = 64 << 10

// Write implements [http.ResponseWriter].
func (a *answer) Write(b []byte) (n int, err error) {
	for first := true; err == nil && (first || len(b) > 0); first = false {
		var some int
		a.while(func() { some, err = a.ResponseWriter.Write(b[:min(len(b), piece)]) })
		n, b = n+some, b[some:]
		a.written += int64(some)
	}
	return n, err
}

// FlushError sends what is written.
func (a *answer) FlushError() (err error) {
	a.while(func() { err = a.control.Flush() })
	return err
}

// Flush implements [http.Flusher].
func (a *answer) Flush() { _ = a.FlushError() }

// Unwrap lets others control the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
