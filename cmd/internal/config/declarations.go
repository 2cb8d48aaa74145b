package config

import (
	"github.com/probity-scan/probity"
	"github.com/probity-scan/probity/cmd/internal/pipeline"
)

// Declarations are what the file says of stores, in the vocabulary.
func (l Loaded) Declarations() pipeline.Declarations {
	var d pipeline.Declarations
	from := &probity.Origin{File: l.Path}
	for _, a := range l.File.Activities {
		act := probity.Activity{ID: a.ID, Purposes: a.Purposes, Role: a.Role, Entity: a.Entity, Subjects: a.Subjects,
			Recipients: a.Recipients, Countries: a.Countries, Transfer: a.Transfer, Hold: a.LegalHold, Stores: a.Stores}
		act.Country = declared(&a.Country, a.Country != "", probity.AskActivityCountry.Of(a.ID), from)
		act.Days = declared(a.RetentionDays, a.RetentionDays != nil, probity.AskActivityDays.Of(a.ID), from)
		act.StartsAt = declared(&a.RetentionFrom, a.RetentionFrom != "", probity.AskActivityStart.Of(a.ID), from)
		act.Assessment = declared(&a.Assessment, a.Assessment != "", probity.AskAssessment.Of(a.ID), from)
		d.Activities = append(d.Activities, act)
	}
	d.Organisation = l.declaredOrganisation()
	for _, x := range l.File.Labels {
		d.Labels = append(d.Labels, x.reviewed(from))
	}
	for _, o := range l.File.Owners {
		d.Owners = append(d.Owners, pipeline.Owner{Name: o.Owner, Stores: o.Stores, Tags: o.Tags, From: from})
	}
	for _, a := range l.File.Accounts {
		d.Accounts = append(d.Accounts, pipeline.Owned{Account: a.ID,
			Entity:  declared(&a.Entity, a.Entity != "", probity.AskAccountEntity.Of(a.ID), from),
			Country: declared(&a.Country, a.Country != "", probity.AskAccountCountry.Of(a.ID), from)})
	}
	return d
}

// declared is a fact of the file, or the question that it leaves open.
func declared[T any](v *T, said bool, question string, from *probity.Origin) probity.Fact[T] {
	if !said {
		return probity.Missing[T](probity.Gap{Reason: probity.Undeclared, Needs: question}, from)
	}
	return probity.Known(*v, from)
}
