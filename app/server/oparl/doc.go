// Package oparl answers OParl 1.1 (https://oparl.org/spezifikation) below /oparl/ from the publication read model, and from
// nothing else: a readmodel.Reader is all that it holds.
//
// Every answer is JSON with Access-Control-Allow-Origin: *, an ETag and the status that fits; errors are OParl Error
// objects. Ids are absolute URLs below the configured public URL; other spellings and hosts answer 301 to it.
//
// What does not belong here: deciding what is public (app/publication), pages for people (app/server/portal).
// Start reading at oparl.go (addresses), then list_show.go.
package oparl
