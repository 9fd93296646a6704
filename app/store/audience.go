package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"sync"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"ris/app/council"
	"ris/auth/policy"
)

// labelRow is one label of one audience. Equal audiences share their rows: objects name them by audienceKey. The rows of a key
// never change, so they can be kept in memory, and a change of an object's audience is a change of its key.
type labelRow struct {
	Audience string
	Withheld bool
	Label    council.Label
}

func (labelRow) TableName() string { return "audience_labels" }

// audienceKey is the first 128 bits of the SHA-256 of the normal form; the empty audience has the empty key.
func audienceKey(a council.Audience) string {
	if len(a.Allowed) == 0 && len(a.Withheld) == 0 {
		return ""
	}
	var b strings.Builder
	for _, l := range a.Allowed {
		b.WriteString("+" + string(l) + "\n")
	}
	for _, l := range a.Withheld {
		b.WriteString("-" + string(l) + "\n")
	}
	sum := sha256.Sum256([]byte(b.String()))
	return hex.EncodeToString(sum[:16])
}

// keepAudience makes sure that the rows of the audience exist and returns its key.
func (s *Store) keepAudience(ctx context.Context, a council.Audience) (string, error) {
	a = a.Normal()
	key := audienceKey(a)
	if key == "" {
		return "", nil
	}
	var there int64
	if err := s.write(ctx).Model(&labelRow{}).Where("audience = ?", key).Limit(1).Count(&there).Error; err != nil || there > 0 {
		return key, failed(err)
	}
	rows := make([]labelRow, 0, len(a.Allowed)+len(a.Withheld))
	for _, l := range a.Allowed {
		rows = append(rows, labelRow{key, false, l})
	}
	for _, l := range a.Withheld {
		rows = append(rows, labelRow{key, true, l})
	}
	return key, failed(s.write(ctx).Clauses(clause.OnConflict{DoNothing: true}).Create(&rows).Error)
}

// audienceCache remembers label sets by key.
type audienceCache struct {
	mu    sync.Mutex
	known map[string]council.Audience
}

const audienceCacheLimit = 20_000 // keys; about 10 MB

// audiences gives the label sets of the keys.
func (s *Store) audiences(ctx context.Context, keys []string) (map[string]council.Audience, error) {
	out := map[string]council.Audience{"": {}}
	var missing []string
	s.labels.mu.Lock()
	for _, k := range keys {
		if _, done := out[k]; done {
			continue
		}
		a, known := s.labels.known[k]
		out[k] = a
		if !known {
			missing = append(missing, k)
		}
	}
	s.labels.mu.Unlock()
	for len(missing) > 0 {
		chunk := missing[:min(len(missing), 5000)]
		missing = missing[len(chunk):]
		var rows []labelRow
		if err := s.read(ctx).Where("audience IN ?", chunk).Find(&rows).Error; err != nil {
			return nil, failed(err)
		}
		for _, r := range rows {
			a := out[r.Audience]
			if r.Withheld {
				a.Withheld = append(a.Withheld, r.Label)
			} else {
				a.Allowed = append(a.Allowed, r.Label)
			}
			out[r.Audience] = a
		}
		s.remember(out, chunk)
	}
	return out, nil
}

// remember puts the audiences in normal order and into the cache.
func (s *Store) remember(found map[string]council.Audience, keys []string) {
	s.labels.mu.Lock()
	defer s.labels.mu.Unlock()
	if s.labels.known == nil || len(s.labels.known)+len(keys) > audienceCacheLimit {
		s.labels.known = map[string]council.Audience{}
	}
	for _, k := range keys {
		found[k] = found[k].Normal()
		if len(found[k].Allowed)+len(found[k].Withheld) > 0 { // never remember that rows were missing
			s.labels.known[k] = found[k]
		}
	}
}

// copyOf gives each object its own slices: the cache's must not be changed by callers.
func copyOf(a council.Audience) council.Audience { return a.Normal() }

// visible narrows the query to rows whose audience the viewer may read: the rule of policy.CanRead as one closed condition on the
// row itself, so that no other condition can widen it. The zero Viewer holds no label and sees nothing; system work sees
// everything. It asks per row (EXISTS), which both databases answer from the primary key of audience_labels; a list of all
// readable audiences was three to forty times slower at 40,000 papers.
func visible(query *gorm.DB, v policy.Viewer) *gorm.DB {
	query = as(query, v)
	if v.Unfiltered() {
		return query
	}
	if len(v.Labels()) == 0 {
		return nothing(query)
	}
	own := clause.Column{Table: clause.CurrentTable, Name: "audience"}
	return query.Where("(EXISTS (SELECT 1 FROM audience_labels l WHERE l.audience = ? AND l.withheld = ? AND l.label IN ?)"+
		" AND NOT EXISTS (SELECT 1 FROM audience_labels l WHERE l.audience = ? AND l.withheld = ? AND l.label IN ?))",
		own, false, v.Labels(), own, true, v.Labels())
}

// publicData answers for master data without an audience of its own: everybody who is somebody, at least the public, may read it.
func publicData(v policy.Viewer) bool {
	return policy.CanRead(v, council.Audience{Allowed: []council.Label{policy.LabelPublic}})
}
