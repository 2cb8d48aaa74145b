package probity

import "strings"

// Question is what [Gap.Needs] asks people to declare, with {what} for what it is of: reports know it again by it, and ask it in other
// languages.
type Question string

// What people have to declare.
const (
	AskAccounts        Question = "accounts in probity.yaml: the entity of {what}"
	AskAccountEntity   Question = "entity of account {what}"
	AskAccountCountry  Question = "country of account {what}"
	AskActivities      Question = "activities in probity.yaml"
	AskActivityCountry Question = "country of activity {what}"
	AskActivityDays    Question = "retention_days of activity {what}"
	AskActivityStart   Question = "from which column or event do the days of activity {what} count? retention_from in probity.yaml"
	AskAssessment      Question = "where is the impact assessment of activity {what}? impact_assessment in probity.yaml, or none"
	AskOwner           Question = "who answers for it? owners in probity.yaml, or a tag owner"
	AskPeriodColumn    Question = "which column says when the period of its rows starts? retention_from of the activity in probity.yaml"
	AskScanCountry     Question = "the country that this scan runs in: --country"
	AskParameter       Question = "{what} under parameters"
)

// Values lists the questions.
func (Question) Values() []string {
	var out []string
	for _, q := range questions() {
		out = append(out, string(q))
	}
	return out
}

func questions() []Question {
	return []Question{AskAccounts, AskAccountEntity, AskAccountCountry, AskActivities, AskActivityCountry, AskActivityDays, AskActivityStart, AskAssessment, AskOwner, AskPeriodColumn, AskScanCountry, AskParameter}
}

// Of is the question with what it is of.
func (q Question) Of(what string) string { return strings.Replace(string(q), "{what}", what, 1) }

// QuestionOf finds the question that a gap asks, and what it is of; ok is false for what is none of them.
func QuestionOf(needs string) (q Question, what string, ok bool) {
	return madeOf(questions(), needs)
}
