// Package locales holds every text that people read: one JSON file per area and language (de/<area>.json, en/<area>.json),
// flat keys, placeholders in braces. The TypeScript app imports the same files.
//
// A key belongs to one area only; German is complete and the fallback, English has the same keys (both tested).
// What does not belong here: choosing the language of a request (app/server/httpkit), formatting of dates and numbers.
// Start reading at locales.go.
package locales
