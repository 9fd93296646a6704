// Package readmodel is what the public may know, and its shape: the rows of the tables public_* and the two doors to them.
// Reader is all that the portal and OParl can reach; Writer is for app/publication alone. app/store implements both.
//
// A row holds a finished OParl 1.1 object. Its own URLs begin with the placeholder Base and are filled when they are sent,
// so that a municipality can change its address. Everything else in the text is escaped by the encoder: no text that a
// person typed can contain the placeholder, because "<" is always written as \u003c.
//
// What does not belong here: the rule of what is public (app/publication), rendering (app/server/portal, app/server/oparl).
// Start reading at object.go, then reader.go.
package readmodel
