package kinds

import (
	"slices"
	"strings"

	probity "github.com/probity-scan/probity"
)

// Reading says how the data of a kind of store is read through the provider's own permissions.
type Reading struct {
	Service  string   // of its ARN
	Actions  []string // each of them alone reads data
	Inside   string   // what follows the store's ARN to name its data
	Decrypts string   // the service through which readers also ask the customer's key; empty: they do not
	Unruled  bool     // it has no policy of its own
}

// Decrypt is the action by which a key is used to read.
const Decrypt = "kms:Decrypt"

// ReadBy tells how a kind is read; false where permissions of the account do not decide it, as with a database's own users.
func ReadBy(kind probity.Kind) (Reading, bool) {
	switch kind {
	case S3Bucket:
		return Reading{Service: "s3", Actions: []string{"s3:GetObject", "s3:GetObjectVersion"}, Inside: "/*", Decrypts: "s3"}, true
	case DynamoDBTable:
		return Reading{Service: "dynamodb", Actions: []string{"dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:PartiQLSelect",
			"dynamodb:ExportTableToPointInTime"}, Decrypts: "dynamodb"}, true
	case SQSQueue:
		return Reading{Service: "sqs", Actions: []string{"sqs:ReceiveMessage"}, Decrypts: "sqs"}, true
	case SNSTopic:
		return Reading{Service: "sns", Actions: []string{"sns:Subscribe"}}, true
	case KinesisStream:
		return Reading{Service: "kinesis", Actions: []string{"kinesis:GetRecords"}, Decrypts: "kinesis"}, true
	case Secret:
		return Reading{Service: "secretsmanager", Actions: []string{"secretsmanager:GetSecretValue"}, Decrypts: "secretsmanager"}, true
	case SSMParameter:
		return Reading{Service: "ssm", Actions: []string{"ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath", "ssm:GetParameterHistory"}, Decrypts: "ssm", Unruled: true}, true
	case LogGroup:
		return Reading{Service: "logs", Actions: []string{"logs:GetLogEvents", "logs:FilterLogEvents", "logs:StartQuery"}, Inside: ":*", Unruled: true}, true
	}
	return Reading{}, false
}

// ReadActions are all actions by which data is read.
func ReadActions() []string {
	out := []string{Decrypt}
	for _, k := range All() {
		r, _ := ReadBy(k.Kind)
		out = append(out, r.Actions...)
	}
	slices.Sort(out)
	return out
}

// ARN is the store's own among the names that it bears.
func (r Reading) ARN(a *probity.Asset) (string, bool) {
	for _, n := range append([]string{a.ID}, a.Aliases...) {
		if parts := strings.SplitN(n, ":", 6); len(parts) == 6 && parts[0] == "arn" && parts[2] == r.Service {
			return strings.TrimSuffix(n, ":*"), true
		}
	}
	if a.Kind == S3Bucket && a.Name != "" {
		return "arn:aws:s3:::" + a.Name, true
	}
	return "", false
}
