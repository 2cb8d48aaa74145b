package privacy

import (
	"slices"
	"strings"
	"time"

	"github.com/probity-scan/probity/reports/language"
)

// Regime is a law under which a breach has to be told, as of a day. Counsel decides which hold.
type Regime struct {
	ID     string   `json:"id"`
	Law    string   `json:"law"`
	AsOf   string   `json:"as_of"`
	From   string   `json:"in_force"` // the day from which the duty holds
	Notes  []string `json:"-"`
	duties []duty
}

// duty is somebody to tell, within a time of becoming aware.
type duty struct {
	role string // controller, processor; empty: either
	whom string
	text string
	within
}

// within is the time from becoming aware; all zero: no time is named, or it counts from something else.
type within struct {
	hours    int
	days     int
	business int // days other than Saturday and Sunday; holidays are not known here
	yearEnd  int // days after the end of the year
}

// Deadline is a duty with its moment.
type Deadline struct {
	Regime string        `json:"regime"`
	Whom   string        `json:"whom"`
	Within string        `json:"within"`
	As     string        `json:"as,omitempty"`   // in which role, where more than one is possible
	Until  time.Time     `json:"until,omitzero"` // zero: without undue delay, or nobody said when one became aware
	Over   bool          `json:"over"`
	Left   time.Duration `json:"-"`
}

