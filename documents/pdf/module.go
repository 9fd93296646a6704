package pdf

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	_ "unsafe" // for linkname

	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/klippa-app/go-pdfium/webassembly/imports"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
	"github.com/tetratelabs/wazero/imports/emscripten"
	"github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
	"golang.org/x/sys/unix"
)

// The module's bytes are private to go-pdfium. Its own pool cannot be used: it cannot lower the memory limit that the module
// declares, and it shares one table of writers between instances, so that two documents saved at once get mixed.
// The version is pinned in go.mod; TestModuleIsTheExpectedOne notices when this stops to work.
//
//go:linkname pdfiumWasm github.com/klippa-app/go-pdfium/webassembly.pdfiumWasm
var pdfiumWasm []byte

var _ webassembly.Config // keeps the package, and with it the bytes, in the binary

// memoryPages is the largest memory of an instance, in pages of 64 KiB: 512 MiB. Real scans need about 100 MiB.
const memoryPages = 8192

// Engine is the compiled pdfium module. It may be used from many goroutines; each Instance from one.
type Engine struct {
	runtime  wazero.Runtime
	compiled wazero.CompiledModule
	ctx      context.Context
}

// NewEngine loads pdfium. cacheDir keeps the compiled machine code (19 MB): filled, loading takes about 0.1 s and 45 MB; empty,
// compiling takes 3 to 5 s and 300 MB and fills it. An empty cacheDir means no cache. Only trusted code may write there.
func NewEngine(cacheDir string) (*Engine, error) {
	module, err := limitMemory(pdfiumWasm, memoryPages)
	if err != nil {
		return nil, err
	}
	config := wazero.NewRuntimeConfigCompiler().WithMemoryLimitPages(memoryPages)
	if cacheDir != "" {
		cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
		if err != nil {
			return nil, fmt.Errorf("compile cache: %w", err)
		}
		config = config.WithCompilationCache(cache)
	}
	ctx := experimental.WithMemoryAllocator(context.Background(), experimental.MemoryAllocatorFunc(mapMemory))
	e := &Engine{runtime: wazero.NewRuntimeWithConfig(ctx, config), ctx: ctx}
	fail := func(err error) (*Engine, error) {
		e.runtime.Close(ctx)
		return nil, err
	}
	if _, err := wasi_snapshot_preview1.Instantiate(ctx, e.runtime); err != nil {
		return fail(err)
	}
	if e.compiled, err = e.runtime.CompileModule(ctx, module); err != nil {
		return fail(err)
	}
	host := e.runtime.NewHostModuleBuilder("env")
	functions, err := emscripten.NewFunctionExporterForModule(e.compiled)
	if err != nil {
		return fail(err)
	}
	functions.ExportFunctions(host)
	imports.NewFunctionExporter().ExportFunctions(host)
	exportInvokes(host, e.compiled)
	// Our own reader and writer take the place of the shared tables: the instance is in the context of each call.
	i32 := api.ValueTypeI32
	host.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(hostRead), []api.ValueType{i32, i32, i32, i32}, []api.ValueType{i32}).Export("FPDF_FILEACCESS_CB")
	host.NewFunctionBuilder().WithGoModuleFunction(api.GoModuleFunc(hostWrite), []api.ValueType{i32, i32, i32}, []api.ValueType{i32}).Export("FPDF_FILEWRITE_CB")
	if _, err := host.Instantiate(ctx); err != nil {
		return fail(err)
	}
	return e, nil
}

// Close frees the compiled code.
func (e *Engine) Close() error { return e.runtime.Close(e.ctx) }

// Instance is one running pdfium with a memory of its own. Its memory never shrinks: use a fresh one per document.
type Instance struct {
	module api.Module
	ctx    context.Context
	calls  map[string]api.Function
	stack  [16]uint64
	buffer uint32 // scratch inside the module's memory
	room   uint32
	files  map[uint32]io.ReaderAt // by the address of the parameter block
	spare  map[invoked][]api.Function
	output io.Writer // of the save under way
}

type instanceKey struct{}

// New starts an instance without files, network, arguments or environment.
func (e *Engine) New() (*Instance, error) {
	config := wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize").
		WithStdout(io.Discard).WithStderr(io.Discard).WithFSConfig(wazero.NewFSConfig())
	m, err := e.runtime.InstantiateModule(e.ctx, e.compiled, config)
	if err != nil {
		return nil, fmt.Errorf("pdfium: %w", err)
	}
	i := &Instance{module: m, calls: map[string]api.Function{}, files: map[uint32]io.ReaderAt{}, spare: map[invoked][]api.Function{}}
	i.ctx = context.WithValue(e.ctx, instanceKey{}, i)
	if _, err := i.call("FPDF_InitLibrary"); err != nil {
		m.Close(e.ctx)
		return nil, fmt.Errorf("pdfium: %w", err)
	}
	return i, nil
}

// Close gives the memory back.
func (i *Instance) Close() { _ = i.module.Close(i.ctx) }

// function finds an exported function once: looking it up by name for each letter costs ten times the call.
func (i *Instance) function(name string) (api.Function, error) {
	if f, ok := i.calls[name]; ok {
		return f, nil
	}
	f := i.module.ExportedFunction(name)
	if f == nil {
		return nil, fmt.Errorf("pdfium has no function %s", name)
	}
	i.calls[name] = f
	return f, nil
}

