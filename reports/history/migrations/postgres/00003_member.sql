-- +goose Up

-- Processes that take units, with the queues that each takes them from.
CREATE TABLE member (
	id     TEXT PRIMARY KEY,
	queues TEXT NOT NULL,
	seen   BIGINT NOT NULL
);