// Regimes are those that are known here. Each was held against a public text of the law, or of what regulators and law firms say of it,
// on 2026-11-29.
func Regimes() []Regime {
	return []Regime{
		{"gdpr", language.Key("Regulation (EU) 2016/679, Art. 33 and 34"), "2026-01-01", "2018-05-25", []string{
			language.Key("Whoever tells later than 72 hours says why (Art. 33(1)); what is not known yet follows in phases (Art. 33(4)). Each breach is documented, told or not (Art. 33(5))."),
			language.Key("Hours are counted without a break. Regulation (EEC, Euratom) 1182/71 may let a period end later that ends on a weekend or holiday: rest on it only after asking.")}, []duty{
			{"controller", language.Key("supervisory authority"), language.Key("72 hours after becoming aware, unless a risk is unlikely (Art. 33(1))"), within{hours: 72}},
			{"controller", language.Key("the people concerned"), language.Key("without undue delay, where the risk is likely to be high (Art. 34(1))"), within{}},
			{"processor", language.Key("controller"), language.Key("without undue delay after becoming aware (Art. 33(2))"), within{}}}},
		{"uk-gdpr", language.Key("UK GDPR, Art. 33 and 34"), "2026-01-01", "2018-05-25", []string{
			language.Key("Whoever tells later than 72 hours says why (Art. 33(1)); what is not known yet follows in phases (Art. 33(4)). Each breach is documented, told or not (Art. 33(5)).")}, []duty{
			{"controller", language.Key("Information Commissioner"), language.Key("72 hours after becoming aware, unless a risk is unlikely (Art. 33(1))"), within{hours: 72}},
			{"controller", language.Key("the people concerned"), language.Key("without undue delay, where the risk is likely to be high (Art. 34(1))"), within{}},
			{"processor", language.Key("controller"), language.Key("without undue delay after becoming aware (Art. 33(2))"), within{}}}},
		{"ch-fadp", language.Key("Swiss Federal Act on Data Protection, Art. 24"), "2023-09-01", "2023-09-01", nil, []duty{
			{"controller", language.Key("Federal Data Protection and Information Commissioner (FDPIC)"), language.Key("as quickly as possible, where the risk is likely to be high (Art. 24(1))"), within{}},
			{"controller", language.Key("the people concerned"), language.Key("where it is needed for their protection, or the FDPIC asks for it (Art. 24(4))"), within{}},
			{"processor", language.Key("controller"), language.Key("as quickly as possible (Art. 24(3))"), within{}}}},
		{"us-hipaa", language.Key("45 CFR 164.404 to 164.410"), "2013-09-23", "2009-09-23", []string{
			language.Key("Sixty days are the most: without unreasonable delay is what the rule asks. It speaks of unsecured protected health information, and a breach counts as discovered on the first day on which it would have been known with reasonable diligence.")}, []duty{
			{"controller", language.Key("the people concerned"), language.Key("60 calendar days after discovery at most (164.404)"), within{days: 60}},
			{"controller", language.Key("prominent media outlets"), language.Key("60 calendar days after discovery at most, where more than 500 residents of a state or jurisdiction are concerned (164.406)"), within{days: 60}},
			{"controller", language.Key("Secretary of HHS"), language.Key("60 calendar days after discovery at most, at the same time as the people, where 500 people or more are concerned (164.408(b))"), within{days: 60}},
			{"controller", language.Key("Secretary of HHS"), language.Key("60 days after the end of the calendar year of discovery, where fewer than 500 people are concerned (164.408(c))"), within{yearEnd: 60}},
			{"processor", language.Key("covered entity"), language.Key("60 calendar days after discovery at most (164.410)"), within{days: 60}}}},
		{"us-ca-breach", language.Key("California Civil Code 1798.82, as amended by SB 446"), "2026-01-01", "2026-01-01", []string{
			language.Key("The law may wait for the needs of law enforcement, and for finding the scope of the breach and making the system whole.")}, []duty{
			{"controller", language.Key("residents of California concerned"), language.Key("30 calendar days after discovery or being told of it (1798.82(a))"), within{days: 30}},
			{"controller", language.Key("Attorney General"), language.Key("15 calendar days after telling more than 500 residents (1798.82(f))"), within{}},
			{"processor", language.Key("owner or licensee of the data"), language.Key("immediately after discovery (1798.82(b))"), within{}}}},
		{"in-dpdp", language.Key("Digital Personal Data Protection Act 2023, s. 8(6); Rules 2025, rule 7"), "2025-11-14", "2027-05-13", []string{
			language.Key("Rule 7 holds 18 months after the rules were published in November 2025. CERT-In asks for reports of its own.")}, []duty{
			{"controller", language.Key("the people concerned"), language.Key("without delay (rule 7(1))"), within{}},
			{"controller", language.Key("Data Protection Board: description"), language.Key("without delay (rule 7(2)(a))"), within{}},
			{"controller", language.Key("Data Protection Board: details"), language.Key("72 hours after becoming aware, or longer where the Board allows it (rule 7(2)(b))"), within{hours: 72}}}},
		{"br-lgpd", language.Key("Lei 13.709/2018, Art. 48; Resolution CD/ANPD 15/2024"), "2024-04-26", "2024-04-26", []string{
			language.Key("Agents of small size have twice as long. What is told may be completed within 20 working days.")}, []duty{
			{"controller", language.Key("ANPD and the people concerned"), language.Key("3 working days after knowing that personal data is concerned, where it may bring relevant risk or harm"), within{business: 3}}}},
		{"kr-pipa", language.Key("Personal Information Protection Act, Art. 34; Enforcement Decree, Art. 39 and 40"), "2023-09-15", "2023-09-15", []string{
			language.Key("An amendment of 2026 asks to tell of the possibility of a breach already, and of remedies: look up whether it is in force.")}, []duty{
			{"controller", language.Key("the people concerned"), language.Key("72 hours after becoming aware (Decree, Art. 39)"), within{hours: 72}},
			{"controller", language.Key("PIPC or KISA"), language.Key("72 hours after becoming aware, where 1,000 people or more, sensitive or unique identification data, or access from outside are concerned (Decree, Art. 40)"), within{hours: 72}}}},
		{"eu-nis2", language.Key("Directive (EU) 2022/2555, Art. 23(4), in national law"), "2024-10-18", "2024-10-18", []string{
			language.Key("Only for incidents that are significant (Art. 23(3)). Trust service providers notify within 24 hours; national law may differ.")}, []duty{
			{"", language.Key("CSIRT or competent authority: early warning"), language.Key("24 hours after becoming aware of a significant incident"), within{hours: 24}},
			{"", language.Key("CSIRT or competent authority: notification"), language.Key("72 hours after becoming aware"), within{hours: 72}},
			{"", language.Key("CSIRT or competent authority: final report"), language.Key("one month after the notification; while the incident lasts a progress report, and the final one a month after it was handled"), within{}},
			{"", language.Key("recipients of the services"), language.Key("without undue delay, where it is likely to affect the services (Art. 23(1))"), within{}}}},
		{"eu-dora", language.Key("Regulation (EU) 2022/2554, Art. 19; Delegated Regulation (EU) 2025/301, Art. 5"), "2025-03-12", "2025-01-17", []string{
			language.Key("Only for incidents that are classified as major. What is classified later than 24 hours after awareness is told within 4 hours of that. Some entities may tell by noon of the next working day what would end on a weekend or holiday.")}, []duty{
			{"", language.Key("competent authority: initial notification"), language.Key("4 hours after classifying the incident as major, and 24 hours after becoming aware at most"), within{hours: 24}},
			{"", language.Key("competent authority: intermediate report"), language.Key("72 hours after the initial notification, and once activities are regular again"), within{}},
			{"", language.Key("competent authority: final report"), language.Key("one month after the intermediate report, or the latest update of it"), within{}},
			{"", language.Key("clients"), language.Key("without undue delay, where their financial interests are concerned (Art. 19(3))"), within{}}}},
	}
}

