package publication_test

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"ris/app/apptest/storetest"
	"ris/app/council"
	"ris/app/publication/publicationtest"
	"ris/app/publication/readmodel"
	"ris/documents/blob"
)

var ctx = context.Background()

// onBoth tells the story on SQLite and on PostgreSQL.
func onBoth(t *testing.T, test func(t *testing.T, s *publicationtest.Story)) {
	t.Run("sqlite", func(t *testing.T) {
		test(t, publicationtest.NewStory(publicationtest.Open(t, storetest.SQLite(t))))
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, publicationtest.NewStory(publicationtest.Open(t, storetest.Postgres(t))))
	})
}

// dump is every byte of the read model that the public side can reach.
func dump(t *testing.T, s *publicationtest.Story) string {
	t.Helper()
	var b strings.Builder
	for _, table := range []string{"public_objects", "public_links", "public_files", "public_pages"} {
		rows, err := s.Store.DB().Query("SELECT * FROM " + table)
		if err != nil {
			t.Fatal(err)
		}
		columns, err := rows.Columns()
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			if err := rows.Scan(into...); err != nil {
				t.Fatal(err)
			}
			for _, v := range values {
				if raw, ok := v.([]byte); ok {
					b.Write(raw)
				} else {
					text, _ := json.Marshal(v)
					b.Write(text)
				}
				b.WriteByte('\n')
			}
		}
		if err := rows.Err(); err != nil {
			t.Fatal(err)
		}
		_ = rows.Close()
	}
	return b.String()
}

func object(t *testing.T, s *publicationtest.Story, id council.ID) readmodel.Object {
	t.Helper()
	o, err := s.Store.PublicObject(ctx, id)
	if err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	return o
}

// What is not public leaves no byte in the read model, neither words nor ids; what is public is there.
func TestOnlyThePublicPartIsProjected(t *testing.T) {
	onBoth(t, func(t *testing.T, s *publicationtest.Story) {
		all := dump(t, s)
		if at := strings.Index(all, publicationtest.Secret); at >= 0 {
			t.Errorf("a secret is in the read model: %.200s", all[max(0, at-100):])
		}
		for name, id := range map[string]council.ID{
			"hidden item": s.Hidden, "secret paper": s.SecretPaper, "hidden file": s.HiddenFile, "private meeting": s.Private,
			"draft meeting": s.Draft, "unsent paper": s.Unsent, "unsent file": s.UnsentFile, "draft version": s.DraftVersion, "clerk": s.Clerk.ID,
		} {
			if strings.Contains(all, string(id)) {
				t.Errorf("%s is in the read model", name)
			}
		}
		for name, id := range map[string]council.ID{
			"meeting": s.Coming, "item": s.Public, "paper": s.Shown, "mixed paper": s.Mixed, "file": s.Main, "member": s.Anna.ID, "village": s.VillageMeeting,
		} {
			if object(t, s, id).Deleted {
				t.Errorf("%s is not public", name)
			}
		}
	})
}

// The order of public items has no gap where others stand, and the mixed paper names its public stop only.
func TestNothingTellsOfWhatIsLeftOut(t *testing.T) {
	onBoth(t, func(t *testing.T, s *publicationtest.Story) {
		var m readmodel.OParlMeeting
		decode(t, object(t, s, s.Coming), &m)
		if len(m.AgendaItem) != 2 || m.AgendaItem[0].Order != 0 || m.AgendaItem[1].Order != 1 {
			t.Errorf("agenda: %+v", m.AgendaItem)
		}
		var p readmodel.OParlPaper
		decode(t, object(t, s, s.Mixed), &p)
		if len(p.Consultation) != 1 || p.Consultation[0].AgendaItem.ID() == s.Hidden {
			t.Errorf("consultations of the mixed paper: %+v", p.Consultation)
		}
	})
}

// Projecting again what has not changed moves no time; a change of a child moves the parent.
func TestModifiedMovesWithChangesOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, s *publicationtest.Story) {
		before := dump(t, s)
		s.Later(time.Hour)
		for _, id := range []council.ID{s.Coming, s.Past, s.VillageMeeting, s.Private, s.Draft} {
			must(t, s.Gate.ProjectMeeting(ctx, id))
		}
		must(t, s.Gate.ProjectPaper(ctx, s.Shown))
		must(t, s.Gate.ProjectBody(ctx, s.Body.ID))
		must(t, s.Gate.ProjectBody(ctx, s.Other.ID))
		if after := dump(t, s); after != before {
			t.Error("projecting without a change changed the read model")
		}
		paper, body := object(t, s, s.Shown), object(t, s, s.Body.ID)
		s.WithdrawFile(s.Annex)
		if now := object(t, s, s.Shown); !now.Modified.Equal(s.Now) || !now.Created.Equal(paper.Created) {
			t.Errorf("the paper's modified %s did not move to %s", now.Modified, s.Now)
		}
		if now := object(t, s, s.Body.ID); !now.Modified.Equal(body.Modified) {
			t.Error("the Body moved without a change")
		}
	})
}

