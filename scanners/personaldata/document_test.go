package personaldata

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// inDocument gives what a file has as detector=text, and checks that spans are in order.
func inDocument(t *testing.T, text string) (got []string) {
	t.Helper()
	last := 0
	err := ready().Fresh().Document("f").Spans(iotest.OneByteReader(strings.NewReader(text)), func(s Span) bool {
		if s.Start < last || s.End > len(text) || s.Start >= s.End {
			t.Errorf("span %d to %d after %d", s.Start, s.End, last)
			return false
		}
		last = s.End
		got = append(got, s.Detector+"="+text[s.Start:s.End])
		return true
	})
	if err != nil {
		t.Error(err)
	}
	return got
}

func TestDocuments(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		text string
		want []string
	}{
		"CSV": {"id;bsn;\"full name\"\n1;111222333;\"Anna de Boer\"\n2;111222334;\"Jan Bakker\"\n", []string{"nl-bsn=111222333", "person-name=Anna de Boer", "person-name=Jan Bakker"}},
		"CSV without a header": {"anna@mail.example.pl,1990-01-01,7\nrob@mail.example.pl,1991-02-02,8\neva@mail.example.pl,1992-03-03,9\n",
			[]string{"email=anna@mail.example.pl", "email=rob@mail.example.pl", "email=eva@mail.example.pl"}},
		"JSON lines": {"{\"pesel\":\"44051401359\",\"n\":44051401359}\n{\"pesel\":44051401359,\"n\":1}\n", []string{"pl-pesel=44051401359", "pl-pesel=44051401359"}},
		"keys of JSON that come again": {strings.Repeat("{\"code_12\":\"a\",\"eva@mail.example.pl\":1,\"pesel_no\":\"44051401359\",\"note_7\":\"bob@mail.example.pl\"}\n", 3) + "{\"code_12\":\"a\",\"rob@mail.example.pl\":1}\n",
			append(slices.Repeat([]string{"email=eva@mail.example.pl", "pl-pesel=44051401359", "email=bob@mail.example.pl"}, 3), "email=rob@mail.example.pl")},
		"SQL": {"INSERT INTO staff (id, dob, `note`) VALUES (1, '1984-03-17', 'none'), (2, '1990-01-02', 'x');\nINSERT INTO orders (id, day) VALUES (1, '1984-03-17');\n",
			[]string{"date-of-birth=1984-03-17", "date-of-birth=1990-01-02"}},
		"SQL without columns": {"CREATE TABLE public.staff (\n    id integer NOT NULL,\n    dob date,\n    \"note\" varchar(20),\n    CONSTRAINT one PRIMARY KEY (id)\n);\nCREATE TABLE IF NOT EXISTS `days` (\n  `id` int,\n  `day` date\n);\n" +
			"INSERT INTO public.staff VALUES (1, '1984-03-17', 'none'), (2, '1990-01-02', 'x');\nINSERT INTO `days` VALUES (1, '1984-03-18');\nINSERT INTO unknown VALUES (1, '1984-03-19');\nINSERT INTO public.staff VALUES (3, '1991-01-02', '');\n",
			[]string{"date-of-birth=1984-03-17", "date-of-birth=1990-01-02", "date-of-birth=1991-01-02"}},
		"SQL with numbers in addresses": {"INSERT INTO firms (id, address, city, state, postal_code, phone) VALUES\n (1, 'Qe 7 Bloco G', 'Brasília', 'DF', '71020-677', '+55 (61) 3363-5547');\n",
			[]string{"postal-address=Qe 7 Bloco G", "postcode=71020-677", "phone-e164=+55 (61) 3363-5547"}},
		"SQL with quotes in quotes": {"INSERT INTO firms (id, address, phone) VALUES (1, '67, avenue de l''Europe', '40.32.21.20');\n", []string{"postal-address=67, avenue de l''Europe", "phone-e164=40.32.21.20"}},
		"COPY": {"--\n-- PostgreSQL database dump\n--\n\nCOPY public.staff (id, dob, \"note\") FROM stdin;\n1\t1984-03-17\tsay \"x\n2\t1990-01-02\t\\N\n\\.\n\n\nCOPY public.orders (id, day) FROM stdin;\n1\t1984-03-17\n\\.\nINSERT INTO staff (id, dob) VALUES (3, '1991-01-02');\nmail a@mail.example.pl\n",
			[]string{"date-of-birth=1984-03-17", "date-of-birth=1990-01-02", "date-of-birth=1991-01-02", "email=a@mail.example.pl"}},
		"COPY without an end": {"COPY staff (dob) FROM stdin;\n1984-03-17", []string{"date-of-birth=1984-03-17"}},
		"COPY of nothing":     {"COPY staff (dob) FROM stdin;\n\\.\nCOPY staff (dob) FROM stdin;\n\\.", nil},
		"no COPY":             {"COPY this (and that) FROM there\ndob=1984-03-17\n", []string{"date-of-birth=1984-03-17"}},
		"key=value":           {"level=info dob=1984-03-17 day=1984-03-18\nborn: 1984-03-19\n", []string{"date-of-birth=1984-03-17", "date-of-birth=1984-03-19"}},
		"names in prose":      {"We met Anna Kowalska and Mr. Stahr of Globex GmbH in Paris.\n", []string{"person-name=Anna Kowalska", "person-name=Mr. Stahr"}},
		"no names":            {"Max Session Duration is set on MS Windows, by Minor changes of 2014 Adrián Calle.\nsrc/basic/MurmurHash2.h, released (2023-03-10)\n", nil},
		"numbers in a list":   {"{\"value\": [\"2147483648\", \"2147483649\", \"4294967295\"]}\n{\"value\": [\"2147483648\", \"1073741823\"]}\n", nil},
		"names before addresses": {"Signed-off-by: Ævar Skjold Zzyzx <ae@mail.example.no>\nQurratulain Bxyz         <qb@mail.example.pl>\nthe team <team@mail.example.pl>\n",
			[]string{"person-name=Ævar Skjold Zzyzx", "email=ae@mail.example.no", "person-name=Qurratulain Bxyz", "email=qb@mail.example.pl", "email=team@mail.example.pl"}},
		"code":          {"password = self.distribution.password\npassword=None\npassword: want: %s\n$PWD:/example\nredis:x:103:106::/var/lib\nudp 224.0.0.1\n", nil},
		"small letters": {"Имя процесс в фигурных скобках\nBruno Haible DISCLAIMS ALL WARRANTIES\n", []string{"person-name=Bruno Haible"}},
		"address in prose": {"He lives at Hauptstr. 12, 10115 Berlin. Call tomorrow.\nShe left 12 High Street, Leeds, for good.\n",
			[]string{"postal-address=Hauptstr. 12, 10115 Berlin", "postal-address=12 High Street, Leeds"}},
		"damaged": {"\xE2\x80\x89\xC2\"a\":{[(INSERT INTO", nil},
		"empty":   {"", nil},
	} {
		if diff := cmp.Diff(tt.want, inDocument(t, tt.text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A file is read in windows; offsets are the file's, and what is at a border is found too.
func TestDocumentsLargerThanAWindow(t *testing.T) {
	t.Parallel()
	for name, line := range map[string]string{"text": "nothing here to see, move on please, nothing at all\n", "one line": "nothing here to see, move on please, nothing at all "} {
		var b bytes.Buffer
		want := 0
		for i := 0; b.Len() < 2*mostAtOnce+mostAtOnce/2; i++ {
			if b.WriteString(line); i%1000 == 0 {
				fmt.Fprintf(&b, "to user%d@mail.example.pl, ", i)
				want++
			}
		}
		got := 0
		err := ready().Fresh().Document("f").Spans(bytes.NewReader(b.Bytes()), func(s Span) bool {
			if !bytes.HasPrefix(b.Bytes()[s.Start:], []byte("user")) || !bytes.HasSuffix(b.Bytes()[:s.End], []byte(".pl")) {
				t.Errorf("%s: span %d to %d is no address", name, s.Start, s.End)
			}
			got++
			return true
		})
		if err != nil || got != want {
			t.Errorf("%s: got %d, %v, want %d", name, got, err, want)
		}
	}
}

func TestDocumentsThatCannotBeRead(t *testing.T) {
	t.Parallel()
	broken := errors.New("broken")
	err := ready().Fresh().Document("f").Spans(iotest.ErrReader(broken), func(Span) bool { return true })
	if !errors.Is(err, broken) {
		t.Errorf("got %v, want the reader's error", err)
	}
}
