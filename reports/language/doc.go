// Package language says things in the languages of reports. English stands where it is said, and is the key by which the other
// languages are looked up: one file a language, which the program holds. Who adds a file adds a language.
package language
