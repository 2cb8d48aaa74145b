// Package probity is the vocabulary: what scanners find, what policies judge, what reports tell.
//
// It imports the standard library only; the trees scanners, policies and reports import it and never each other.
// It has three interfaces: [Scanner] and [Prior], of one method each, and [Leaf], which is all that policies see of a fact.
package probity
