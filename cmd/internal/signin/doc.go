// Package signin makes sure of who asks: programs by bearer tokens, people by a token or a provider of OpenID Connect, after which
// a session in the database knows them. What is behind it gets requests of viewers alone.
package signin
