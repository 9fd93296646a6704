package store

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"ris/app/council"
)

// timeForm is fixed in width: SQLite compares and sorts it as text; PostgreSQL reads it as timestamptz.
const timeForm = "2006-01-02T15:04:05.000000Z"

// instant is a moment that is always there; the zero time is stored as the year 1, so that it sorts first on both databases.
type instant time.Time

// Value gives the fixed-width text, in UTC, cut to microseconds.
func (i instant) Value() (driver.Value, error) {
	return time.Time(i).UTC().Truncate(time.Microsecond).Format(timeForm), nil
}

// Scan takes what either database gives.
func (i *instant) Scan(src any) error { return scanTime((*time.Time)(i), src) }

func (i instant) time() time.Time { return time.Time(i) }

// openTime is a moment that may be missing: the zero time is NULL.
type openTime time.Time

// Value gives NULL for the zero time, else the fixed-width text.
func (o openTime) Value() (driver.Value, error) {
	if time.Time(o).IsZero() {
		return nil, nil
	}
	return instant(o).Value()
}

// Scan takes what either database gives; NULL is the zero time.
func (o *openTime) Scan(src any) error { return scanTime((*time.Time)(o), src) }

func (o openTime) time() time.Time { return time.Time(o) }

func scanTime(to *time.Time, src any) error {
	var text string
	switch v := src.(type) {
	case nil:
		*to = time.Time{}
		return nil
	case time.Time:
		*to = v.UTC()
		return nil
	case string:
		text = v
	case []byte:
		text = string(v)
	default:
		return fmt.Errorf("a time cannot be read from %T", src)
	}
	t, err := time.Parse(timeForm, text)
	*to = t
	return err
}

// ref is a reference that may be missing: the empty id is NULL.
type ref council.ID

// Value gives NULL for the empty id. What is not an id is council.Invalid on both databases: PostgreSQL alone would notice.
func (r ref) Value() (driver.Value, error) {
	if r == "" {
		return nil, nil
	}
	if !council.ID(r).Valid() {
		return nil, council.E(council.Invalid, "error.invalid").Because(fmt.Errorf("%q is no id", string(r)))
	}
	return string(r), nil
}

// Scan takes the text of an id; NULL is the empty id.
func (r *ref) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*r = ""
	case string:
		*r = ref(v)
	case []byte:
		*r = ref(v)
	default:
		return fmt.Errorf("an id cannot be read from %T", src)
	}
	return nil
}

// packed is a list or map that is never searched, stored as JSON text; an empty one is the empty text.
type packed[T any] struct{ Data T }

// GormDataType keeps gorm from looking into T.
func (packed[T]) GormDataType() string { return "text" }

// Value gives JSON text.
func (p packed[T]) Value() (driver.Value, error) {
	data, err := json.Marshal(p.Data)
	if err != nil {
		return nil, err
	}
	switch string(data) {
	case "null", "[]", "{}":
		return "", nil
	}
	return string(data), nil
}

// Scan takes JSON text.
func (p *packed[T]) Scan(src any) error {
	var data []byte
	switch v := src.(type) {
	case nil:
	case string:
		data = []byte(v)
	case []byte:
		data = v
	default:
		return fmt.Errorf("JSON cannot be read from %T", src)
	}
	var fresh T
	p.Data = fresh
	if len(data) == 0 {
		return nil
	}
	return json.Unmarshal(data, &p.Data)
}
