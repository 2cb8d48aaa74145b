package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon EventBridge.
const (
	EventBus     probity.Kind = "aws.events.bus"
	EventArchive probity.Kind = "aws.events.archive"
)

// Bus is what only an event bus has.
type Bus struct {
	Targets probity.List[string] `json:"targets,omitzero"` // ARNs of where its rules send events
}

// EventsAtRest is encryption that cannot be turned off.
func EventsAtRest() probity.Fact[bool] {
	return byDefault(true, "EventBridge always encrypts, with keys of its own unless told")
}

// ArchiveDays is how long an archive keeps events: for ever.
func ArchiveDays() probity.Fact[int] {
	return byDefault(0, "EventBridge keeps an archive's events for ever unless told")
}

// EventGrants are none.
func EventGrants() probity.List[probity.Grant] {
	return probity.Whole[probity.Grant](said("a new event bus lets in its own account only"))
}