// call runs a function; a trap inside the module (out of memory, damaged state) is an error, and the instance is then spent.
func (i *Instance) call(name string, args ...uint64) (uint64, error) {
	f, err := i.function(name)
	if err != nil {
		return 0, err
	}
	return i.invoke(f, args...)
}

func (i *Instance) invoke(f api.Function, args ...uint64) (uint64, error) {
	copy(i.stack[:], args)
	err := f.CallWithStack(i.ctx, i.stack[:max(1, len(args))])
	return i.stack[0], err
}

// scratch returns the address of at least n bytes inside the module, reused from call to call.
func (i *Instance) scratch(n uint32) (uint32, error) {
	if i.room >= n {
		return i.buffer, nil
	}
	if i.buffer != 0 {
		if _, err := i.call("free", uint64(i.buffer)); err != nil {
			return 0, err
		}
		i.buffer, i.room = 0, 0
	}
	p, err := i.call("malloc", uint64(n))
	if err != nil {
		return 0, err
	}
	if uint32(p) == 0 {
		return 0, errors.New("pdfium: out of memory")
	}
	i.buffer, i.room = uint32(p), n
	return i.buffer, nil
}

// hostRead serves pdfium's reads: (parameter block, position, buffer, size) -> 0 for failure.
func hostRead(ctx context.Context, m api.Module, stack []uint64) {
	i, _ := ctx.Value(instanceKey{}).(*Instance)
	param, position, buffer, size := uint32(stack[0]), uint32(stack[1]), uint32(stack[2]), uint32(stack[3])
	stack[0] = 0
	if i == nil || i.files[param] == nil {
		return
	}
	b, ok := m.Memory().Read(buffer, size) // a view: what is read lands inside the module
	if !ok {
		return
	}
	if n, _ := i.files[param].ReadAt(b, int64(position)); n == len(b) && n > 0 {
		stack[0] = uint64(n)
	}
}

// hostWrite takes the bytes of a save: (writer, data, size) -> 0 for failure.
func hostWrite(ctx context.Context, m api.Module, stack []uint64) {
	i, _ := ctx.Value(instanceKey{}).(*Instance)
	data, size := uint32(stack[1]), uint32(stack[2])
	stack[0] = 0
	if i == nil || i.output == nil {
		return
	}
	if b, ok := m.Memory().Read(data, size); ok {
		if n, err := i.output.Write(b); err == nil && n == len(b) {
			stack[0] = 1
		}
	}
}

// limitMemory rewrites the maximum in the module's memory section (WebAssembly core, 5.5.8): the module declares 2 GiB, and
// the runtime refuses a lower limit than the declared one.
func limitMemory(module []byte, pages uint32) ([]byte, error) {
	if len(module) < 8 || !bytes.Equal(module[:4], []byte("\x00asm")) {
		return nil, errors.New("the pdfium module is not there: another version of go-pdfium?")
	}
	for at := 8; at < len(module); {
		id := module[at]
		size, n := binary.Uvarint(module[at+1:]) // LEB128 is the same encoding
		body := at + 1 + n
		if n <= 0 || size > uint64(len(module)-body) {
			return nil, errors.New("the pdfium module is damaged")
		}
		if id == 5 {
			section := module[body : body+int(size)]
			if len(section) < 3 || section[0] != 1 || section[1] != 1 {
				return nil, errors.New("the pdfium module has another memory section than expected")
			}
			least, _ := binary.Uvarint(section[2:])
			if least > uint64(pages) {
				return nil, errors.New("the pdfium module needs more memory than allowed")
			}
			limits := binary.AppendUvarint(binary.AppendUvarint([]byte{1, 1}, least), uint64(pages))
			out := append(bytes.Clone(module[:at]), 5)
			out = append(binary.AppendUvarint(out, uint64(len(limits))), limits...)
			return append(out, module[body+int(size):]...), nil
		}
		at = body + int(size)
	}
	return nil, errors.New("the pdfium module declares no memory")
}

// mapped is the memory of one instance, outside of Go's heap: it grows by moving page tables, not bytes, and is given back at
// once. Nothing is reserved ahead, because the process's address space is limited.
type mapped struct{ b []byte }

// growth is the step in which a memory grows, in bytes.
const growth = 16 << 20

func mapMemory(_, _ uint64) experimental.LinearMemory {
	b, err := unix.Mmap(-1, 0, growth, unix.PROT_READ|unix.PROT_WRITE, unix.MAP_ANON|unix.MAP_PRIVATE|unix.MAP_NORESERVE)
	if err != nil {
		panic(fmt.Sprintf("no memory for pdfium: %v", err)) // ends the child; its parent understands
	}
	return &mapped{b}
}

// Reallocate returns nil when there is no more: the module's malloc then fails.
func (m *mapped) Reallocate(size uint64) []byte {
	if size > uint64(len(m.b)) {
		b, err := unix.Mremap(m.b, int((size+growth-1)/growth*growth), unix.MREMAP_MAYMOVE)
		if err != nil {
			return nil
		}
		m.b = b
	}
	return m.b[:size]
}

func (m *mapped) Free() {
	_ = unix.Munmap(m.b)
	m.b = nil
}
