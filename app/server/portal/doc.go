// Package portal answers the public pages at / and the public files at /dateien/. It reads the publication read model, the
// public search index and the blob area Public, and can reach nothing else.
//
// Every page is rendered on the server in German or English, works without script and sets no cookie. What is unknown and what
// is not public get the same page, byte for byte; what was withdrawn gets a dated trace without content.
//
// What does not belong here: deciding what is public (app/publication), markup (web/portal), texts (web/locales, area
// portal). Start reading at portal.go (routes), then meeting_show.go.
package portal