// A newer draft version changes nothing for the public; published, it takes the place of the older one under the same id.
func TestADraftVersionIsNotShown(t *testing.T) {
	onBoth(t, func(t *testing.T, s *publicationtest.Story) {
		s.Later(time.Minute)
		must(t, s.Gate.ProjectPaper(ctx, s.Shown))
		row, err := s.Store.PublicFile(ctx, s.Main)
		if err != nil || row.Version != s.OldVersion {
			t.Fatalf("%v, version %s, want the published %s", err, row.Version, s.OldVersion)
		}
		d, ok, err := s.Gate.PublicDocument(ctx, s.Main)
		if err != nil || !ok || len(d.Pages) != 2 || !strings.Contains(d.Pages[1].Text, "Straßenbaus") {
			t.Fatalf("document for the index: %v %v %+v", ok, err, d)
		}
		s.Later(time.Second)
		s.Publish(s.Coming)
		if row, err = s.Store.PublicFile(ctx, s.Main); err != nil || row.Version != s.DraftVersion {
			t.Errorf("%v, version %s, want the new %s", err, row.Version, s.DraftVersion)
		}
		newer, _, err := s.Gate.PublicDocument(ctx, s.Main)
		if err != nil || newer.Sequence <= d.Sequence {
			t.Errorf("the sequence must grow: %d, %d, %v", d.Sequence, newer.Sequence, err)
		}
	})
}

// A withdrawn paper leaves tombstones of itself, its files and stops; its bytes go, other papers stay; publishing brings it back.
func TestWithdrawnLeavesATombstoneAndComesBack(t *testing.T) {
	onBoth(t, func(t *testing.T, s *publicationtest.Story) {
		row, err := s.Store.PublicFile(ctx, s.Main)
		must(t, err)
		was := object(t, s, s.Shown)
		s.Later(time.Hour)
		s.WithdrawPaper(s.Shown)
		for _, id := range []council.ID{s.Shown, s.Main, s.Annex} {
			o := object(t, s, id)
			var fields map[string]any
			decode(t, o, &fields)
			if !o.Deleted || fields["deleted"] != true || len(fields) != 5 || fields["created"] == "" || fields["modified"] != readmodel.DateTime(s.Now) {
				t.Errorf("tombstone: %s", o.OParl)
			}
		}
		if all := dump(t, s); strings.Contains(all, "Radweg im") || strings.Contains(all, "Bau eines Radweges") || strings.Contains(all, "Straßenbaus") {
			t.Error("content of the withdrawn paper is still there")
		}
		var it readmodel.OParlAgendaItem
		if decode(t, object(t, s, s.Public), &it); it.Consultation != "" {
			t.Error("the item still links the consultation of a withdrawn paper")
		}
		if _, ok, err := s.Gate.PublicDocument(ctx, s.Main); ok || err != nil {
			t.Errorf("the index still gets the file: %v %v", ok, err)
		}
		must(t, s.Gate.DropRendition(ctx, row.Blob))
		must(t, s.Gate.DropRendition(ctx, row.Blob)) // repeat-safe
		if _, err := s.Blobs.Open(ctx, blob.Public, row.Blob); council.KindOf(err) != council.NotFound {
			t.Errorf("the bytes are still there: %v", err)
		}
		s.Later(time.Hour)
		s.Publish(s.Coming)
		if o := object(t, s, s.Shown); o.Deleted || !o.Created.Equal(was.Created) || !o.Modified.Equal(s.Now) {
			t.Errorf("it did not come back: %+v", o)
		}
		now, err := s.Store.PublicFile(ctx, s.Main)
		must(t, err)
		r, err := s.Blobs.Open(ctx, blob.Public, now.Blob)
		must(t, err)
		_ = r.Close()
	})
}

