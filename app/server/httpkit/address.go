package httpkit

import (
	"net/netip"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// Address is where the request comes from. Only a trusted proxy's X-Forwarded-For counts, and of it the last address that is no trusted
// proxy: proxies append to what the client has sent, so whatever stands before that may be made up.
func Address(c *fiber.Ctx) string {
	remote := c.Context().RemoteIP().String()
	if !c.IsProxyTrusted() || c.App().Config().ProxyHeader == "" {
		return remote
	}
	var chain []string
	for _, line := range c.Request().Header.PeekAll(c.App().Config().ProxyHeader) { // several lines are one list (RFC 9110, 5.3)
		chain = append(chain, strings.Split(string(line), ",")...)
	}
	trusted := c.App().Config().TrustedProxies
	for i := len(chain) - 1; i >= 0; i-- {
		ip, err := netip.ParseAddr(strings.TrimSpace(chain[i]))
		if err != nil {
			return remote // not an address: what stands before it is worth no more
		}
		if ip = ip.Unmap(); !within(trusted, ip) {
			return ip.String()
		}
		remote = ip.String() // a proxy of ours: who asked it?
	}
	return remote
}

// within reports whether one of the addresses or networks has ip.
func within(networks []string, ip netip.Addr) bool {
	for _, n := range networks {
		if p, err := netip.ParsePrefix(n); err == nil && p.Contains(ip) {
			return true
		}
		if a, err := netip.ParseAddr(n); err == nil && a.Unmap() == ip {
			return true
		}
	}
	return false
}

// Neighbourhood is the address as limits take it: for IPv6 the /64 that one line usually has.
func Neighbourhood(c *fiber.Ctx) string {
	address := Address(c)
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap()
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}
