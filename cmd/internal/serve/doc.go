// Package serve runs scans by themselves: ticks of schedules, units of scans and their ends are jobs in the database that holds the
// history. What a unit found and the end of its job are one transaction, so that a process that dies loses no finished unit, and a
// scan is shown whole or not at all.
package serve
