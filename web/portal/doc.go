// Package portal holds the templates and the style sheet of the public portal. The pages work without script, set no cookie
// and load nothing from elsewhere. Texts come from web/locales (area portal); the templates hold markup only.
//
// What does not belong here: gathering what the pages show (app/server/portal). Start reading at layout.gohtml.
package portal
