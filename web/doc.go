// Package web holds the built browser apps (reader and clerk console) and gives them to the server as one file system.
//
// What does not belong here: serving, headers, templates of the portal (web/portal), texts (web/locales). The TypeScript
// sources live in src/; start with src/reader/main.tsx, and src/pdf/engine.ts for everything that touches a PDF.
package web
