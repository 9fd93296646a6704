package pdf

import (
	"io"
	"math"
	"sync"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// maxContent is the largest decoded content of one page; the library's own limit lets a small file fill 2 GB.
const maxContent = 64 << 20

// quiet keeps pdfcpu from writing a configuration, fonts and certificates into the home directory.
var quiet = sync.OnceFunc(api.DisableConfigDir)

// readStructure reads the objects of a PDF. With validate the library mends and checks as it reads; without, every object is
// looked up once, because its writer leaves out members of object streams that nobody has looked at.
func readStructure(r io.ReadSeeker, validate bool) (*model.Context, error) {
	quiet()
	conf := model.NewDefaultConfiguration()
	conf.Cmd = model.OPTIMIZE
	conf.Optimize = false
	conf.OptimizeBeforeWriting = false
	conf.RemoveEncryption = true
	conf.Limits.MaxDecodeBytes = maxContent
	if validate {
		ctx, err := api.ReadAndValidate(r, conf)
		return ctx, err
	}
	ctx, err := pdfcpu.Read(r, conf)
	if err != nil {
		return nil, err
	}
	for number, entry := range ctx.Table {
		if entry == nil || entry.Free {
			continue
		}
		generation := 0
		if entry.Generation != nil {
			generation = *entry.Generation
		}
		// An object that cannot be read stays as it is: what it does to the page is seen in the pictures.
		_, _ = ctx.Dereference(*types.NewIndirectRef(number, generation))
	}
	return ctx, nil
}

// number reads an integer or real, direct or by reference.
func number(ctx *model.Context, o types.Object) (float64, bool) {
	o, err := ctx.Dereference(o)
	if err != nil {
		return 0, false
	}
	switch v := o.(type) {
	case types.Integer:
		return float64(v), true
	case types.Float:
		return float64(v), !math.IsNaN(float64(v)) && !math.IsInf(float64(v), 0)
	}
	return 0, false
}

// rectangle reads a box with its corners in order; ok is false when there is none or it is empty.
func rectangle(ctx *model.Context, o types.Object) (r [4]float64, ok bool) {
	o, err := ctx.Dereference(o)
	a, isArray := o.(types.Array)
	if err != nil || !isArray || len(a) < 4 {
		return r, false
	}
	for i := range r {
		if r[i], ok = number(ctx, a[i]); !ok {
			return r, false
		}
	}
	if r[0] > r[2] {
		r[0], r[2] = r[2], r[0]
	}
	if r[1] > r[3] {
		r[1], r[3] = r[3], r[1]
	}
	return r, r[2] > r[0] && r[3] > r[1]
}

func dict(ctx *model.Context, o types.Object) types.Dict {
	o, err := ctx.Dereference(o)
	if err != nil {
		return nil
	}
	switch v := o.(type) {
	case types.Dict:
		return v
	case types.StreamDict:
		return v.Dict
	}
	return nil
}

func array(ctx *model.Context, o types.Object) types.Array {
	o, err := ctx.Dereference(o)
	if err != nil {
		return nil
	}
	a, _ := o.(types.Array)
	return a
}

func name(ctx *model.Context, o types.Object) string {
	o, err := ctx.Dereference(o)
	if err != nil {
		return ""
	}
	n, _ := o.(types.Name)
	return string(n)
}
