package inventory

// Channel is one way by which bytes leave.
type Channel struct {
	Name   string
	Leaves string   // what goes out, to whom
	Routes []string // addresses as in server.Routes(), in Desk without "/api/v1"; {a,b} stands for either; methods do not count
	Dials  []string // rooms that open connections or start programs of their own
	Held   []string // tests that hold it: folder, dot, function
}

// The tests that go over whole surfaces.
const (
	crawl  = "app/apptest/crawl.TestEveryRouteForEverybody" // every route as everybody, ids that never were, marked words, the log
	oracle = "app/apptest/oracle.TestWhatEverybodyGets"     // the seeded town with documents, search, public pages, the log
	door   = "app/server.TestTheAnonymousGet401ForEverythingAlike"
	listed = "app/server.TestEveryRouteStandsInTheList"
)

// Channels are all of them: what the API answers (Desk), the other addresses (Surface), and what leaves without a request (Beyond).
func Channels() []Channel {
	var out []Channel
	for _, c := range Desk {
		routes := make([]string, len(c.Routes))
		for i, r := range c.Routes {
			routes[i] = "/api/v1" + r
		}
		c.Routes = routes
		out = append(out, c)
	}
	return append(append(out, Surface...), Beyond...)
}

// Beyond are the ways that are no addresses.
var Beyond = []Channel{
	{Name: "internal search index", Leaves: "hits, snippets and counts, from the engine of the embedded kind",
		Held: []string{"search/embedded.TestSuite", "search/embedded.TestNoPageWithoutTheFilter", "search/embedded.TestOldVersionIsRemoved", oracle}},
	{Name: "search server", Leaves: "pages and audiences, to the town's Meilisearch", Held: []string{"search/meili.TestSuite"}},
	{Name: "public search index", Leaves: "what the public can find", Held: []string{"app/server/portal.TestSearch", oracle}},
	{Name: "publication read model", Leaves: "what portal, feeds and OParl say",
		Held: []string{"app/publication.TestOnlyThePublicPartIsProjected", "app/publication.TestNothingTellsOfWhatIsLeftOut", "app/publication.TestADraftVersionIsNotShown"}},
	{Name: "blobs of the public area", Leaves: "public renditions, to whoever may read that area",
		Held: []string{"app/publication.TestASharedRenditionIsKept", "app/publication.TestAMissingRenditionStopsTheFlip", "documents/blob.TestNothingIsReadableByOthers", oracle}},
	{Name: "blobs in a bucket", Leaves: "originals and copies, to the town's S3", Dials: []string{"documents/blob"},
		Held: []string{"documents/blob.TestS3Behaves", "documents/blob.TestS3FindsDamage", "documents/blob.TestS3WrongKey"}},
	{Name: "database, role of the portal", Leaves: "rows, to the public process",
		Held: []string{"app/store.TestThePortalsRoleIsRefusedEverywhereElse", "app/server.TestThePublicProcessKnowsNothingElse"}},
	{Name: "database, role of the service", Leaves: "rows, to a statement that forgot its condition",
		Held: []string{"app/store.TestEveryTableIsInTheNet", "app/store.TestNobodyAndStrangersSeeNoRow", "app/store.TestAForgottenConditionShowsNothing",
			"app/store.TestTheRowPolicyIsTheReadRule", "app/store.TestTheServiceCannotTakeTheNetOff"}},
	{Name: "store", Leaves: "objects, to every use-case", Held: []string{"app/store.TestEveryReadAnswersAsThePolicy", "app/store.TestAChangedAudienceHoldsAtOnce", "app/store.TestWhoSeesTheRest"}},
	{Name: "process log", Leaves: "lines, to whoever runs the machine", Held: []string{crawl, oracle}},
	{Name: "audit log", Leaves: "lines about acts, to clerk and person; the checkpoint, on paper",
		Held: []string{"app/audit.TestEveryActIsWrittenSomewhere", "app/audit/journal.TestAnErasedPersonIsInNoLine", "app/server/api.TestWhoSeesTheLog"}},
	{Name: "a person's PDF", Leaves: "the copy with its mark, in every mode", Held: []string{"app/packets.TestThePersonalCopyIsForGood", "app/packets.TestNonPublicMark", oracle}},
	{Name: "provider of sign-in", Leaves: "codes and sign-outs, to the town's provider", Dials: []string{"auth/sso"},
		Held: []string{"app/server.TestScriptWithDex", "app/server.TestTroublesOfTheProvider", "app/server.TestSigningOutGoesOnToTheProvider"}},
	{Name: "virus scanner", Leaves: "uploads, to the town's clamd", Dials: []string{"documents/scan"}, Held: []string{"app/server/api.TestInfectedUpload", "app/server/api.TestTheScannerIsDown"}},
	{Name: "text recognition", Leaves: "pictures of pages, to a program of the same machine", Dials: []string{"documents/recognise"},
		Held: []string{"app/server/api.TestAScanIsRecognisedAfterPublishing", "app/server/api.TestRecognitionWithoutItsProgram"}},
	{Name: "ris doctor, ris inspect", Leaves: "findings, to whoever runs the machine", Dials: []string{"app/doctor"}, Held: []string{"app/inspect.TestEveryInputGetsALine"}},
	{Name: "ris demo", Leaves: "the demo's provider; no data of a town", Dials: []string{"app/demo"}, Held: []string{"app/server.TestTheProviderIsReachedBelowItsPrefixOnly"}},
	{Name: "children that read documents", Leaves: "nothing: the child has no network and no files of its own", Dials: []string{"documents/sandbox"},
		Held: []string{"documents/sandbox.TestNothingOfTheHostCanBeReached", "documents/sandbox.TestAProgramSeesNothingOfTheHost"}},
}
