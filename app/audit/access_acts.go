package audit

// AccessActs are the acts that change by what somebody signs in, or tell that somebody else may have: a person is told of each of them
// that was done in their name or to their account (ASVS 5.0, 6.3.5 and 6.3.7).
var AccessActs = []string{DeviceAdd, PasskeyAdd, PasskeyDelete, IdentityLink, IdentityUnlink, SessionMisuse, PersonChange, PersonLock, AccountTake}
