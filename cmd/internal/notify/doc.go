// Package notify sends messages to those who are told of scans that run by themselves: to the one address that the configuration
// names, by TLS unless it is told otherwise, and following nobody elsewhere.
package notify
