package blob

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	cloud "gocloud.dev/blob"
	"gocloud.dev/blob/s3blob"
	"gocloud.dev/gcerrors"

	"ris/app/council"
	"ris/documents"
)

// S3Config says where the bucket is. URL is "s3://BUCKET[/PREFIX]?endpoint=https://HOST[:PORT]&region=NAME"; without an endpoint it is
// Amazon's, region defaults to "us-east-1". The bucket is addressed by path where an endpoint is given, as every such server
// understands. Key and Secret are the only credentials: nothing is looked for in the environment, in files or on the network.
type S3Config struct {
	URL    string
	Key    string
	Secret string
	// TempDir takes a blob while its hash is not known yet; "" = the system's. It needs room for the largest upload.
	TempDir string
	Report  func(area Area, sum string, err error) // of damage that readers meet; may be nil
}

// S3 is the Store in a bucket: keys PREFIX/AREA/ab/abcdef... and the sums beside them. It may be used from many goroutines.
type S3 struct {
	config S3Config
	bucket *cloud.Bucket
	prefix string
}

// most of a blob that is fetched at once when it is read through, bytes.
const mostFetched = 4 << 20

// NewS3 opens the bucket and asks it for something, so that a wrong address or key is found at the start. Close gives it back.
func NewS3(ctx context.Context, c S3Config) (*S3, error) {
	u, err := url.Parse(c.URL)
	if err != nil || u.Scheme != "s3" || u.Host == "" || c.Key == "" || c.Secret == "" {
		return nil, errors.New(`want s3://BUCKET[/PREFIX]?endpoint=https://HOST&region=NAME, and key and secret`)
	}
	region := u.Query().Get("region")
	if region == "" {
		region = "us-east-1"
	}
	o := s3.Options{
		Region:      region,
		Credentials: credentials.NewStaticCredentialsProvider(c.Key, c.Secret, ""),
		HTTPClient:  &http.Client{Timeout: time.Hour, Transport: &http.Transport{MaxIdleConnsPerHost: 32, ResponseHeaderTimeout: time.Minute, Proxy: http.ProxyFromEnvironment}},
		// Servers that are not Amazon's need not know the newer trailing checksums; the signature covers the content as it is.
		RequestChecksumCalculation: aws.RequestChecksumCalculationWhenRequired,
		ResponseChecksumValidation: aws.ResponseChecksumValidationWhenRequired,
	}
	if e := u.Query().Get("endpoint"); e != "" {
		o.BaseEndpoint, o.UsePathStyle = aws.String(e), true
	}
	bucket, err := s3blob.OpenBucket(ctx, s3.New(o), u.Host, nil)
	if err != nil {
		return nil, err
	}
	s := &S3{config: c, bucket: bucket}
	if p := strings.Trim(u.Path, "/"); p != "" {
		s.prefix = p + "/"
	}
	if _, err := bucket.Exists(ctx, s.prefix+string(Public)+"/ris"); err != nil { // there, because the portal's key reaches no further
		_ = bucket.Close()
		return nil, fmt.Errorf("the bucket does not answer: %w", err)
	}
	return s, nil
}

// Close gives the connections back.
func (s *S3) Close() error { return s.bucket.Close() }

func (s *S3) key(a Area, sum string) (string, bool) {
	if !knownArea(a) || !isSum(sum) {
		return "", false
	}
	return s.prefix + string(a) + "/" + sum[:2] + "/" + sum, true
}

// Put implements Store. The key is the hash, which is known at the end only: the bytes go through a file without a name. A blob that is
// already there is not written again.
func (s *S3) Put(ctx context.Context, area Area, r io.Reader, limit int64) (string, int64, error) {
	if !knownArea(area) {
		return "", 0, council.E(council.Internal, "error.internal").Because(fmt.Errorf("unknown blob area %q", area))
	}
	tmp, err := os.CreateTemp(s.config.TempDir, "ris-blob-")
	if err != nil {
		return "", 0, unavailable(err)
	}
	defer tmp.Close()
	if err := os.Remove(tmp.Name()); err != nil {
		return "", 0, unavailable(err)
	}
	src := r
	if limit > 0 {
		src = io.LimitReader(r, limit+1)
	}
	h, pieces := sha256.New(), &summer{}
	n, err := io.Copy(io.MultiWriter(tmp, h, pieces), &ctxReader{ctx, src})
	if err != nil {
		return "", 0, fmt.Errorf("store blob after %d bytes: %w", n, err)
	}
	if limit > 0 && n > limit {
		return "", 0, council.E(council.TooLarge, documents.RefusedTooLarge, "limit", MegaBytes(limit))
	}
	if _, err := tmp.Seek(0, io.SeekStart); err != nil {
		return "", 0, unavailable(err)
	}
	sum := hex.EncodeToString(h.Sum(nil))
	key, _ := s.key(area, sum)
	if err := s.bucket.WriteAll(ctx, key+sumsEnding, pieces.sums().encode(n), nil); err != nil {
		return "", 0, unavailable(err)
	}
	err = s.bucket.Upload(ctx, key, tmp, &cloud.WriterOptions{IfNotExist: true, ContentType: "application/octet-stream", DisableContentTypeDetection: true})
	if err != nil && gcerrors.Code(err) != gcerrors.FailedPrecondition && gcerrors.Code(err) != gcerrors.AlreadyExists {
		return "", 0, unavailable(err)
	}
	return sum, n, nil
}

