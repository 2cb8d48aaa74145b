package awstest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
)

// second is the token of the page that is promised. No emulator gives it.
const second = "probity-second-page"

// Pages makes the proxy promise a further page in each answer to calls that match, whatever the emulator's pages are. Whoever asks
// for it sends a [Request] that is Next, for which a fault has to be there: the emulator knows no such page.
func (p *Proxy) Pages(match func(Request) bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.paged = match
}

// promise answers as inner does, with the token under every name that services have for it: readers leave those they do not know.
func promise(w http.ResponseWriter, r *http.Request, req Request, inner http.Handler) {
	rec := httptest.NewRecorder()
	inner.ServeHTTP(rec, r)
	body := rec.Body.Bytes()
	if rec.Code == http.StatusOK {
		if strings.HasPrefix(strings.TrimSpace(rec.Body.String()), "{") {
			body = inJSON(body)
		} else {
			body = inXML(body, req)
		}
	}
	for k, v := range rec.Header() {
		if k != "Content-Length" {
			w.Header()[k] = v
		}
	}
	w.WriteHeader(rec.Code)
	_, _ = w.Write(body)
}

func inJSON(body []byte) []byte {
	var doc map[string]any
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	if d.Decode(&doc) != nil {
		return body
	}
	for _, name := range []string{"NextToken", "nextToken", "NextMarker", "nextMarker", "Marker", "NextPageToken", "nextPageToken", "LastEvaluatedTableName"} {
		doc[name] = second
	}
	for _, name := range []string{"Truncated", "IsTruncated", "HasMoreStreams"} {
		doc[name] = true
	}
	out, err := json.Marshal(doc)
	if err != nil {
		return body
	}
	return out
}

func inXML(body []byte, req Request) []byte {
	end := []byte("</" + req.Operation + "Result>")
	if req.Protocol != "query" || req.Service == "ec2" {
		end = []byte("</")
	}
	at := bytes.LastIndex(body, end)
	if at < 0 {
		return body
	}
	var tokens strings.Builder
	for _, name := range []string{"nextToken", "NextToken", "Marker", "NextMarker", "ContinuationToken"} {
		tokens.WriteString("<" + name + ">" + second + "</" + name + ">")
	}
	tokens.WriteString("<IsTruncated>true</IsTruncated>")
	return append(append(bytes.Clone(body[:at]), tokens.String()...), body[at:]...)
}
