package kinds

import probity "github.com/probity-scan/probity"

// The kinds of Amazon DynamoDB.
const (
	DynamoDBTable  probity.Kind = "aws.dynamodb.table"
	DynamoDBBackup probity.Kind = "aws.dynamodb.backup" // made on demand, or as a table was deleted
)

// DynamoDB is what only a table has.
type DynamoDB struct {
	TTL    probity.Fact[probity.Optional[string]] `json:"ttl,omitzero"`    // the attribute that holds an item's end
	Stream probity.Fact[bool]                     `json:"stream,omitzero"` // changes go to a stream
}

// DynamoDBAtRest is encryption that cannot be turned off.
func DynamoDBAtRest() probity.Fact[bool] {
	return byDefault(true, "DynamoDB encrypts every table since 2018-11-15")
}

// DynamoDBManager is who holds the key of a table that names none.
func DynamoDBManager() probity.Fact[probity.KeyManager] {
	return byDefault(probity.ProviderOwned, "DynamoDB uses a key of its own since 2018-11-15")
}

// DynamoDBKey is no key of the customer's.
func DynamoDBKey() probity.Fact[probity.Optional[string]] {
	return none[string]("DynamoDB uses a key of its own since 2018-11-15")
}

// DynamoDBOff is a switch that is off unless told.
func DynamoDBOff(what string) probity.Fact[bool] {
	return byDefault(false, "DynamoDB has no "+what+" unless told")
}

// DynamoDBTTL is no attribute.
func DynamoDBTTL() probity.Fact[probity.Optional[string]] {
	return none[string]("DynamoDB expires no items unless told")
}