// Open implements Store: two questions (size, sums); the bytes are fetched when they are read.
func (s *S3) Open(ctx context.Context, area Area, sum string) (Reader, error) {
	key, ok := s.key(area, sum)
	if !ok {
		return nil, council.ErrNotFound()
	}
	about, err := s.bucket.Attributes(ctx, key)
	if err != nil {
		return nil, s.failed(err)
	}
	// The reader outlives the request that opened it: the router sends its bytes afterwards. Close ends what is under way.
	life, end := context.WithCancel(context.WithoutCancel(ctx))
	var once sync.Once
	out := &checked{size: about.Size, most: mostFetched, close: func() error { once.Do(end); return nil },
		fetch: func(b []byte, at int64) error { return s.fetch(life, key, b, at) },
		found: func(how error) error { return s.damage(area, sum, how) }}
	stored, err := s.bucket.ReadAll(ctx, key+sumsEnding)
	if err != nil && gcerrors.Code(err) != gcerrors.NotFound {
		end()
		return nil, s.failed(err)
	}
	if out.sums, ok = decodeSums(stored, about.Size); !ok {
		if out.sums, err = s.whole(ctx, area, sum, key); err != nil {
			end()
			return nil, err
		}
		_ = s.bucket.WriteAll(ctx, key+sumsEnding, out.sums.encode(out.size), nil)
	}
	return out, nil
}

func (s *S3) fetch(ctx context.Context, key string, b []byte, at int64) error {
	r, err := s.bucket.NewRangeReader(ctx, key, at, int64(len(b)), nil)
	if err != nil {
		return s.failed(err)
	}
	_, err = io.ReadFull(r, b)
	if err := errors.Join(err, r.Close()); err != nil {
		return unavailable(err)
	}
	return nil
}

// whole reads all of the object and compares its hash.
func (s *S3) whole(ctx context.Context, area Area, sum, key string) (sums, error) {
	r, err := s.bucket.NewReader(ctx, key, nil)
	if err != nil {
		return nil, s.failed(err)
	}
	defer r.Close()
	h, pieces := sha256.New(), &summer{}
	if _, err := io.Copy(io.MultiWriter(h, pieces), r); err != nil {
		return nil, unavailable(err)
	}
	if got := hex.EncodeToString(h.Sum(nil)); got != sum {
		return nil, s.damage(area, sum, fmt.Errorf("its bytes have the hash %s", got))
	}
	return pieces.sums(), nil
}

// Check implements Keeper.
func (s *S3) Check(ctx context.Context, area Area, sum string) error {
	key, ok := s.key(area, sum)
	if !ok {
		return council.ErrNotFound()
	}
	_, err := s.whole(ctx, area, sum, key)
	return err
}

// Delete implements Store.
func (s *S3) Delete(ctx context.Context, area Area, sum string) error {
	key, ok := s.key(area, sum)
	if !ok {
		return nil
	}
	for _, k := range []string{key, key + sumsEnding} {
		if err := s.bucket.Delete(ctx, k); err != nil && gcerrors.Code(err) != gcerrors.NotFound {
			return unavailable(err)
		}
	}
	return nil
}

// Path implements Store: nothing is local.
func (s *S3) Path(Area, string) (string, bool) { return "", false }

// List implements Keeper.
func (s *S3) List(ctx context.Context, area Area, each func(Info) error) error {
	if !knownArea(area) {
		return nil
	}
	prefix := s.prefix + string(area) + "/"
	list := s.bucket.List(&cloud.ListOptions{Prefix: prefix})
	for {
		o, err := list.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return unavailable(err)
		}
		_, sum, found := strings.Cut(strings.TrimPrefix(o.Key, prefix), "/")
		if !found || !isSum(sum) {
			continue
		}
		if err := each(Info{SHA256: sum, Size: o.Size, Modified: o.ModTime}); err != nil {
			return err
		}
	}
}

func (s *S3) damage(area Area, sum string, how error) error {
	err := damaged(area, sum, how)
	if s.config.Report != nil {
		s.config.Report(area, sum, err)
	}
	return err
}

func (s *S3) failed(err error) error {
	if gcerrors.Code(err) == gcerrors.NotFound {
		return council.ErrNotFound()
	}
	return unavailable(err)
}

func unavailable(err error) error {
	return council.E(council.Unavailable, "error.unavailable").Because(err)
}
