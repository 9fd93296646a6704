package pdf

import (
	"context"
	"errors"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental/table"
)

// pdfium's picture decoders save their place (setjmp) before each row and jump back there at an error. Compiled to WebAssembly such a
// call leaves the module through a function invoke_..., which calls the row's function by its number. The usual one looks up
// three functions anew for each row and gives every one a stack of its own: 80 MB of garbage for one scanned page. Here they are kept.

var errLongjmp = errors.New("longjmp")

const throwLongjmp = "_emscripten_throw_longjmp"

// exportInvokes puts our own invoke_... functions into the host module, one for each that compiled asks for.
func exportInvokes(host wazero.HostModuleBuilder, compiled wazero.CompiledModule) {
	for _, f := range compiled.ImportedFunctions() {
		module, name, ok := f.Import()
		switch {
		case !ok || module != "env":
		case name == throwLongjmp:
			host.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(func(context.Context, api.Module, []uint64) { panic(errLongjmp) }), nil, nil).Export(name)
		case strings.HasPrefix(name, "invoke_"):
			params, results := f.ParamTypes(), f.ResultTypes()
			v := invoker{params: params[1:], results: results, kind: name}
			host.NewFunctionBuilder().WithGoModuleFunction(v, params, results).Export(name)
		}
	}
}

// invoker is one invoke_... function: the first parameter is the number of the function to call, the others are its own.
type invoker struct {
	params, results []api.ValueType
	kind            string
}

// invoked is a function of the module's table by its number, for as many nested calls of it as there have been.
type invoked struct {
	kind   string
	number uint32
}

// Call implements api.GoModuleFunction; see emscripten's own description of invoke functions.
func (v invoker) Call(ctx context.Context, m api.Module, stack []uint64) {
	i, _ := ctx.Value(instanceKey{}).(*Instance)
	if i == nil {
		panic("a call without an instance")
	}
	key := invoked{v.kind, uint32(stack[0])}
	copy(stack, stack[1:])
	f := i.take(key)
	if f == nil {
		f = table.LookupFunction(m, 0, key.number, v.params, v.results)
	}
	var at [2]uint64
	i.aside(ctx, "emscripten_stack_get_current", at[:])
	err := f.CallWithStack(ctx, stack)
	if err == nil {
		i.spare[key] = append(i.spare[key], f)
		return
	}
	i.aside(ctx, "_emscripten_stack_restore", at[:])
	if !errors.Is(err, errLongjmp) {
		panic(err)
	}
	at = [2]uint64{1, 0}
	i.aside(ctx, "setThrew", at[:])
}

// take gives out a function that nobody is using: one that is running cannot be called again.
func (i *Instance) take(key invoked) api.Function {
	list := i.spare[key]
	if len(list) == 0 {
		return nil
	}
	f := list[len(list)-1]
	i.spare[key] = list[:len(list)-1]
	return f
}

// aside calls one of the three short functions that keep the module's stack; they call nothing themselves.
func (i *Instance) aside(ctx context.Context, name string, stack []uint64) {
	f, err := i.function(name)
	if err == nil {
		err = f.CallWithStack(ctx, stack)
	}
	if err != nil {
		panic(err)
	}
}
