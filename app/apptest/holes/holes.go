package main

// hole is a mistake; each edit's Old stands exactly once in its file.
type hole struct {
	Name  string
	Edits []edit
}

type edit struct{ File, Old, New string }

// part is one package of the proof, and which of its tests.
type part struct{ Package, Run string }

// proof is the quick form, cheapest first. What a hole does not touch is answered from Go's cache of test results.
var proof = []part{
	{"./auth/policy", "."},
	{"./app/apptest/proof", "TestTheRules"},
	{"./app/apptest/inventory", "."},
	{"./search/embedded", "TestNoPageWithoutTheFilter|TestSuite/Readers|TestSuite/Canary"},
	{"./app/server", "TestEveryRouteStandsInTheList|TestTheAnonymousGet401ForEverythingAlike"},
	{"./app/publication", "TestOnlyThePublicPartIsProjected|TestNothingTellsOfWhatIsLeftOut"},
	{"./app/store", "Net|RowPolicy|PortalsRole|NoRow|Forgotten|ReadsPast"},
	{"./app/apptest/crawl", "TestEveryRouteForEverybody"},
	{"./app/server/api", "TestUnseen"},
	{"./app/apptest/proof/databases", "Sentences"},
}

var holes = []hole{
	{"the page of a paper asks as the system", []edit{{"app/packets/paper_show.go", "p, err := s.Store.Paper(ctx, v, id)", `p, err := s.Store.Paper(ctx, policy.System("page"), id)`}}},
	{"a file and its versions are read as the system", []edit{{"app/packets/file_list.go", "f, err := s.Store.File(ctx, v, id)", `f, err := s.Store.File(ctx, policy.System("list"), id)`},
		{"app/packets/file_list.go", "versions, err := s.Store.FileVersions(ctx, v, f.ID)", `versions, err := s.Store.FileVersions(ctx, policy.System("list"), f.ID)`}}},
	{"a new route before the sign-in, on no list", []edit{{"app/server/mounts.go", "		app.Use(api.Prefix, person)\n",
		"		app.Get(\"/api/v1/all\", func(c *fiber.Ctx) error { return c.JSON(c.Path()) })\n		app.Use(api.Prefix, person)\n"}}},
	{"who is biased reads", []edit{{"auth/policy/read.go", "return meets(a.Allowed, v.labels) && !meets(a.Withheld, v.labels)", "return meets(a.Allowed, v.labels)"}}},
	{"row-level security forgets what is withheld", []edit{{"migrations/postgres/0015_row_security.sql", "l.label = ANY ((SELECT ris_labels())::text[])) = 1)', t, t);",
		"l.label = ANY ((SELECT ris_labels())::text[])) >= 1)', t, t);"}}},
	{"row-level security forgets the texts of versions", []edit{{"migrations/postgres/0015_row_security.sql", "FOREACH t IN ARRAY ARRAY['page_texts', 'document_outlines',",
		"CREATE POLICY ris_viewer ON page_texts FOR SELECT USING (true);\n  FOREACH t IN ARRAY ARRAY['document_outlines',"}}},
	{"the portal's role may read papers", []edit{{"app/store/rls_secure.go", `"public_objects", "public_pages"}`, `"public_objects", "public_pages", "papers"}`}}},
	{"the search forgets who asks", []edit{{"search/embedded/search.go", "may, err := v.readable(ctx, viewer)", `may, err := v.readable(ctx, policy.System("search"))`}}},
	{"everything is public to the portal", []edit{{"app/publication/gate.go", "return policy.CanRead(policy.Anonymous(), a)", "return len(a.Allowed) > 0"}}},
	{"why can I not see this looks whether there is something", []edit{
		{"app/server/api/access.go", "func(ctx context.Context, v policy.Viewer, _ *struct{}) (*Plain[Unseen], error) {\n			contacts, err := s.Access.Unseen(ctx, v)",
			"func(ctx context.Context, v policy.Viewer, in *struct {\n			Paper string `query:\"paper\"`\n		}) (*Plain[Unseen], error) {\n			contacts, err := s.Access.Unseen(ctx, v, in.Paper)"},
		{"app/access/unseen_show.go", "func (s *Service) Unseen(ctx context.Context, v policy.Viewer) ([]Contact, error) {\n	var out []Contact\n",
			"func (s *Service) Unseen(ctx context.Context, v policy.Viewer, paper string) ([]Contact, error) {\n	var out []Contact\n" +
				"	if p, err := s.Store.Paper(ctx, policy.System(\"unseen\"), council.ID(paper)); err == nil {\n		out = append(out, Contact{Body: string(p.State)})\n	}\n"},
	}},
}
