package api

import (
	"context"
	"net/http"

	"ris/app/directory"
	"ris/auth/policy"
	"ris/auth/sso"
)

// SignInProvider is an OpenID provider with its rules, for those who run the system. Nothing secret is in it.
type SignInProvider struct {
	Name        string       `json:"name" doc:"stands in addresses; empty for an only one"`
	Title       string       `json:"title"`
	Issuer      string       `json:"issuer"`
	GroupsClaim string       `json:"groupsClaim"`
	OnlyGroups  bool         `json:"onlyGroups"`
	Rules       []SignInRule `json:"rules"`
}

// SignInRule gives a group's members a kind of account.
type SignInRule struct {
	Group  string   `json:"group"`
	Kind   string   `json:"kind" enum:"member,clerk,mayor,it,guest"`
	Bodies []string `json:"bodies" doc:"empty = all"`
}

// SignInProviders is the list of them.
type SignInProviders struct {
	Data []SignInProvider `json:"data"`
	Next string           `json:"next"`
}

// SignInTrialAsk is who is asked about.
type SignInTrialAsk struct {
	Provider string `json:"provider" maxLength:"30"`
	Claims   string `json:"claims,omitempty" maxLength:"65536" doc:"claims of an ID token, JSON; nothing of it is stored"`
	Account  string `json:"account,omitempty" maxLength:"320" doc:"e-mail address, in place of the one in the claims"`
}

// SignInTrial is what they would get.
type SignInTrial struct {
	Let     bool          `json:"let" doc:"the groups let the person in"`
	Refusal string        `json:"refusal" doc:"why a sign-in with these claims is refused; empty when it is not"`
	Groups  []string      `json:"groups"`
	Given   []SignInKind  `json:"given" doc:"by groups of the claims"`
	Kept    []SignInKind  `json:"kept" doc:"by hand or by the directory; stays"`
	Lost    []SignInKind  `json:"lost" doc:"given by groups before; would end"`
	Unknown []string      `json:"unknown" doc:"bodies that the rules name and nobody knows"`
	Person  *SignInPerson `json:"person"`
	Seats   []SignInSeat  `json:"seats"`
}

// SignInKind is a kind of account, in a Body where it is an office.
type SignInKind struct {
	Kind  string `json:"kind"`
	Body  string `json:"body"`
	Group string `json:"group"`
}

// SignInPerson is the prepared person whom the address finds.
type SignInPerson struct {
	Name    string `json:"name"`
	Account string `json:"account"`
	Linked  bool   `json:"linked" doc:"has signed in before: the address counts no more"`
}

// SignInSeat is a seat of the council's data.
type SignInSeat struct {
	Organization string `json:"organization"`
	Role         string `json:"role"`
}

func (s *surface) signInRoutes() {
	read(s, op("GET", "/sign-in/providers", "listSignInProviders", "OpenID providers and what their groups give (IT)", "sign-in"),
		func(ctx context.Context, v policy.Viewer, _ *struct{}) (*Plain[SignInProviders], error) {
			all, err := s.Directory.Providers(v)
			if err != nil {
				return nil, err
			}
			out := SignInProviders{Data: []SignInProvider{}}
			for _, r := range all {
				p := SignInProvider{Name: r.Name, Title: r.Title, Issuer: r.Issuer, GroupsClaim: r.GroupsClaim, OnlyGroups: r.OnlyGroups, Rules: []SignInRule{}}
				for _, x := range r.Rules {
					p.Rules = append(p.Rules, SignInRule{Group: x.Group, Kind: string(x.Kind), Bodies: append([]string{}, x.Bodies...)})
				}
				out.Data = append(out.Data, p)
			}
			return &Plain[SignInProviders]{out}, nil
		})
	try := op("POST", "/sign-in/trial", "trySignIn", "What somebody with these claims would get; nothing is written (IT)", "sign-in")
	try.DefaultStatus = http.StatusOK
	read(s, try, func(ctx context.Context, v policy.Viewer, in *struct{ Body SignInTrialAsk }) (*Plain[SignInTrial], error) {
		t, err := s.Directory.Try(ctx, v, in.Body.Provider, in.Body.Claims, in.Body.Account, readGroups)
		if err != nil {
			return nil, err
		}
		return &Plain[SignInTrial]{renderTrial(t)}, nil
	})
}

// readGroups is the sign-in's own reading of groups.
func readGroups(claims []byte, path string) ([]string, string) {
	groups, _, err := sso.Groups(claims, path)
	if err != nil {
		return nil, err.Error()
	}
	return groups, ""
}

func renderTrial(t directory.Trial) SignInTrial {
	out := SignInTrial{Let: t.Result.Let, Refusal: t.Refusal, Groups: append([]string{}, t.Groups...), Unknown: append([]string{}, t.Result.Unknown...),
		Given: kinds(t.Result.Given), Kept: kinds(t.Kept), Lost: kinds(t.Lost), Seats: []SignInSeat{}}
	if t.Person != nil {
		out.Person = &SignInPerson{Name: t.Person.Name, Account: t.Person.Account, Linked: t.Linked}
	}
	for _, s := range t.Seats {
		out.Seats = append(out.Seats, SignInSeat{Organization: s.Organization.Name, Role: s.Membership.Role})
	}
	return out
}

func kinds(list []directory.Given) []SignInKind {
	out := []SignInKind{}
	for _, g := range list {
		out = append(out, SignInKind{Kind: string(g.Kind), Body: g.Body.Name, Group: g.Group})
	}
	return out
}
