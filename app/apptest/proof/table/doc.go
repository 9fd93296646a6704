// Command table prints the named matrix of access as a German table (Markdown) for the clerk to read and sign: "make access-table".
// The same answers are what both databases are held against. With -check FILE it says whether the file is the present table.
package main
