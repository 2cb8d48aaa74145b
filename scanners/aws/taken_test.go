package aws_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/scanners/aws"
	"github.com/probity-scan/probity/scanners/aws/awstest"
)

// ofRuleThatIsOff is recorded so that asking for it would show.
const ofRuleThatIsOff = "EventBridge.ListTargetsByRule was"

// taken holds recorded answers against what the kit makes of them: a member that it does not know would be tested by nobody.
type taken struct {
	mu      sync.Mutex
	answers map[string]bool // bodies that something asked for
	lost    map[string]bool
}

func (k *taken) by(t *testing.T, target string) func(aws.Options) *aws.Scanner {
	return func(o aws.Options) *aws.Scanner {
		s := aws.New(o)
		if err := s.Watch(t.Context(), target, awstest.Account, k.see); err != nil {
			t.Fatal(err)
		}
		return s
	}
}

func (k *taken) see(called string, body []byte, out any) {
	lost := untaken(body, out)
	k.mu.Lock()
	defer k.mu.Unlock()
	k.answers[string(bytes.TrimSpace(body))] = true
	for _, l := range lost {
		k.lost[called+": "+l] = true
	}
}

// check: every recorded answer was asked for, and all of it was taken.
func (k *taken) check(t *testing.T, archive *txtar.Archive) {
	t.Helper()
	for _, l := range slices.Sorted(maps.Keys(k.lost)) {
		t.Errorf("the kit takes no notice of %s", l)
	}
	for _, f := range archive.Files {
		called, _, _ := strings.Cut(f.Name, " ")
		if text := string(bytes.TrimSpace(f.Data)); strings.Contains(called, ".") && !strings.HasPrefix(text, "error ") && !k.answers[text] && f.Name != ofRuleThatIsOff {
			t.Errorf("nothing asks for %s", f.Name)
		}
	}
}

// untaken are the values of a body that are not in the answer that the kit made of it. Their names differ, as XML has others.
func untaken(body []byte, out any) []string {
	have := map[string]int{}
	gives(reflect.ValueOf(out), func(v string) { have[v]++ })
	if have[written(string(body))] > 0 { // the body as a whole is a member: a bucket's policy
		return nil
	}
	var lost []string
	tells(body, func(at, v string) {
		if have[v]--; have[v] < 0 {
			lost = append(lost, at+" "+v)
		}
	})
	return lost
}

// gives are the values of an answer of the kit.
func gives(v reflect.Value, see func(string)) {
	switch x := v; x.Kind() {
	case reflect.Pointer, reflect.Interface:
		if d, ok := x.Interface().(interface{ MarshalSmithyDocument() ([]byte, error) }); ok {
			if text, err := d.MarshalSmithyDocument(); err == nil {
				tells(text, func(_, v string) { see(v) })
			}
			return
		}
		if !x.IsNil() {
			gives(x.Elem(), see)
		}
	case reflect.Struct:
		if at, ok := x.Interface().(time.Time); ok {
			see(number(float64(at.UnixMilli()) / 1000))
			return
		}
		for i := range x.NumField() {
			if f := x.Type().Field(i); f.IsExported() && f.Name != "ResultMetadata" {
				gives(x.Field(i), see)
			}
		}
	case reflect.Map:
		for _, k := range x.MapKeys() {
			see(written(k.String()))
			gives(x.MapIndex(k), see)
		}
	case reflect.Slice:
		if b, ok := x.Interface().([]byte); ok {
			see(base64.StdEncoding.EncodeToString(b))
			return
		}
		if !x.IsNil() && x.Len() == 0 {
			see("[]")
		}
		for i := range x.Len() {
			gives(x.Index(i), see)
		}
	case reflect.String:
		see(written(x.String()))
	case reflect.Bool, reflect.Int32, reflect.Int64, reflect.Float32, reflect.Float64:
		see(written(fmt.Sprint(x.Interface())))
	}
}

// tells are the values of a body, and where each stands.
func tells(body []byte, see func(at, v string)) {
	body = bytes.TrimSpace(body)
	if bytes.HasPrefix(body, []byte("<")) {
		tellsXML(xml.NewDecoder(bytes.NewReader(body)), see)
		return
	}
	var all any
	if json.Unmarshal(body, &all) == nil {
		tellsJSON("", all, see)
	}
}

func tellsJSON(at string, v any, see func(at, v string)) {
	switch v := v.(type) {
	case map[string]any:
		for k, x := range v {
			tellsJSON(at+"."+k, x, see)
		}
	case []any:
		if len(v) == 0 {
			see(at, "[]")
		}
		for _, x := range v {
			tellsJSON(at, x, see)
		}
	case float64:
		see(at, number(v))
	case bool:
		see(at, strconv.FormatBool(v))
	case string:
		see(at, written(v))
	}
}

func tellsXML(d *xml.Decoder, see func(at, v string)) {
	var at []string
	text := ""
	for {
		token, err := d.Token()
		if err != nil { // the end, or what the kit could not read either
			return
		}
		switch x := token.(type) {
		case xml.StartElement:
			at, text = append(at, x.Name.Local), ""
		case xml.CharData:
			text += string(x)
		case xml.EndElement:
			if v := written(text); v != "" && !strings.EqualFold(at[len(at)-1], "RequestId") {
				see("."+strings.Join(at, "."), v)
			}
			at, text = at[:len(at)-1], ""
		}
		if err != nil {
			see("", err.Error())
			return
		}
	}
}

// written is a value however it is written: as a number, a time or a text.
func written(v string) string {
	v = strings.TrimSpace(v)
	if n, err := strconv.ParseFloat(v, 64); err == nil {
		return number(n)
	}
	if at, err := time.Parse(time.RFC3339, v); err == nil {
		return number(float64(at.UnixMilli()) / 1000)
	}
	return v
}

func number(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// TestTaken: a recorded member that the kit does not know is found, of JSON, of XML, and with an empty value.
func TestTaken(t *testing.T) {
	for name, c := range map[string]struct{ service, called, body, want string }{
		"JSON":       {"dax", "DAX.DescribeClusters", `{"Clusters": [{"ClusterName": "near", "Staus": "available"}]}`, "DAX.DescribeClusters: .Clusters.Staus available"},
		"empty list": {"dax", "DAX.DescribeClusters", `{"Clusters": [{"ClusterName": "near", "Node": []}]}`, "DAX.DescribeClusters: .Clusters.Node []"},
		"XML": {"ebs", "EC2.DescribeVolumes", "<DescribeVolumesResponse><volumeSet><item><volumeId>vol-1</volumeId><encrypt>true</encrypt></item></volumeSet></DescribeVolumesResponse>",
			"EC2.DescribeVolumes: .DescribeVolumesResponse.volumeSet.item.encrypt true"},
	} {
		t.Run(name, func(t *testing.T) {
			archive := &txtar.Archive{Files: []txtar.File{{Name: c.called, Data: []byte(c.body)}}}
			target := "aws:region=" + awstest.Region + ",services=" + c.service + ",endpoint=" + awstest.Recorded(t, archive)
			k := &taken{answers: map[string]bool{}, lost: map[string]bool{}}
			awstest.ScanBy(t, k.by(t, target), []string{target}, probity.Asks{}, aws.Options{Pause: time.Second / 10})
			if got := slices.Sorted(maps.Keys(k.lost)); !slices.Equal(got, []string{c.want}) || !k.answers[c.body] {
				t.Errorf("got %v, want %s", got, c.want)
			}
		})
	}
}
