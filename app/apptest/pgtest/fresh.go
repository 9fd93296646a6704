package pgtest

import "fmt"

// Fresh is DSN for programs that are no test (the benchmarks): the database lives as long as the process.
func Fresh() (dsn string, err error) {
	once.Do(func() { running, failed = start() })
	if failed != nil {
		return "", failed
	}
	name := fmt.Sprintf("test_%d", counter.Add(1))
	if err := running.admin("CREATE DATABASE " + name); err != nil {
		return "", err
	}
	return running.dsn(name), nil
}
