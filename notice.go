package probity

// Notice is what people should know of waivers, ignores and baselines. It makes no scan incomplete.
type Notice struct {
	Kind   NoticeKind `json:"kind"`
	Text   string     `json:"text"` // one line, whole: "waiver of versioning on aws_s3_bucket.a: …"
	Rule   string     `json:"rule,omitempty"`
	Asset  string     `json:"asset,omitempty"`  // an ID, or a waiver's pattern
	Origin *Origin    `json:"origin,omitempty"` // where the entry is written
}

// NoticeKind is what a notice is about.
type NoticeKind string

// The kinds of notices.
const (
	Lapsing  NoticeKind = "lapsing"  // its last day is near
	Lapsed   NoticeKind = "lapsed"   // its last day is over, or what it accepted or whom it answered has changed
	Unused   NoticeKind = "unused"   // there is nothing to waive
	Stale    NoticeKind = "stale"    // a baseline's finding is there no more
	Proposed NoticeKind = "proposed" // the change itself adds it
	Refused  NoticeKind = "refused"  // it says too little, or more than the gate lets a repository say
	Reviewed NoticeKind = "reviewed" // what a person said of a label does not hold any more, or met none
	Decided  NoticeKind = "decided"  // unknown before the change and failing after it, by what stands elsewhere than the asset
)

// Values lists the kinds of notices.
func (NoticeKind) Values() []string {
	return []string{string(Lapsing), string(Lapsed), string(Unused), string(Stale), string(Proposed), string(Refused), string(Reviewed), string(Decided)}
}
