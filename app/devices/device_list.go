package devices

import (
	"context"
	"slices"
	"strings"
	"time"

	"ris/app/council"
	"ris/auth/policy"
)

// View is a device as a list shows it.
type View struct {
	council.Device
	Owner    council.Person
	SignedIn bool // a session is in force and not idle for too long
	This     bool // the browser that asks
	Readable bool // non-public papers on it can still be opened without a network, as far as we can know
}

// Mine lists the viewer's own devices, the last seen first; this is the device that asks, or empty.
func (s *Service) Mine(ctx context.Context, v policy.Viewer, this council.ID) ([]View, error) {
	if !v.SignedIn() {
		return nil, council.E(council.Unauthenticated, "error.unauthenticated")
	}
	p, err := s.Store.Person(ctx, v.Person())
	if err != nil {
		return nil, err
	}
	return s.views(ctx, map[council.ID]council.Person{p.ID: p}, this)
}

// Of lists the devices of the people of a Body that the viewer looks after, by name, each person's last seen first.
func (s *Service) Of(ctx context.Context, v policy.Viewer, body, this council.ID) ([]View, error) {
	if !policy.MaySeeDevicesOf(v, body) {
		return nil, council.ErrNotFound()
	}
	people, err := s.peopleOf(ctx, body)
	if err != nil {
		return nil, err
	}
	all, err := s.views(ctx, people, this)
	if err != nil {
		return nil, err
	}
	// The list comes from the Body's people; whether each is in the viewer's care is asked as for every act on a device.
	may := map[council.ID]bool{}
	for _, d := range all {
		if _, asked := may[d.Person]; asked {
			continue
		}
		facts, err := s.Store.Facts(ctx, d.Person)
		if err != nil {
			return nil, err
		}
		may[d.Person] = policy.MayManageDevicesOf(v, facts, s.now())
	}
	all = slices.DeleteFunc(all, func(d View) bool { return !may[d.Person] })
	slices.SortStableFunc(all, func(a, b View) int {
		return strings.Compare(a.Owner.FamilyName+"\x00"+a.Owner.Name+"\x00"+string(a.Person), b.Owner.FamilyName+"\x00"+b.Owner.Name+"\x00"+string(b.Person))
	})
	return all, nil
}

// peopleOf are all who have or had to do with the Body.
func (s *Service) peopleOf(ctx context.Context, body council.ID) (map[council.ID]council.Person, error) {
	people := map[council.ID]council.Person{}
	home, err := s.Store.Persons(ctx, body)
	if err != nil {
		return nil, err
	}
	for _, p := range home {
		people[p.ID] = p
	}
	seats, err := s.Store.Memberships(ctx, council.MembershipFilter{Body: body})
	if err != nil {
		return nil, err
	}
	grants, err := s.Store.GrantsIn(ctx, body)
	if err != nil {
		return nil, err
	}
	var ids []council.ID
	for _, m := range seats {
		ids = append(ids, m.Person)
	}
	for _, g := range grants {
		ids = append(ids, g.Person)
	}
	for _, id := range ids {
		if _, known := people[id]; known {
			continue
		}
		if people[id], err = s.Store.Person(ctx, id); err != nil {
			return nil, err
		}
	}
	return people, nil
}

func (s *Service) views(ctx context.Context, people map[council.ID]council.Person, this council.ID) ([]View, error) {
	f := council.DeviceFilter{Persons: []council.ID{}}
	for id := range people {
		f.Persons = append(f.Persons, id)
	}
	slices.Sort(f.Persons)
	all, err := s.Store.Devices(ctx, f)
	if err != nil {
		return nil, err
	}
	now := s.Clock()
	inUse, err := s.Store.DevicesInUse(ctx, f, now, now.Add(-s.Sessions.Times.Longest().Idle))
	if err != nil {
		return nil, err
	}
	out := []View{}
	for _, d := range all {
		out = append(out, s.view(d, people[d.Person], inUse[d.ID], this, now))
	}
	return out, nil
}

func (s *Service) view(d council.Device, p council.Person, inUse bool, this council.ID, now time.Time) View {
	return View{Device: d, Owner: p, SignedIn: inUse, This: d.ID == this, Readable: d.Readable(now)}
}

// Show gives one device that the viewer may manage.
func (s *Service) Show(ctx context.Context, v policy.Viewer, id, this council.ID) (View, error) {
	d, _, err := s.manageable(ctx, v, id)
	if err != nil {
		return View{}, err
	}
	p, err := s.Store.Person(ctx, d.Person)
	if err != nil {
		return View{}, err
	}
	now := s.Clock()
	inUse, err := s.Store.DevicesInUse(ctx, council.DeviceFilter{Persons: []council.ID{d.Person}}, now, now.Add(-s.Sessions.Times.Longest().Idle))
	return s.view(d, p, inUse[d.ID], this, now), err
}
