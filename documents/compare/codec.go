package compare

import (
	"bytes"
	"compress/flate"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// Format is the number of the kept form. Differences of another format are made anew.
const Format = 1

// maxDecoded bounds what Decode unpacks, in bytes: a stored value is ours, but a damaged one must not fill the memory.
const maxDecoded = 256 << 20

var errDamaged = errors.New("stored difference is damaged")

// Encode packs a Difference.
func Encode(d *Difference) ([]byte, error) {
	var out bytes.Buffer
	out.Write([]byte{'D', 'F', Format})
	w, err := flate.NewWriter(&out, 6)
	if err != nil {
		return nil, err
	}
	if err := json.NewEncoder(w).Encode(d); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// Decode unpacks what Encode made.
func Decode(b []byte) (*Difference, error) {
	if len(b) < 3 || b[0] != 'D' || b[1] != 'F' {
		return nil, errDamaged
	}
	if b[2] != Format {
		return nil, fmt.Errorf("difference has format %d, this program reads %d", b[2], Format)
	}
	r := io.LimitReader(flate.NewReader(bytes.NewReader(b[3:])), maxDecoded)
	d := &Difference{}
	if err := json.NewDecoder(r).Decode(d); err != nil {
		return nil, errDamaged
	}
	for _, row := range d.Rows {
		for _, p := range row.Parts {
			if p.Change < 0 || p.Change > len(d.Changes) || p.In < 0 || p.In > len(d.Changes) {
				return nil, errDamaged
			}
		}
	}
	return d, nil
}

// MarshalJSON writes a place as one list of numbers: page, then per quad the differences to the quad before, in tenths of a point.
func (p Place) MarshalJSON() ([]byte, error) {
	list := make([]int64, 0, 1+4*len(p.Quads))
	list = append(list, int64(p.Page))
	var before [4]int64
	for _, q := range p.Quads {
		for i, v := range q {
			t := int64(math.Round(math.Max(-1e8, math.Min(1e8, v)) * 10))
			list = append(list, t-before[i])
			before[i] = t
		}
	}
	return json.Marshal(list)
}

// UnmarshalJSON reads it back.
func (p *Place) UnmarshalJSON(b []byte) error {
	var list []int64
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	if len(list) == 0 || (len(list)-1)%4 != 0 {
		return errDamaged
	}
	p.Page = int(list[0])
	var at [4]int64
	for n := 1; n < len(list); n += 4 {
		var q [4]float64
		for i := range at {
			at[i] += list[n+i]
			q[i] = float64(at[i]) / 10
		}
		p.Quads = append(p.Quads, q)
	}
	return nil
}
