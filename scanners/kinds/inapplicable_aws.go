package kinds

import probity "github.com/probity-scan/probity"

// inapplicableAWS is [Inapplicable] for stores of AWS that have neither a network nor a policy of their own.
func inapplicableAWS(a *probity.Asset) bool {
	switch a.Kind {
	case KinesisStream:
		unnetworked(a)
	case KinesisVideoStream, FirehoseStream:
		unnetworked(a)
		unruled(a, "it has no policy of its own")
	case SSMParameter:
		unruled(a, "a parameter has no policy of its own")
	case LogGroup:
		unruled(a, "the policies of its region tell")
	case CloudTrail:
		unruled(a, "its bucket tells")
		a.Retention.Rules = a.Retention.Rules.Or(neverAny[probity.Expiry]("its bucket keeps the files"))
	default:
		return false
	}
	return true
}

// unnetworked: it is reached through the provider's own addresses alone.
func unnetworked(a *probity.Asset) {
	const why = "it is in no network of the customer's"
	a.Exposure.Networks = a.Exposure.Networks.Or(neverAny[probity.Opening](why))
	a.Exposure.Declared.Addressed = a.Exposure.Declared.Addressed.Or(never[bool](why))
	a.Exposure.Declared.Guards = a.Exposure.Declared.Guards.Or(neverAny[probity.Ref](why))
}

// unruled: no policy lets others in to this one alone.
func unruled(a *probity.Asset, why string) {
	a.Exposure.Public = a.Exposure.Public.Or(never[bool](why))
	a.Exposure.Outside = a.Exposure.Outside.Or(neverAny[probity.Grant](why))
}
