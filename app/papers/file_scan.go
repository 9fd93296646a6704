package papers

import (
	"context"
	"errors"
	"io"
	"time"

	"ris/app/audit"
	"ris/app/council"
	"ris/app/jobs"
	"ris/auth/policy"
	"ris/documents"
	"ris/documents/blob"
	"ris/documents/scan"
)

// Scanner asks a virus scanner; documents/scan has it.
type Scanner interface {
	Scan(ctx context.Context, r io.Reader) (signature string, err error)
}

// Message keys of the virus scan.
const (
	ProblemInfected     = "file.refused.infected"
	ProblemScanWaits    = "file.scan.unavailable"
	ProblemScanGivenUp  = "file.scan.given_up"
	ProblemScanTooLarge = "file.scan.too_large"
)

// scanTime bounds one scan; a scanner that needs longer is asked again later.
const scanTime = 5 * time.Minute

// scanPauses are the pauses before the scanner is asked again.
var scanPauses = []time.Duration{time.Minute, 5 * time.Minute, 20 * time.Minute, time.Hour}

// errQuarantine: the version stays where it is, unreadable, until somebody acts.
var errQuarantine = errors.New("the version stays in quarantine")

// scan is the first step of the work on an upload: nothing else touches the bytes before. It answers nil (clean, or no scanner is
// configured), errQuarantine, a jobs.Later, or an error that counts as a try. refused tells that the version is infected.
func (s *Service) scan(ctx context.Context, t *track, v council.FileVersion) (refused bool, err error) {
	if s.Scanner == nil {
		return false, nil
	}
	tries := t.begin(documents.StepScan)
	r, err := s.Blobs.Open(ctx, blob.Originals, v.SHA256)
	if err != nil {
		t.end(council.StepWaiting, "")
		return false, err
	}
	defer r.Close()
	within, cancel := context.WithTimeout(ctx, scanTime)
	defer cancel()
	signature, err := s.Scanner.Scan(within, r)
	switch {
	case err == nil && signature == "":
		t.end(council.StepDone, "")
		return false, nil
	case err == nil:
		t.end(council.StepFailed, ProblemInfected)
		return true, s.infected(ctx, v, signature)
	case ctx.Err() != nil:
		t.end(council.StepWaiting, "")
		return false, ctx.Err()
	case errors.Is(err, scan.ErrTooLarge):
		t.end(council.StepFailed, ProblemScanTooLarge)
		return false, errors.Join(errQuarantine, s.hold(ctx, v.ID, ProblemScanTooLarge))
	case !errors.Is(err, scan.ErrUnavailable) && within.Err() == nil:
		t.end(council.StepWaiting, "")
		return false, err // the blob could not be read
	case tries >= MaxTries:
		s.log().Error("virus scanner: given up", "version", v.ID, "error", err)
		t.end(council.StepFailed, ProblemScanGivenUp)
		return false, errors.Join(errQuarantine, s.hold(ctx, v.ID, ProblemScanGivenUp))
	}
	s.log().Warn("virus scanner: not available", "version", v.ID, "try", tries, "error", err)
	t.end(council.StepWaiting, ProblemScanWaits)
	if err := s.hold(ctx, v.ID, ProblemScanWaits); err != nil {
		return false, err
	}
	return false, jobs.Later(scanPauses[min(tries, len(scanPauses))-1])
}

// hold keeps the version in "wird geprüft" with the reason: nobody can read or publish it.
func (s *Service) hold(ctx context.Context, version council.ID, problem string) error {
	return s.change(ctx, version, func(v *council.FileVersion) { v.Processing, v.Problem = council.Checking, problem })
}

// infected refuses the version. What was found is named in the log and the list of acts, for the IT; people are told what to do.
func (s *Service) infected(ctx context.Context, v council.FileVersion, signature string) error {
	s.log().Error("virus scanner: malicious software in an upload", "version", v.ID, "sha256", v.SHA256, "signature", signature)
	return s.Store.InTx(ctx, func(ctx context.Context) error {
		err := s.change(ctx, v.ID, func(v *council.FileVersion) { v.Processing, v.Problem = council.Refused, ProblemInfected })
		if err != nil {
			return err
		}
		return s.Store.Audit(ctx, audit.Entry(system, s.Clock(), audit.FileInfected, "file", v.Body, v.File, "version", string(v.ID),
			"uploadedBy", string(v.UploadedBy), "sha256", v.SHA256, "signature", signature))
	})
}

// DefaultQuarantine is how long the bytes of an infected upload are kept for the IT to look at.
const DefaultQuarantine = 30 * 24 * time.Hour

// EmptyQuarantine deletes the bytes of infected uploads that were refused longer ago than keep; the refusal stays. It answers how
// many. Bytes that another version had scanned as clean before stay with that one.
func (s *Service) EmptyQuarantine(ctx context.Context, keep time.Duration) (n int, err error) {
	if keep <= 0 {
		keep = DefaultQuarantine
	}
	old, err := s.Store.RefusedFor(ctx, ProblemInfected, s.Clock().Add(-keep))
	for _, v := range old {
		if v.SHA256 == "" {
			continue
		}
		err := s.Store.InTx(ctx, func(ctx context.Context) error {
			if err := s.change(ctx, v.ID, func(v *council.FileVersion) { v.SHA256 = "" }); err != nil {
				return err
			}
			return s.Store.Audit(ctx, audit.Entry(policy.System("quarantine"), s.Clock(), audit.FileErase, "file", v.Body, v.File, "version", string(v.ID)))
		})
		if err != nil {
			return n, err
		}
		n++ // the bytes have no owner any more: the collection of blobs takes them
	}
	return n, err
}
