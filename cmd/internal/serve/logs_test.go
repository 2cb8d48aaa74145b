package serve

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/riverqueue/river/rivertype"
	"github.com/sirupsen/logrus"
)

// TestUnaddressed: no log tells where a database is that is not reached.
func TestUnaddressed(t *testing.T) {
	t.Parallel()
	_, err := pgconn.Connect(t.Context(), "postgres://kanari7@127.0.0.1:1/kanari8?sslmode=disable")
	if err == nil || !strings.Contains(err.Error(), "kanari7") {
		t.Fatalf("the driver says %v: nothing is to be hidden", err)
	}
	var out bytes.Buffer
	log := logrus.New()
	log.SetOutput(&out)
	slog.New(relay{log}).Error("fetching jobs", "err", fmt.Errorf("once more: %w", err).Error())
	told{log}.HandleError(t.Context(), &rivertype.JobRow{Kind: "probity_unit"}, errors.Join(err))
	if s := out.String(); strings.Contains(s, "kanari") || strings.Contains(s, "127.0.0.1") || strings.Count(s, "the database is not reached") != 2 || !strings.Contains(s, "once more: ") {
		t.Errorf("got %s", s)
	}
}
