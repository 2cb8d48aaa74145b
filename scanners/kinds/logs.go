package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon CloudWatch Logs.
const (
	LogGroup       probity.Kind = "aws.logs.group"
	LogPolicy      probity.Kind = "aws.logs.resource_policy" // for all log groups of a region that it names
	LogDestination probity.Kind = "aws.logs.destination"     // by which log groups feed a stream
)

// Logs is what only a log group has.
type Logs struct {
	Masks     probity.Fact[bool]   `json:"masks,omitzero"`          // a data protection policy masks personal data
	Forwarded probity.List[string] `json:"subscriptions,omitzero"`  // ARNs that receive what is logged
	Guarded   probity.Fact[bool]   `json:"deletion_guard,omitzero"` // Terraform keeps the group when it destroys
}

// LogsAtRest is encryption that cannot be turned off.
func LogsAtRest() probity.Fact[bool] {
	return byDefault(true, "CloudWatch Logs always encrypts, with keys of its own unless told")
}

// LogsDays is how long events are kept: for ever.
func LogsDays() probity.Fact[int] {
	return byDefault(0, "CloudWatch Logs keeps events for ever unless told")
}

// LogsOff is a switch that is off unless told.
func LogsOff(what string) probity.Fact[bool] {
	return byDefault(false, "CloudWatch Logs has no "+what+" unless told")
}

// LogsTLS: the service has no clear endpoint.
func LogsTLS() probity.Fact[bool] {
	return byDefault(true, "CloudWatch Logs has HTTPS endpoints only")
}
