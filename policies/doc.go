// Package policies judges assets by rules: it loads them, strictly, shows them an asset as they see it, and turns verdicts
// into outcomes with evidence and risk. OPA is known here and below only.
package policies
