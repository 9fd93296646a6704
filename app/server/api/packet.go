package api

import (
	"context"
	"mime"
	"strconv"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gofiber/fiber/v2"

	"ris/app/council"
	"ris/app/packets"
	"ris/auth/policy"
	"ris/documents/copies"
	"ris/web/locales"
)

// MeetingPacket is how far the viewer's merged packet of a meeting is. Size is in bytes and known when it is ready.
type MeetingPacket struct {
	State   string       `json:"state" enum:"empty,missing,preparing,ready,failed,too_large" doc:"missing: made when the packet is asked for"`
	Pages   int          `json:"pages"`
	Size    int64        `json:"size"`
	Done    int          `json:"done" doc:"pages done of total, while it is prepared"`
	Total   int          `json:"total"`
	Singles int          `json:"singles" doc:"documents that are read by themselves"`
	URL     string       `json:"url"`
	Problem *FileProblem `json:"problem"`
}

func packetInfo(meeting council.ID, p packets.PacketInfo, lang string) MeetingPacket {
	out := MeetingPacket{State: string(p.State), Pages: p.Pages, Size: p.Size, Done: p.Done, Total: p.Total, Singles: p.Singles,
		URL: Prefix + "/meetings/" + string(meeting) + "/packet"}
	if p.Problem != "" {
		out.Problem = &FileProblem{Key: p.Problem, Text: locales.T(lang, p.Problem)}
	}
	return out
}

func (s *surface) packetRoutes() {
	read(s, op("GET", "/meetings/{id}/packet/info", "showPacketInfo", "How far the viewer's merged packet is; starts nothing", "meetings"),
		func(ctx context.Context, v policy.Viewer, in *ByID) (*Plain[MeetingPacket], error) {
			p, err := s.Packets.Packet(ctx, v, in.id())
			return &Plain[MeetingPacket]{packetInfo(in.id(), p, callOf(ctx).lang)}, err
		})
}

// packetWait is after how many seconds a client should ask again.
const packetWait = "2"

// packetStream answers the viewer's own copy of the packet, whole or in part; 202 with how far it is while it is being made.
func (s *surface) packetStream(c *fiber.Ctx) error {
	call := newCall(c)
	id := council.ID(c.Params("id"))
	own, info, err := s.Packets.OpenPacket(c.UserContext(), call.viewer, id, call.method == fiber.MethodHead)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	if own == nil {
		c.Set(fiber.HeaderRetryAfter, packetWait)
		return c.Status(fiber.StatusAccepted).JSON(packetInfo(id, info, call.lang))
	}
	return sendCopy(c, call, own, own.FileName)
}

// sendCopy answers a personal PDF; it is closed when the answer has been sent.
func sendCopy(c *fiber.Ctx, call *call, own interface {
	copies.Content
	Close() error
}, fileName string) error {
	a := copies.Respond(copies.Request{Method: call.method, Range: c.Get(fiber.HeaderRange), IfRange: c.Get(fiber.HeaderIfRange),
		IfNoneMatch: c.Get(fiber.HeaderIfNoneMatch)}, own)
	for name, value := range a.Header {
		c.Set(name, value)
	}
	c.Set(fiber.HeaderContentType, "application/pdf")
	c.Set(fiber.HeaderContentDisposition, mime.FormatMediaType("inline", map[string]string{"filename": fileName}))
	// A file of foreign bytes never runs anything in our origin, whatever a browser takes it for.
	c.Set(fiber.HeaderContentSecurityPolicy, "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; sandbox")
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	c.Status(a.Status)
	if a.Body == nil {
		_ = own.Close()
		c.Response().SkipBody = true
		c.Response().Header.SetContentLength(int(a.Length))
		c.Set(fiber.HeaderContentLength, strconv.FormatInt(a.Length, 10))
		return nil
	}
	c.Context().SetBodyStream(&closing{a.Body, own}, int(a.Length)) // fasthttp closes it
	return nil
}

// describePacket puts the raw route into the OpenAPI document.
func (s *surface) describePacket(id *huma.Param, pdf map[string]*huma.MediaType, failure func(string) *huma.Response) {
	doc := s.api.OpenAPI()
	text := &huma.Schema{Type: huma.TypeString}
	get := op("GET", "/meetings/{id}/packet", "readPacket", "The viewer's own copy of the merged packet; 202 while it is being made", "meetings")
	get.Parameters = []*huma.Param{id, {Name: "Range", In: "header", Schema: text}, {Name: "If-Range", In: "header", Schema: text},
		{Name: "If-None-Match", In: "header", Schema: text}}
	progress := doc.Paths[Prefix+"/meetings/{id}/packet/info"].Get.Responses["200"].Content
	get.Responses = map[string]*huma.Response{"200": {Description: "the whole copy", Content: pdf}, "202": {Description: "is being made: ask again", Content: progress},
		"206": {Description: "a range", Content: pdf}, "304": {Description: "as the device has it"}, "401": failure("not signed in"),
		"404": failure("not found"), "409": failure("there is nothing to put together"), "413": failure("too large for one file"), "416": {Description: "no such range"}}
	doc.AddOperation(&get)
}
