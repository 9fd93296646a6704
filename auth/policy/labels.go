package policy

import "ris/app/council"

// LabelPublic is held by everybody, signed in or not.
const LabelPublic council.Label = "public"

// LabelOrganization is held by those whose membership in force touches that term.
func LabelOrganization(org, term council.ID) council.Label {
	return council.Label("org:" + string(org) + "@" + string(term))
}

// LabelMeeting is held by the recorded substitutes of that meeting.
func LabelMeeting(m council.ID) council.Label { return council.Label("meeting:" + string(m)) }

// LabelClerk is held by the clerks of the Body.
func LabelClerk(body council.ID) council.Label { return council.Label("clerk:" + string(body)) }

// LabelPerson is held by one person.
func LabelPerson(p council.ID) council.Label { return council.Label("person:" + string(p)) }

// LabelGuest is held by the guests of that agenda item, from their first moment to their last.
func LabelGuest(item council.ID) council.Label { return council.Label("guest:" + string(item)) }

// LabelConflict is held by those whose conflict of interest in that agenda item counts now. It is only ever withheld.
func LabelConflict(item council.ID) council.Label { return council.Label("conflict:" + string(item)) }
