// Package dashboard shows a history to people and programs: pages, and the operations of the HTTP API that they are made from.
package dashboard
