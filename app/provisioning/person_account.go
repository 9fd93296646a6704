package provisioning

import (
	"context"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
)

// AccountWant is another address that the directory wants for a person.
type AccountWant struct {
	Account string
	Since   time.Time
}

// DecideAccount takes the address that the directory wants for a person, or refuses it; account is the one that was shown. Taking it ends
// every session of the person, as each change of the address does, and can be undone as an act. Errors: not found; Conflict
// import.error.want_moved when the directory wants another one by now, or none; import.error.account_taken; import.error.own_rights.
func (s *Service) DecideAccount(ctx context.Context, v policy.Viewer, id council.ID, account string, take bool) (card Card, done council.Import, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		st, p, err := s.reach(ctx, v, id, 0)
		if err != nil {
			return err
		}
		if !policy.MayProvision(v, p.Body) {
			return council.ErrNotFound()
		}
		if v.Person() == id { // also refusing: it is the own account
			return council.E(council.Conflict, "import.error.own_rights")
		}
		u, err := s.Store.ScimUser(ctx, id)
		if err != nil && council.KindOf(err) != council.NotFound {
			return err
		}
		if wanted(u, p) == nil || fold(account) != fold(u.Wanted) {
			return council.E(council.Conflict, "import.error.want_moved")
		}
		verb := audit.AccountRefuse
		if take {
			verb = audit.AccountTake
			p.Account, p.Unconfirmed = u.Wanted, false
			if err := s.free(ctx, p); err != nil {
				return err
			}
			st.set(of(p), 0)
			if done, err = s.act(ctx, v, st, p.Body); err != nil {
				return err
			}
		} else {
			u.Refused = u.Wanted
		}
		u.Wanted, u.WantedAt = "", time.Time{}
		if err := s.Store.SaveScimUser(ctx, u); err != nil {
			return err
		}
		card = st.card(v, *st.records[id].Person)
		return s.Store.Audit(ctx, audit.Entry(v, s.Clock(), verb, "person", p.Body, id))
	})
	return card, done, err
}

// wanted is what waits for the clerk; nil when nothing does.
func wanted(u council.ScimUser, p council.Person) *AccountWant {
	if u.Wanted == "" || !u.DeletedAt.IsZero() || fold(u.Wanted) == fold(p.Account) {
		return nil
	}
	return &AccountWant{Account: u.Wanted, Since: u.WantedAt}
}