// deadlines are those of a regime for roles. A joint controller has those of a controller; no role: all.
func deadlines(r Regime, roles []string, in Incident, now time.Time) []Deadline {
	var out []Deadline
	for _, d := range r.duties {
		if d.role != "" && len(roles) > 0 && !slices.Contains(roles, d.role) && (d.role != "controller" || !slices.Contains(roles, "joint")) {
			continue
		}
		x := Deadline{Regime: r.ID, Whom: d.whom, Within: d.text}
		if len(roles) != 1 {
			x.As = d.role
		}
		if !in.Aware.IsZero() && d.within != (within{}) {
			x.Until = d.after(in.Aware, in.Holidays)
			x.Left, x.Over = x.Until.Sub(now), now.After(x.Until)
		}
		out = append(out, x)
	}
	return out
}

// after is the end of the time, in the zone of awareness. Hours run through weekends and changes of the clock; days end with the day as
// the zone counts it.
func (d within) after(aware time.Time, holidays []string) time.Time {
	if d.hours > 0 {
		return aware.Add(time.Duration(d.hours) * time.Hour)
	}
	t := time.Date(aware.Year(), aware.Month(), aware.Day(), 12, 0, 0, 0, aware.Location()) // noon is there on each day
	if d.yearEnd > 0 {
		t = time.Date(t.Year(), time.December, 31, 12, 0, 0, 0, t.Location()).AddDate(0, 0, d.yearEnd)
	}
	t = t.AddDate(0, 0, d.days)
	for n := d.business; n > 0; {
		if t = t.AddDate(0, 0, 1); t.Weekday() != time.Saturday && t.Weekday() != time.Sunday && !slices.Contains(holidays, t.Format(time.DateOnly)) {
			n--
		}
	}
	return time.Date(t.Year(), t.Month(), t.Day(), 23, 59, 59, 0, t.Location())
}

// days reports whether the regime counts days, which end with the zone's.
func (r Regime) days() bool {
	return slices.ContainsFunc(r.duties, func(d duty) bool { return d.days+d.business+d.yearEnd > 0 })
}

// working reports whether it counts working days.
func (r Regime) working() bool {
	return slices.ContainsFunc(r.duties, func(d duty) bool { return d.business > 0 })
}

// words are the moment and how far away it is.
func (d Deadline) words(in *language.Language) string {
	if d.Until.IsZero() {
		return in.Say("no fixed time")
	}
	span, n := d.Left.Abs(), 0
	if span > 96*time.Hour {
		n = int(span.Hours() / 24)
		if d.Over {
			return moment(in, d.Until) + " (" + in.Say("over since {n} day|over since {n} days", n) + ")"
		}
		return moment(in, d.Until) + " (" + in.Say("{n} day left|{n} days left", n) + ")"
	}
	n = int(span.Hours())
	if d.Over {
		return moment(in, d.Until) + " (" + in.Say("over since {n} hour|over since {n} hours", n) + ")"
	}
	return moment(in, d.Until) + " (" + in.Say("{n} hour left|{n} hours left", n) + ")"
}

// FindRegime gives a regime by its ID.
func FindRegime(id string) (Regime, bool) {
	all := Regimes()
	i := slices.IndexFunc(all, func(r Regime) bool { return strings.EqualFold(r.ID, id) })
	if i < 0 {
		return Regime{}, false
	}
	return all[i], true
}
