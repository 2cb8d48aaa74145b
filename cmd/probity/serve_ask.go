package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/probity-scan/probity/cmd/internal/config"
	"github.com/probity-scan/probity/cmd/internal/serve"
	"github.com/probity-scan/probity/reports/dashboard"
)

func serveRunCommand(f *serveFlags, stdout io.Writer) *cobra.Command {
	return &cobra.Command{
		Use:   "run SCHEDULE",
		Short: "Ask the running server for a scan of a schedule now",
		Args:  one("a schedule, as in: probity serve run nightly --config probity.yaml"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := f.read()
			if err != nil {
				return err
			}
			if _, err := askServer(cmd.Context(), s, http.MethodPost, "/api/v1/schedules/"+args[0]+"/run"); err != nil {
				return err
			}
			fmt.Fprintln(stdout, "asked: probity serve status tells how far it is")
			return nil
		},
	}
}

func serveStatusCommand(f *serveFlags, stdout io.Writer) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "status",
		Short: "Tell how the schedules of the running server stand",
		Args:  unnamed,
		RunE: func(cmd *cobra.Command, _ []string) error {
			s, err := f.read()
			if err != nil {
				return err
			}
			b, err := askServer(cmd.Context(), s, http.MethodGet, "/api/v1/status")
			if err != nil {
				return err
			}
			if asJSON {
				_, err := stdout.Write(b)
				return err
			}
			var st dashboard.Status
			if err := json.Unmarshal(b, &st); err != nil {
				return errors.New("the server's answer is none of ours: is another program on its address?")
			}
			tellStatus(stdout, st)
			return nil
		},
	}
	c.Flags().BoolVar(&asJSON, "json", false, "write JSON")
	return c
}

// tellStatus writes a block for each schedule.
func tellStatus(w io.Writer, st dashboard.Status) {
	at := func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04") + " UTC" }
	for _, x := range st.Schedules {
		fmt.Fprintln(w, printable(x.Name))
		switch {
		case x.Running != nil:
			fmt.Fprintf(w, "  runs     since %s, %d units left\n", at(x.Running.Started), x.Waiting)
		case x.Last == nil:
			fmt.Fprintln(w, "  last     never")
		}
		if r := x.Last; r != nil {
			fmt.Fprintf(w, "  last     %s, %s", at(r.Started), r.State)
			if r.Why != "" {
				fmt.Fprintf(w, ": %s", printable(r.Why))
			} else {
				fmt.Fprintf(w, ": %d assets, %d findings", r.Assets, r.Findings)
			}
			fmt.Fprintln(w)
		}
		if x.Next.IsZero() {
			fmt.Fprintln(w, "  next     when somebody asks")
		} else {
			fmt.Fprintf(w, "  next     %s\n", at(x.Next))
		}
	}
}

// certified is the certificate of the pages; none where none is named.
func certified(t config.TLS) (own tls.Certificate, err error) {
	if t.Cert == "" {
		return own, nil
	}
	own, err = tls.LoadX509KeyPair(t.Cert, t.Key)
	var missing *fs.PathError
	switch {
	case errors.As(err, &missing):
		return own, errors.New("serve.tls: " + brief(err))
	case err != nil:
		return own, errors.New("serve.tls: cert and key do not belong together, or are no PEM")
	}
	return own, nil
}

// clientOf reaches this machine's server: by no proxy, which would see the token, and trusting its own certificate alone.
func clientOf(s config.Serve) (*http.Client, error) {
	t := &http.Transport{DisableKeepAlives: true}
	if s.TLS.Cert != "" {
		pem, err := os.ReadFile(s.TLS.Cert)
		if err != nil {
			return nil, errors.New("serve.tls: " + brief(err))
		}
		own, err := certified(s.TLS)
		if err != nil {
			return nil, err
		}
		t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: x509.NewCertPool()}
		t.TLSClientConfig.RootCAs.AppendCertsFromPEM(pem)
		if names := own.Leaf.DNSNames; len(names) > 0 {
			t.TLSClientConfig.ServerName = strings.Replace(names[0], "*", "probity", 1)
		}
	}
	return &http.Client{Timeout: 30 * time.Second, Transport: t}, nil
}

// askServer asks the server of a configuration, with the token of its data folder.
func askServer(ctx context.Context, s config.Serve, method, path string) ([]byte, error) {
	token, err := tokenOf(s, false)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Data, err)
	}
	address, err := serve.Told(s.Data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Data, err)
	}
	scheme := "http://"
	if s.TLS.Cert != "" {
		scheme = "https://"
	}
	req, err := http.NewRequestWithContext(ctx, method, scheme+address+path, http.NoBody)
	if err != nil {
		return nil, fmt.Errorf("asking the server: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	client, err := clientOf(s)
	if err != nil {
		return nil, err
	}
	res, err := client.Do(req)
	var untrusted *tls.CertificateVerificationError
	if errors.As(err, &untrusted) {
		return nil, fmt.Errorf("what answers at %s does not show the certificate of serve.tls", address)
	}
	if err != nil {
		return nil, fmt.Errorf("no server answers at %s: start it by probity serve --config FILE", address)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 16<<20))
	if err != nil {
		return nil, fmt.Errorf("asking the server: %w", err)
	}
	if res.StatusCode >= http.StatusBadRequest {
		var problem struct{ Detail string } // RFC 9457
		said := strings.TrimSpace(string(b))
		if json.Unmarshal(b, &problem) == nil && problem.Detail != "" {
			said = problem.Detail
		}
		return nil, fmt.Errorf("the server says: %.200s", printable(said))
	}
	return b, nil
}
