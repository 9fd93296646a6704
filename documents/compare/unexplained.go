package compare

// Unexplained leaves out the regions of pictures that words explain: where a changed word stands, the page looks different of course.
// Pages of which nothing is left are dropped.
func Unexplained(d *Difference, pictures []PagePicture) (out []PagePicture) {
	old, new := map[int][][4]float64{}, map[int][][4]float64{}
	for _, c := range d.Changes {
		for _, p := range c.Old {
			old[p.Page] = append(old[p.Page], p.Quads...)
		}
		for _, p := range c.New {
			new[p.Page] = append(new[p.Page], p.Quads...)
		}
	}
	for _, p := range pictures {
		if p.OldPage == 0 || p.NewPage == 0 {
			out = append(out, p)
			continue
		}
		left := PagePicture{OldPage: p.OldPage, NewPage: p.NewPage}
		for _, r := range p.Regions {
			if !covered(r.Old, old[p.OldPage]) && !covered(r.New, new[p.NewPage]) {
				left.Regions = append(left.Regions, r)
			}
		}
		if len(left.Regions) > 0 {
			out = append(out, left)
		}
	}
	return out
}

// covered: the quads take a fair part of the region.
func covered(region [4]float64, quads [][4]float64) bool {
	area := (region[2] - region[0]) * (region[3] - region[1])
	taken := 0.0
	for _, q := range quads {
		w, h := min(region[2], q[2])-max(region[0], q[0]), min(region[3], q[3])-max(region[1], q[1])
		if w > 0 && h > 0 {
			taken += w * h
		}
	}
	return area > 0 && taken > 0.25*area
}
