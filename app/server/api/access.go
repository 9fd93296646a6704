package api

import (
	"context"
	"time"

	"ris/app/access"
	"ris/app/council"
	"ris/app/server/httpkit"
	"ris/auth/policy"
	"ris/web/locales"
)

type accessPut struct {
	ByID
	Writing
	Body AccessSettings
}

type deputyWrite struct {
	ByID
	Writing
	Body DeputyInput
}

// unseenSentences are the reasons why something cannot be seen; all of them are always said.
const unseenSentences = 5

func (s *surface) accessRoutes() {
	for _, x := range []struct {
		path, id string
		kind     access.Kind
	}{{"/meetings", "showMeetingAccess", access.Meeting}, {"/agenda-items", "showAgendaItemAccess", access.AgendaItem}, {"/papers", "showPaperAccess", access.Paper}, {"/files", "showFileAccess", access.File}} {
		read(s, op("GET", x.path+"/{id}/access", x.id, "For the clerk: who may see this at the moment, and why", "access"),
			func(ctx context.Context, v policy.Viewer, in *ByID) (*Plain[AccessReport], error) {
				r, err := s.Access.Readers(ctx, v, x.kind, in.id())
				if err != nil {
					return nil, err
				}
				return &Plain[AccessReport]{accessReport(r, callOf(ctx).lang, s.zone())}, nil
			})
	}
	read(s, op("GET", "/unseen", "showUnseen", "Why something cannot be seen: the possible reasons, the same for everything, and whom to ask", "access"),
		func(ctx context.Context, v policy.Viewer, _ *struct{}) (*Plain[Unseen], error) {
			contacts, err := s.Access.Unseen(ctx, v)
			lang := callOf(ctx).lang
			out := Unseen{Title: locales.T(lang, "access.unseen.title"), Contacts: []UnseenContact{}}
			for n := range unseenSentences {
				out.Sentences = append(out.Sentences, locales.T(lang, "access.unseen."+string(rune('1'+n))))
			}
			for _, c := range contacts {
				out.Contacts = append(out.Contacts, UnseenContact(c))
			}
			return &Plain[Unseen]{out}, err
		})
	read(s, op("GET", "/bodies/{id}/access", "showAccessRules", "For the clerk: what the Body has decided about its readers, and its standing deputies", "access"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Show[AccessRules], error) {
			r, err := s.Access.Rules(ctx, v, in.id())
			return &Show[AccessRules]{httpkit.ETag(r.Revision), accessRules(r)}, err
		})
	write(s, op("PUT", "/bodies/{id}/access", "changeAccessRules", "Change it; it counts in everybody's next request", "access"),
		func(ctx context.Context, v policy.Viewer, in *accessPut) (*Answer[AccessRules], error) {
			revision, err := in.asked(true)
			if err != nil {
				if _, hidden := s.Access.Rules(ctx, v, in.id()); hidden != nil {
					return nil, hidden
				}
				return nil, err
			}
			b := in.Body
			r, err := s.Access.Change(ctx, v, in.id(), revision, council.AccessSettings{ConflictMode: council.ConflictMode(b.ConflictMode), DeputiesRead: b.DeputiesRead,
				NewcomersReadOlder: b.NewcomersReadOlder, FormerDays: b.FormerDays, MayorReads: b.MayorReads, GroupOfficesRead: b.GroupOfficesRead})
			if err != nil {
				return nil, err
			}
			return &Answer[AccessRules]{Status: 200, ETag: httpkit.ETag(r.Revision), Body: accessRules(r)}, nil
		})
	s.deputyRoutes()
}

func (s *surface) deputyRoutes() {
	appoint := op("POST", "/bodies/{id}/deputies", "appointDeputy", "Make somebody a standing deputy of a committee", "access")
	appoint.DefaultStatus = 201
	write(s, appoint, func(ctx context.Context, v policy.Viewer, in *deputyWrite) (*Answer[Deputy], error) {
		d := council.Deputy{Body: in.id(), Organization: in.Body.Organization, Person: in.Body.Person}
		var err error
		for _, x := range []struct {
			text string
			to   *time.Time
		}{{in.Body.Start, &d.Start}, {in.Body.End, &d.End}} {
			if x.text == "" {
				continue
			}
			if *x.to, err = time.Parse(time.DateOnly, x.text); err != nil {
				return nil, council.E(council.Invalid, "access.error.days")
			}
		}
		if d, err = s.Access.AppointDeputy(ctx, v, d); err != nil {
			return nil, err
		}
		return &Answer[Deputy]{Status: 201, ETag: httpkit.ETag(d.Revision), Body: deputy(d)}, nil
	})
	erase(s, op("DELETE", "/bodies/{id}/deputies/{deputy}", "endDeputy", "Take the appointment back", "access"),
		func(ctx context.Context, v policy.Viewer, in *struct {
			ByID
			Deputy string `path:"deputy"`
			Writing
		}) error {
			revision, err := in.asked(true)
			if err != nil {
				if _, hidden := s.Access.Rules(ctx, v, in.id()); hidden != nil {
					return hidden
				}
				return err
			}
			return s.Access.EndDeputy(ctx, v, in.id(), council.ID(in.Deputy), revision)
		})
}

// zone is the town's.
func (s *surface) zone() *time.Location {
	if s.Access == nil || s.Access.Zone == nil {
		return time.UTC
	}
	return s.Access.Zone
}
