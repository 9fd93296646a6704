package main

import "os/user"

// operator is the account of the server under which a command runs: it stands in the log.
func operator() string {
	if u, err := user.Current(); err == nil {
		return u.Username
	}
	return "unknown"
}
