package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/notify"
	"github.com/probity-scan/probity/reports/dashboard"
	"github.com/probity-scan/probity/reports/history"
	"github.com/probity-scan/probity/reports/news"
)

// sender tells sinks.
func sender(lang string) func(context.Context, config.Sink, news.Message) error {
	o := notify.Options{Secret: referred, Now: time.Now, Tool: "probity/" + versionText(), Lang: lang}
	return func(ctx context.Context, s config.Sink, m news.Message) error { return notify.Send(ctx, s, m, o) }
}

func serveNotifyCommand(f *serveFlags, stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:   "notify SINK",
		Short: "Send a test message to a sink of the configuration",
		Long: `Notify sends one message to a sink of serve.notify, as the server would, and tells what comes of it.
No server needs to run.`,
		Args: one("a sink, as in: probity serve notify ops --config probity.yaml"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.read()
			if err != nil {
				return err
			}
			for _, x := range s.Notify {
				if x.Name != args[0] {
					continue
				}
				now := time.Now().UTC()
				m := news.Message{Format: news.Format, ID: history.DeliveryID("test", x.Name, now.Format(time.RFC3339Nano)), Kind: news.Test, At: now, Link: s.URL}
				if err := sender(f.lang)(cmd.Context(), x, m); err != nil {
					return fmt.Errorf("%s: %w", x.Name, err)
				}
				fmt.Fprintln(stdout, "sent")
				return nil
			}
			return fmt.Errorf("serve.notify has no sink %q", args[0])
		},
	}
}

func serveNotificationsCommand(f *serveFlags, stdout io.Writer) *cobra.Command {
	var asJSON bool
	q := url.Values{}
	var schedule, sink, state string
	c := &cobra.Command{
		Use:   "notifications",
		Short: "Tell what the running server told whom, and what did not arrive",
		Long: `Notifications lists what there was to tell, the newest first: what scans found, and scans that failed or
did not come; with each, the sinks that it went to and how that ended.`,
		Example: `  probity serve notifications --config probity.yaml --state 'given up'
  probity serve notifications retry 3f2a --config probity.yaml`,
		Args: unnamed,
		RunE: func(cmd *cobra.Command, _ []string) error {
			for name, value := range map[string]string{"series": schedule, "sink": sink, "state": state} {
				if value != "" {
					q.Set(name, value)
				}
			}
			s, err := f.read()
			if err != nil {
				return err
			}
			b, err := askServer(cmd.Context(), s, http.MethodGet, "/api/v1/notifications?"+q.Encode())
			if err != nil {
				return err
			}
			if asJSON {
				_, err := stdout.Write(b)
				return err
			}
			var all dashboard.NotificationsPage
			if err := json.Unmarshal(b, &all); err != nil {
				return errors.New("the server's answer is none of ours: is another program on its address?")
			}
			return tellNotifications(stdout, all)
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	c.Flags().StringVar(&schedule, "schedule", "", "those of a schedule")
	c.Flags().StringVar(&sink, "sink", "", "those that a sink is told")
	c.Flags().StringVar(&state, "state", "", "those with a message that is: "+strings.Join(history.DeliveryState("").Values(), ", "))
	_ = c.RegisterFlagCompletionFunc("state", fixed(history.DeliveryState("").Values()...)) // elsewhere it names a folder
	c.AddCommand(&cobra.Command{
		Use:   "retry ID",
		Short: "Send a message again that was given up",
		Args:  one("a message, as in: probity serve notifications retry 3f2a --config probity.yaml"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.read()
			if err != nil {
				return err
			}
			if _, err := askServer(cmd.Context(), s, http.MethodPost, "/api/v1/notifications/"+url.PathEscape(args[0])+"/retry"); err != nil {
				return err
			}
			fmt.Fprintln(stdout, "it is sent again: probity serve notifications tells what comes of it")
			return nil
		},
	})
	return c
}

// tellNotifications writes a line for each notice, and one for each sink below it.
func tellNotifications(out io.Writer, all dashboard.NotificationsPage) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, n := range all.Rows {
		fmt.Fprintf(w, "%s UTC\t%s\t%s\t%s\n", n.At.UTC().Format("2006-01-02 15:04"), printable(n.Series), n.Kind, printable(tallied(n.Tally)))
		for _, d := range n.Deliveries {
			why := ""
			if d.Why != "" && d.State != history.DeliverySent {
				why = ": " + d.Why
			}
			fmt.Fprintf(w, "  %s\t%s\t%s\t%d tries%s\n", d.ID, printable(d.Sink), d.State, d.Tries, printable(why))
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if all.Next != "" {
		fmt.Fprintln(out, "and older ones")
	}
	return nil
}

// tallied is what a notice counts, in words.
func tallied(t history.Tally) string {
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{{t.New, "new"}, {t.Worse, "worse"}, {t.Reopened, "open again"}, {t.Fixed, "fixed"}, {t.Stand, "findings at first"}, {t.Ticks, "ticks"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprint(c.n, " ", c.what))
		}
	}
	if t.First && t.Stand == 0 {
		parts = append(parts, "first scan, no finding")
	}
	others := 0
	for _, n := range t.Others {
		others += n
	}
	if others > 0 {
		parts = append(parts, fmt.Sprint(others, " verdicts for other reasons"))
	}
	if t.Why != "" {
		parts = append(parts, t.Why)
	}
	return strings.Join(parts, ", ")
}
