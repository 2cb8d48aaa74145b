package kinds

import probity "github.com/probity-scan/probity"

// SQSQueue is a queue of Amazon SQS.
const SQSQueue probity.Kind = "aws.sqs.queue"

// Queue is what only a queue has.
type Queue struct {
	DeadLetters probity.Fact[bool] `json:"dead_letters,omitzero"` // what fails again and again goes to another queue
	FIFO        probity.Fact[bool] `json:"fifo,omitzero"`
}

// SQSAtRest is encryption with keys of SQS.
func SQSAtRest() probity.Fact[bool] {
	return byDefault(true, "SQS encrypts new queues with keys of its own since 2022-10-04")
}

// SQSKeptSeconds is how long a message waits for its reader.
func SQSKeptSeconds() probity.Fact[int] {
	return byDefault(345600, "SQS keeps a message for 4 days unless told")
}

// SQSOff is a switch that is off unless told.
func SQSOff(what string) probity.Fact[bool] {
	return byDefault(false, "SQS has no "+what+" unless told")
}