// Two files with the same bytes lie in one blob: the withdrawal of one keeps the other's.
func TestASharedRenditionIsKept(t *testing.T) {
	onBoth(t, func(t *testing.T, s *publicationtest.Story) {
		item := s.Item(s.Coming, "Ö 3", "Doppelt", true)
		one, two := s.Paper(s.Body.ID, "A", "A", item), s.Paper(s.Body.ID, "B", "B", item)
		f, g := s.File(one, council.MainFile, "a", "gleich"), s.File(two, council.MainFile, "b", "gleich")
		s.Publish(s.Coming)
		row, err := s.Store.PublicFile(ctx, f)
		must(t, err)
		s.WithdrawPaper(one)
		must(t, s.Gate.DropRendition(ctx, row.Blob))
		other, err := s.Store.PublicFile(ctx, g)
		must(t, err)
		r, err := s.Blobs.Open(ctx, blob.Public, other.Blob)
		must(t, err)
		_ = r.Close()
	})
}

// A place is public only while a public meeting takes place there.
func TestAPlaceGoesWithItsMeeting(t *testing.T) {
	onBoth(t, func(t *testing.T, s *publicationtest.Story) {
		var m readmodel.OParlMeeting
		decode(t, object(t, s, s.Coming), &m)
		place := m.Location.ID.ID()
		s.WithdrawMeeting(s.Coming)
		if !object(t, s, place).Deleted || !object(t, s, s.Coming).Deleted || !object(t, s, s.Public).Deleted {
			t.Error("the withdrawn meeting left its place or item behind")
		}
		if object(t, s, s.Shown).Deleted || !object(t, s, s.Mixed).Deleted {
			t.Error("a paper that also stands on another public meeting stays, the other one goes")
		}
		var p readmodel.OParlPaper
		if decode(t, object(t, s, s.Shown), &p); len(p.Consultation) != 1 || p.Consultation[0].Meeting.ID() != s.Past {
			t.Errorf("consultations: %+v", p.Consultation)
		}
	})
}

// A flip without a public rendition fails as a whole instead of publishing a link to nothing.
func TestAMissingRenditionStopsTheFlip(t *testing.T) {
	onBoth(t, func(t *testing.T, s *publicationtest.Story) {
		row, err := s.Store.PublicFile(ctx, s.Main)
		must(t, err)
		s.WithdrawPaper(s.Shown)
		must(t, s.Gate.DropRendition(ctx, row.Blob))
		err = s.Store.InTx(ctx, func(ctx context.Context) error {
			p, err := s.Store.Paper(ctx, system, s.Shown)
			if err != nil {
				return err
			}
			p.State, p.Audience = council.Published, council.Audience{Allowed: []council.Label{"public"}}
			if err := s.Store.SavePaper(ctx, &p); err != nil {
				return err
			}
			files, err := s.Store.Files(ctx, system, council.FileFilter{Paper: s.Shown})
			if err != nil {
				return err
			}
			for _, f := range files {
				f.Audience = p.Audience
				v, err := s.Store.FileVersion(ctx, system, f.Current)
				if err != nil {
					return err
				}
				v.Audience = p.Audience
				if err := s.Store.SaveFileVersion(ctx, &v); err != nil {
					return err
				}
				if err := s.Store.SaveFile(ctx, &f); err != nil {
					return err
				}
			}
			return s.Gate.ProjectPaper(ctx, s.Shown)
		})
		if council.KindOf(err) != council.Unavailable {
			t.Fatalf("want unavailable, got %v", err)
		}
		if !object(t, s, s.Shown).Deleted {
			t.Error("half a flip was kept")
		}
	})
}

// Time alone changes a meeting's state: the hourly projection finds it, once.
func TestAPastMeetingIsFoundOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, s *publicationtest.Story) {
		if n, err := s.Gate.ProjectDue(ctx); n != 0 || err != nil {
			t.Fatalf("%d, %v", n, err)
		}
		s.Later(5 * 24 * time.Hour)
		if n, err := s.Gate.ProjectDue(ctx); n != 1 || err != nil {
			t.Fatalf("%d, %v", n, err)
		}
		if o := object(t, s, s.Coming); !bytes.Contains(o.OParl, []byte("durchgeführt")) || !o.Modified.Equal(s.Now) {
			t.Errorf("%s", o.OParl)
		}
		if n, err := s.Gate.ProjectDue(ctx); n != 0 || err != nil {
			t.Fatalf("%d, %v", n, err)
		}
	})
}

// Who holds no seat any more is no longer published; an account never is.
func TestAPersonIsPublicThroughSeatsOnly(t *testing.T) {
	onBoth(t, func(t *testing.T, s *publicationtest.Story) {
		if _, err := s.Store.PublicObject(ctx, s.Clerk.ID); council.KindOf(err) != council.NotFound {
			t.Errorf("the clerk holds no seat: %v", err)
		}
		var p readmodel.OParlPerson
		decode(t, object(t, s, s.Berta.ID), &p)
		if len(p.Membership) != 3 {
			t.Errorf("seats in both bodies, ended ones too: %+v", p.Membership)
		}
	})
}
