// Package news is what people and programs are told of scans that run by themselves: a message, its words in the languages of
// reports, and its forms for mail and chats. Who sends them is cmd/internal/notify.
package news
