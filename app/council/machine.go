package council

import "context"

type machineKey struct{}

// WithMachine says on what kind of machine ("iPad", "Windows") the person of this request works: lines of the log that are written
// below it say so too. It is no more than the browser says of itself.
func WithMachine(ctx context.Context, kind string) context.Context {
	if kind == "" {
		return ctx
	}
	return context.WithValue(ctx, machineKey{}, kind)
}

// Machine is what WithMachine said, or empty.
func Machine(ctx context.Context) string {
	kind, _ := ctx.Value(machineKey{}).(string)
	return kind
}
