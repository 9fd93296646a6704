package raster

import "math"

// Ink is a mark drawn for one size of page: one byte per pixel, w*h bytes, rows from the top. The upper four bits say how much of
// the pixel the letters cover (15 = all), the lower four how much their bright edge does. Nil draws nothing.
type Ink func(widthPt, heightPt float64, w, h int) []byte

// Burnt-in colours: as the vector mark of documents/copies (grey letters with a white edge, which shows them on dark pages), a little
// stronger because sixteen levels round faint differences away.
const (
	letterGrey = 0.35
	strength   = 0.30
)

// table maps ink and level of a pixel to its new level: table[ink][level].
type table [256][16]byte

// fine keeps the soft edges of the letters; coarse has hard ones, which pack better; few is coarse with six greys.
var fine, coarse, few = tables()

func tables() (f, c, six *table) {
	f, c, six = new(table), new(table), new(table)
	for ink := range 256 {
		letter, edge := float64(ink>>4)/15, float64(ink&15)/15
		for level := range 16 {
			f[ink][level] = blend(level, letter, edge)
			c[ink][level] = blend(level, math.Round(letter), 0)
			six[ink][level] = (c[ink][level] + 1) / 3 * 3
		}
	}
	return f, c, six
}

// coarsen rounds a packed row to six greys.
func coarsen(packed []byte) {
	for i, b := range packed {
		packed[i] = (b>>4+1)/3*3<<4 | (b&15+1)/3*3
	}
}

func blend(level int, letter, edge float64) byte {
	v := float64(level) / 15
	v += (letterGrey - v) * strength * letter
	v += (1 - v) * strength * edge
	return byte(math.Round(v * 15))
}

// burn changes the pixels of one packed row.
func burn(packed, ink []byte, t *table) {
	for x, k := range ink {
		if k == 0 {
			continue
		}
		b := packed[x/2]
		if x%2 == 0 {
			packed[x/2] = t[k][b>>4]<<4 | b&15
		} else {
			packed[x/2] = b&0xf0 | t[k][b&15]
		}
	}
}

// Seen is the share of a page's pixels (8-bit grey) that the ink changes by at least two of the sixteen greys.
func Seen(gray, ink []byte) float64 {
	if len(gray) == 0 || len(gray) != len(ink) {
		return 0
	}
	n := 0
	for i, k := range ink {
		if k == 0 {
			continue
		}
		level := (gray[i] + 8) / 17
		if after := fine[k][level]; max(after, level)-min(after, level) >= 2 {
			n++
		}
	}
	return float64(n) / float64(len(gray))
}

// denseInk is a band of rings along the diagonal, from edge to edge: more letters, closer to each other, than the longest mark, and no
// two alike, because a packer sees what repeats.
func denseInk(w, h int) []byte {
	out := make([]byte, w*h)
	diagonal := math.Hypot(float64(w), float64(h))
	sin, cos := float64(h)/diagonal, float64(w)/diagonal
	const lines = 6
	size := diagonal * 0.05
	for y := range h {
		for x := range w {
			dx, dy := float64(x)-float64(w)/2, float64(h)/2-float64(y)
			along, across := dx*cos+dy*sin, dy*cos-dx*sin
			if math.Abs(across) > lines*size*0.6 {
				continue
			}
			column, row := math.Floor((along+diagonal)/(size*0.45)), math.Floor((across+diagonal)/size)
			odd := scatter(int(column), int(row))
			cx, cy := along+diagonal-(column+0.5)*size*0.45, across+diagonal-(row+0.5)*size
			cx, cy = cx+size*0.1*(odd[0]-0.5), cy*(0.5+0.6*odd[1])
			stroke := size * (0.03 + 0.05*odd[2])
			ring := math.Abs(math.Hypot(cx, cy)-size*(0.1+0.12*odd[3])) - stroke
			bar := math.Abs(cx*odd[1]+cy*odd[2]-size*0.2*(odd[0]-0.5)) - stroke
			shape := min(ring, max(bar, math.Abs(cy)-size*0.3))
			inside := min(1, max(0, 0.5-shape))
			edge := min(1, max(0, 0.5-(shape-size*0.02))) - inside
			out[y*w+x] = byte(math.Round(inside*15))<<4 | byte(math.Round(edge*15))
		}
	}
	return out
}

// scatter gives four numbers of [0, 1) that look random and are the same for the same place.
func scatter(x, y int) (out [4]float64) {
	v := uint64(x)*0x9e3779b97f4a7c15 ^ uint64(y)*0xbf58476d1ce4e5b9
	for i := range out {
		v ^= v >> 31
		v *= 0x94d049bb133111eb
		v ^= v >> 29
		out[i] = float64(v>>11) / (1 << 53)
	}
	return out
}
