//go:build !unix

package main

// keepNoCore has nothing to do: the system writes no image of the memory unless somebody tells it to.
func keepNoCore() {}
