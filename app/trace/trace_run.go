package trace

import (
	"context"
	"os"

	"ris/app/audit"
	"ris/app/council"
	"ris/auth/policy"
	"ris/documents/trace"
)

// Read says which marks are in a file on the server's disk, and nothing of whose they are. It is logged without a Body: nobody
// was asked. operator is the account of the system.
func (s *Service) Read(ctx context.Context, operator string, f *os.File) (trace.Evidence, error) {
	e, file, err := s.read(ctx, f)
	if err != nil {
		return e, err
	}
	who := policy.System("ris trace by " + operator)
	return e, s.Store.Audit(ctx, audit.Entry(who, s.Clock(), audit.TraceRead, "trace", "", "", "sha256", file.sha256))
}

// Run looks up a file on the server's disk with the release of a question that has no file of its own. The answer stands in the
// console as well, for the two persons. Errors: not found; conflict when it is not released, used or expired, or has a file.
func (s *Service) Run(ctx context.Context, operator string, id council.ID, f *os.File) (Result, error) {
	who := policy.System("ris trace by " + operator)
	t, r, err := s.load(ctx, who, id)
	if err != nil {
		return Result{}, err
	}
	if t.FileName != "" {
		return Result{}, council.E(council.Conflict, "trace.error.has_file")
	}
	if r.State != council.ReleaseGiven {
		_, err := s.Releases.Use(ctx, who, r.ID, audit.TraceUse, t.ID) // says why not, before the file is looked at
		return Result{}, err
	}
	e, file, err := s.read(ctx, f)
	if err != nil {
		return Result{}, err
	}
	t.SHA256, t.Size, t.MediaType = file.sha256, file.size, file.media
	var out Result
	err = s.Store.InTx(ctx, func(ctx context.Context) error {
		if _, err := s.use(ctx, who, &t, r, e); err != nil {
			return err
		}
		out, err = result(t)
		return err
	})
	return out, err
}

func (s *Service) read(ctx context.Context, f *os.File) (trace.Evidence, *found, error) {
	file, err := s.receive(f) // a copy that nobody changes meanwhile
	if err != nil {
		return trace.Evidence{}, nil, err
	}
	defer file.Close()
	e, err := s.Reader.Read(ctx, file.File, file.size)
	return e, file, err
}
