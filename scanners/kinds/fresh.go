package kinds

import probity "github.com/probity-scan/probity"

// Fresh is a store as it is made where nobody says otherwise: each fact that it holds is a default of the provider and
// says so. What depends on more than the kind is left out. All stores of a kind share one, and with it its origins.
type Fresh[S any] struct {
	probity.Asset
	Own S
}

func off(says string) probity.Fact[bool] { return byDefault(false, says) }
func on(says string) probity.Fact[bool]  { return byDefault(true, says) }

func noneListed[T any](says string) probity.List[T] {
	return probity.Whole[T](said(says))
}

// held is encryption at rest by a key that is not the customer's.
func held(at bool, manager probity.KeyManager, says string) probity.Encryption {
	o := said(says)
	return probity.Encryption{AtRest: probity.Known(at, o), Key: probity.Known(probity.Optional[string]{}, o), Manager: probity.Known(manager, o)}
}

// inside is a store that has addresses of its network only.
func inside(says string) probity.Exposure {
	return probity.Exposure{Declared: probity.Declared{Addressed: byDefault(false, says)}}
}
