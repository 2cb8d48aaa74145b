package kinds

import probity "github.com/probity-scan/probity"

// MQBroker is a broker of Amazon MQ.
const MQBroker probity.Kind = "aws.mq.broker"

// MQ is what only a broker has.
type MQ struct {
	PasswordInCode probity.Fact[bool] `json:"password_in_code,omitzero"` // a user's password is written in the code
	MinorUpgrades  probity.Fact[bool] `json:"minor_upgrades,omitzero"`   // installed by themselves
}

// NewMQ is a broker.
func NewMQ() Fresh[MQ] {
	f := Fresh[MQ]{Own: MQ{MinorUpgrades: off("Terraform lets brokers install no minor versions unless told")}}
	f.Encryption = held(true, probity.ProviderOwned, "Amazon MQ encrypts every broker, with a key of its own unless told")
	f.Encryption.InTransit = on("Amazon MQ refuses clear connections")
	f.Exposure.Declared.Addressed = off("a broker has no public address unless told")
	f.Exposure.Declared.Policy = none[string]("a broker has no policy")
	f.Resilience.MultiZone = off("a broker is in one zone unless told")
	f.Audit.Exports = noneListed[string]("Amazon MQ publishes no logs unless told")
	return f
}
